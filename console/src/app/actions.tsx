import { useMantineColorScheme } from '@mantine/core';
import type { SpotlightActionData } from '@mantine/spotlight';
import {
  IconBox,
  IconComponents,
  IconFileImport,
  IconLanguage,
  IconMail,
  IconMap2,
  IconMoon,
  IconSend,
  IconSun,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useDemo } from '#platform/demo';
import { openTour } from '#platform/tour';
import { speak, useWords } from '#words';

/** What can be done from anywhere. Rooms add theirs here, one line each. */
export const usePaletteActions = (): SpotlightActionData[] => {
  const { t, i18n } = useWords();
  const { setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const demo = useDemo();
  const other = i18n.language === 'fr' ? 'en' : 'fr';
  return [
    ...(demo
      ? [
          {
            id: 'tour',
            label: t('tour.open'),
            leftSection: <IconMap2 size={18} aria-hidden />,
            onClick: openTour,
          },
        ]
      : []),
    {
      id: 'new-message',
      label: t('messages.new.action'),
      leftSection: <IconMail size={18} aria-hidden />,
      onClick: () => void navigate({ to: '/messages/new' }),
    },
    {
      id: 'new-campaign',
      label: t('campaigns.list.new'),
      leftSection: <IconSend size={18} aria-hidden />,
      onClick: () => void navigate({ to: '/campaigns/new' }),
    },
    {
      id: 'language',
      label: other === 'fr' ? t('shell.french') : t('shell.english'),
      leftSection: <IconLanguage size={18} aria-hidden />,
      onClick: () => void speak(other),
    },
    {
      id: 'dark',
      label: t('shell.schemeDark'),
      leftSection: <IconMoon size={18} aria-hidden />,
      onClick: () => setColorScheme('dark'),
    },
    {
      id: 'light',
      label: t('shell.schemeLight'),
      leftSection: <IconSun size={18} aria-hidden />,
      onClick: () => setColorScheme('light'),
    },
    {
      id: 'audience',
      label: t('audiences.new'),
      leftSection: <IconUsersGroup size={18} aria-hidden />,
      onClick: () => void navigate({ to: '/audiences/new' }),
    },
    {
      id: 'import',
      label: t('imports.new'),
      leftSection: <IconFileImport size={18} aria-hidden />,
      onClick: () => void navigate({ to: '/imports/new' }),
    },
    {
      id: 'product',
      label: t('catalogue.add'),
      leftSection: <IconBox size={18} aria-hidden />,
      onClick: () => void navigate({ to: '/catalogue', search: { add: true } }),
    },
    {
      id: 'gallery',
      label: t('gallery.open'),
      leftSection: <IconComponents size={18} aria-hidden />,
      onClick: () => void navigate({ to: '/gallery', search: {} }),
    },
  ];
};
