import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { brakeRoutes } from '@mesure/contract/brake';
import { IconHandStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryOf, useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { formatInstant } from '#platform/format';
import { ErrorNotice } from '#platform/kit';
import { useSession } from '#platform/session';
import { useWords } from '#words';

/** The brake of this campaign alone: anybody engages it, two people release it. */
export const CampaignBrake = ({ id }: { readonly id: string }) => {
  const { t } = useWords();
  const session = useSession();
  const [opened, dialog] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const { data } = useQuery(queryOf(brakeRoutes.listBrakes));
  const state = data?.items.find(({ scope, scopeId }) => scope === 'campaign' && scopeId === id);
  const engaged = state?.engaged ?? false;
  const release = state?.release ?? null;
  const target = { scope: 'campaign', scopeId: id } as const;
  const done = (word: string) => ({
    refreshes: ['brake', 'campaigns', 'home'],
    onSuccess: () => {
      tell(word);
      setReason('');
      dialog.close();
    },
  });
  const engage = useCall(brakeRoutes.engageBrake, done(t('campaigns.brake.nowEngaged')));
  const ask = useCall(brakeRoutes.requestBrakeRelease, done(t('brake.nowAsked')));
  const confirm = useCall(brakeRoutes.confirmBrakeRelease, done(t('brake.nowReleased')));
  const mine = release?.requestedBy.id === session.id;
  const given = reason.trim();
  return (
    <>
      <Button
        color="red"
        variant={engaged ? 'filled' : 'outline'}
        leftSection={<IconHandStop size={16} aria-hidden />}
        onClick={dialog.open}
        aria-haspopup="dialog"
      >
        {engaged ? t('campaigns.brake.engaged') : t('campaigns.brake.name')}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={engaged ? t('campaigns.brake.engaged') : t('campaigns.brake.name')}
      >
        <Stack gap="md">
          <Text size="sm">{engaged ? t('brake.engagedText') : t('campaigns.brake.text')}</Text>
          {engaged && state?.changedBy && state.changedAt ? (
            <Text size="sm">
              {t('brake.by', {
                name: state.changedBy.name,
                at: formatInstant(state.changedAt),
                reason: state.reason,
              })}
            </Text>
          ) : null}
          {release ? (
            <Text size="sm">
              {t('brake.asked', { name: release.requestedBy.name, reason: release.reason })}
              {mine ? ` ${t('brake.needsOther')}` : ''}
            </Text>
          ) : (
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
          )}
          <ErrorNotice error={engage.error ?? ask.error ?? confirm.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close}>
              {t('common.cancel')}
            </Button>
            {engaged && !release ? (
              <Button
                disabled={given === ''}
                loading={ask.isPending}
                onClick={() => ask.mutate({ body: { ...target, reason: given } })}
              >
                {t('brake.ask')}
              </Button>
            ) : null}
            {engaged && release && !mine ? (
              <Button loading={confirm.isPending} onClick={() => confirm.mutate({ body: target })}>
                {t('brake.confirm')}
              </Button>
            ) : null}
            {engaged ? null : (
              <Button
                color="red"
                loading={engage.isPending}
                onClick={() =>
                  engage.mutate({ body: { ...target, ...(given === '' ? {} : { reason: given }) } })
                }
              >
                {t('campaigns.brake.engage')}
              </Button>
            )}
          </Group>
        </Stack>
      </Modal>
    </>
  );
};
