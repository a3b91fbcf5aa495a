import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { sendRoutes } from '@mesure/contract/sends';
import { useState } from 'react';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { ErrorNotice } from '#platform/kit';
import { useMay } from '#platform/session';
import { useWords } from '#words';

/** After a restore nothing leaves until somebody looked: they say what they saw, and let it go. */
export const ReleaseHold = ({ id }: { readonly id: string }) => {
  const { t } = useWords();
  const may = useMay('admin');
  const [opened, setOpened] = useState(false);
  const [comment, setComment] = useState('');
  const release = useCall(sendRoutes.releaseDeliveryHold, {
    refreshes: ['sends', 'home', 'campaigns'],
    onSuccess: () => {
      setOpened(false);
      tell(t('home.hold.released'));
    },
  });
  return (
    <>
      <Button
        size="compact-md"
        disabled={!may}
        title={may ? undefined : t('common.error.forbidden')}
        onClick={() => setOpened(true)}
      >
        {t('home.waiting.go.delivery_hold')}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t('home.hold.title')}>
        <Stack gap="md">
          <Text size="sm">{t('home.hold.text')}</Text>
          <Textarea
            data-autofocus
            label={t('home.hold.comment')}
            value={comment}
            maxLength={1000}
            autosize
            minRows={2}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <ErrorNotice error={release.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setOpened(false)}>
              {t('common.cancel')}
            </Button>
            <Button
              disabled={comment.trim() === ''}
              loading={release.isPending}
              onClick={() => release.mutate({ params: { id }, body: { comment: comment.trim() } })}
            >
              {t('home.hold.release')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
};
