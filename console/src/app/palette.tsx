import '@mantine/spotlight/styles.layer.css';
import { createSpotlight, Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useWords } from '#words';
import { usePaletteActions } from './actions.tsx';
import { usePlaces } from './navigation.tsx';

const [store, spotlight] = createSpotlight();

interface PaletteProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** ⌘K: every place and everything one can do, by typing. */
export const Palette = ({ opened, onClose }: PaletteProps) => {
  const { t } = useWords();
  const navigate = useNavigate();
  const places = usePlaces();
  const actions = usePaletteActions();
  useEffect(() => {
    if (opened) spotlight.open();
  }, [opened]);
  const goTo: SpotlightActionData[] = places.map(({ name, to, icon: Icon, key }) => ({
    id: name,
    label: t('shell.palette.go', { place: t(`shell.places.${name}`) }),
    leftSection: <Icon size={18} aria-hidden />,
    rightSection: <kbd>{`g ${key}`}</kbd>,
    onClick: () => void navigate({ to }),
  }));
  return (
    <Spotlight
      store={store}
      shortcut={null}
      onSpotlightClose={onClose}
      actions={[
        { group: t('shell.palette.actions'), actions },
        { group: t('shell.palette.places'), actions: goTo },
      ]}
      nothingFound={t('shell.palette.nothing')}
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{
        placeholder: t('shell.palette.placeholder'),
        'aria-label': t('shell.palette.placeholder'),
        leftSection: <IconSearch size={18} aria-hidden />,
      }}
    />
  );
};
