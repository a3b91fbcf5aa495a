import { Alert, Button, Group, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useStore } from '#platform/api';
import { useWords } from '#words';
import { updated } from './update.ts';

/** The server has a newer console: the tab is reloaded when whoever works in it is ready. */
export const UpdateBanner = () => {
  const { t } = useWords();
  if (!useStore(updated)) return null;
  return (
    <Alert color="accent" role="status" mb="md" icon={<IconRefresh aria-hidden />} title={t('shell.updated')}>
      <Group gap="sm">
        <Text size="sm">{t('shell.updatedHint')}</Text>
        <Button size="compact-sm" onClick={() => window.location.reload()}>
          {t('common.error.reload')}
        </Button>
      </Group>
    </Alert>
  );
};
