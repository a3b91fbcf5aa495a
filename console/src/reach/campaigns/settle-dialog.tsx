import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type SendItem, sendRoutes } from '@mesure/contract/sends';
import { useState } from 'react';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { ErrorNotice } from '#platform/kit';
import { useWords } from '#words';

interface SettleDialogProps {
  readonly settling: { readonly send: SendItem; readonly as: 'accepted' | 'cancelled' } | null;
  readonly onClose: () => void;
}

export const SettleDialog = ({ settling, onClose: close }: SettleDialogProps) => {
  const { t } = useWords();
  const [comment, setComment] = useState('');
  const settle = useCall(sendRoutes.settleUncertainSend, {
    refreshes: ['sends', 'campaigns', 'reports', 'home'],
    onSuccess: () => {
      setComment('');
      tell(t('campaigns.uncertain.settled'));
      close();
    },
  });
  return (
    <Modal opened={settling !== null} onClose={close} title={t('campaigns.uncertain.settle')}>
      <Stack gap="md">
        <Text size="sm">{settling ? t(`campaigns.uncertain.${settling.as}Text`) : ''}</Text>
        <Textarea
          data-autofocus
          label={t('campaigns.uncertain.how')}
          description={t('campaigns.uncertain.howHint')}
          value={comment}
          maxLength={1000}
          autosize
          minRows={2}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <ErrorNotice error={settle.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('common.cancel')}
          </Button>
          <Button
            disabled={comment.trim() === ''}
            loading={settle.isPending}
            onClick={() => {
              if (settling)
                settle.mutate({
                  params: { id: settling.send.id },
                  body: { as: settling.as, comment: comment.trim() },
                });
            }}
          >
            {settling ? t(`campaigns.uncertain.${settling.as}`) : ''}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
