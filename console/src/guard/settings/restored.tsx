import { Alert, Button, Group, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useWords } from '#words';

/** Says that typing from before was found again. */
export const Restored = ({ onDiscard }: { readonly onDiscard: () => void }) => {
  const { t } = useWords();
  return (
    <Alert color="gray" variant="light" icon={<IconHistory aria-hidden />} role="status">
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t('common.draft.restored')}</Text>
        <Button size="compact-sm" variant="default" onClick={onDiscard}>
          {t('common.draft.discard')}
        </Button>
      </Group>
    </Alert>
  );
};
