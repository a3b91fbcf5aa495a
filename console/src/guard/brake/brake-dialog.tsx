import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { brakeRoutes } from '@mesure/contract/brake';
import { IconHandStop, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryOf, useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { formatInstant } from '#platform/format';
import { ErrorNotice } from '#platform/kit';
import { useSession } from '#platform/session';
import { useWords } from '#words';

/** What the brake does, said before it is done. */
export const BrakeDialog = ({
  opened,
  onClose: close,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) => {
  const { t } = useWords();
  const session = useSession();
  const [reason, setReason] = useState('');
  const { data } = useQuery(queryOf(brakeRoutes.listBrakes));
  const state = data?.items.find(({ scope }) => scope === 'global');
  const refreshes = ['brake', 'home', 'campaigns'];
  const done = (word: string) => ({
    refreshes,
    onSuccess: () => {
      tell(word);
      setReason('');
      close();
    },
  });
  const engage = useCall(brakeRoutes.engageBrake, done(t('brake.nowEngaged')));
  const ask = useCall(brakeRoutes.requestBrakeRelease, done(t('brake.nowAsked')));
  const confirm = useCall(brakeRoutes.confirmBrakeRelease, done(t('brake.nowReleased')));

  const engaged = state?.engaged ?? false;
  const mine = state?.release?.requestedBy.id === session.id;
  const error = engage.error ?? ask.error ?? confirm.error;
  return (
    <Modal opened={opened} onClose={close} title={engaged ? t('brake.engagedTitle') : t('brake.title')}>
      <Stack gap="md">
        <Text size="sm">{engaged ? t('brake.engagedText') : t('brake.text')}</Text>
        {engaged && state?.changedBy && state.changedAt ? (
          <Text size="sm">
            {t('brake.by', {
              name: state.changedBy.name,
              at: formatInstant(state.changedAt),
              reason: state.reason,
            })}
          </Text>
        ) : null}
        {state?.release ? (
          <Text size="sm">
            {t('brake.asked', { name: state.release.requestedBy.name, reason: state.release.reason })}
          </Text>
        ) : null}
        {engaged && state?.release && mine ? <Text size="sm">{t('brake.needsOther')}</Text> : null}
        {!state?.release ? (
          <Textarea
            data-autofocus
            label={t('brake.reason')}
            description={engaged ? undefined : t('brake.reasonHint')}
            value={reason}
            maxLength={500}
            autosize
            minRows={2}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        ) : null}
        <ErrorNotice error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('common.cancel')}
          </Button>
          {engaged && !state?.release ? (
            <Button
              disabled={reason.trim() === ''}
              loading={ask.isPending}
              onClick={() => ask.mutate({ body: { scope: 'global', reason } })}
            >
              {t('brake.ask')}
            </Button>
          ) : null}
          {engaged && state?.release && !mine ? (
            <Button
              leftSection={<IconPlayerPlay size={18} aria-hidden />}
              loading={confirm.isPending}
              onClick={() => confirm.mutate({ body: { scope: 'global' } })}
            >
              {t('brake.confirm')}
            </Button>
          ) : null}
          {engaged ? null : (
            <Button
              color="red"
              leftSection={<IconHandStop size={18} aria-hidden />}
              loading={engage.isPending}
              onClick={() =>
                engage.mutate({
                  body: { scope: 'global', ...(reason.trim() === '' ? {} : { reason: reason.trim() }) },
                })
              }
            >
              {t('brake.engage')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
};
