import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { formatInstant } from '#platform/format';
import { useWords } from '#words';
import { Changes } from './changes.tsx';
import { draftOf } from './draft.ts';
import type { MessageEditor } from './use-message-editor.ts';

/** Two people saved: theirs and mine side by side, and both ways out. Neither loses anything. */
export const ConflictDialog = ({ editor }: { readonly editor: MessageEditor }) => {
  const { t } = useWords();
  const { saved, typed, conflict } = editor;
  const { version, createdBy, createdAt } = saved.version;
  return (
    <Modal
      opened={conflict}
      onClose={editor.closeConflict}
      title={t('messages.conflict.title')}
      size="80rem"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Text size="sm">
          {t('messages.conflict.text', { name: createdBy, version, at: formatInstant(createdAt) })}
        </Text>
        {conflict ? <Changes before={draftOf(saved)} after={typed} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={editor.takeTheirs}>
            {t('messages.conflict.take')}
          </Button>
          <Button onClick={editor.keepMine} loading={editor.saving}>
            {t('messages.conflict.keep', { version: version + 1 })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
