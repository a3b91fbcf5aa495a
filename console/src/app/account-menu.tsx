import { Menu, Text, useMantineColorScheme } from '@mantine/core';
import { accessRoutes } from '@mesure/contract/access';
import { IconCheck, IconLogout, IconMap2 } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { call, nowInside, queryClient } from '#platform/api';
import { useDemo } from '#platform/demo';
import { tellError } from '#platform/feedback';
import { stopListening } from '#platform/live';
import { useSession } from '#platform/session';
import { openTour } from '#platform/tour';
import { speak, useWords } from '#words';
import { AccountButton } from './account-button.tsx';

const schemes = [
  ['auto', 'schemeAuto'],
  ['light', 'schemeLight'],
  ['dark', 'schemeDark'],
] as const;

interface AccountMenuProps {
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
}

/** Language, appearance, sign out. */
export const AccountMenu = ({ opened, onChange }: AccountMenuProps) => {
  const { t, i18n } = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const demo = useDemo();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const ticked = (is: boolean) => (is ? <IconCheck size={16} aria-hidden /> : <span aria-hidden />);

  const signOut = async (): Promise<void> => {
    try {
      await call(accessRoutes.signOut);
    } catch (error) {
      tellError(error);
      return;
    }
    nowInside(false);
    stopListening();
    queryClient.clear();
    await navigate({ to: '/sign-in', search: {} });
  };

  return (
    <Menu position="bottom-end" width={240} opened={opened} onChange={onChange}>
      <Menu.Target>
        <AccountButton />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {session.name}
          </Text>
          <Text size="xs">{session.workspace.name}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('shell.language')}</Menu.Label>
        <Menu.Item lang="fr" leftSection={ticked(i18n.language === 'fr')} onClick={() => void speak('fr')}>
          {t('shell.french')}
        </Menu.Item>
        <Menu.Item lang="en" leftSection={ticked(i18n.language === 'en')} onClick={() => void speak('en')}>
          {t('shell.english')}
        </Menu.Item>
        <Menu.Label>{t('shell.scheme')}</Menu.Label>
        {schemes.map(([value, word]) => (
          <Menu.Item
            key={value}
            leftSection={ticked(colorScheme === value)}
            onClick={() => setColorScheme(value)}
          >
            {t(`shell.${word}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {demo ? (
          <Menu.Item leftSection={<IconMap2 size={16} aria-hidden />} onClick={openTour}>
            {t('tour.open')}
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
