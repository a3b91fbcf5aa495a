import { Button, Group, Kbd, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useWords } from '#words';

interface SaveBarProps {
  readonly dirty: boolean;
  readonly saving: boolean;
  /** Why it cannot be saved by this person. */
  readonly locked?: string | undefined;
  readonly onSave: () => void;
  readonly onReset: () => void;
}

/** Saves a form: by its button or Ctrl+S; says whether there is something to save. */
export const SaveBar = ({ dirty, saving, locked, onSave, onReset }: SaveBarProps) => {
  const { t } = useWords();
  useHotkeys([['mod+S', () => (dirty && locked === undefined ? onSave() : undefined)]], []);
  return (
    <Group gap="sm" align="center">
      <Button onClick={onSave} loading={saving} disabled={!dirty || locked !== undefined}>
        {t('common.save')}
      </Button>
      <Button variant="subtle" onClick={onReset} disabled={!dirty}>
        {t('settings.reset')}
      </Button>
      <Text size="sm" c="var(--mesure-quiet)" aria-live="polite">
        {locked ?? (dirty ? t('common.draft.unsaved') : t('settings.upToDate'))}{' '}
        {dirty && locked === undefined ? <Kbd size="xs">Ctrl S</Kbd> : null}
      </Text>
    </Group>
  );
};
