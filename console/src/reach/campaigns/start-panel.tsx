import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type CampaignBody, type CampaignReview, campaignRoutes } from '@mesure/contract/campaigns';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { formatInstant, formatList, formatLongDate } from '#platform/format';
import { ErrorNotice, Panel } from '#platform/kit';
import { useMay } from '#platform/session';
import { useWords } from '#words';
import { arrived } from './arrived.ts';

interface StartPanelProps {
  readonly campaign: CampaignBody;
  readonly review: CampaignReview | undefined;
}

/** Approved: the last press. It says how many people, and it cannot be taken back. */
export const StartPanel = ({ campaign, review }: StartPanelProps) => {
  const { t } = useWords();
  const may = useMay('marketer', 'admin');
  const [opened, { open, close }] = useDisclosure(false);
  const start = useCall(campaignRoutes.startCampaign, {
    refreshes: [],
    onSuccess: (started) => {
      arrived(started);
      close();
      tell(campaign.startAt ? t('campaigns.start.scheduled') : t('campaigns.start.done'));
    },
  });
  const { approval, startAt } = campaign;
  const count = review?.wouldGet ?? 0;
  const words = startAt ? t('campaigns.start.schedule', { count }) : t('campaigns.start.send', { count });
  return (
    <Panel title={t('campaigns.start.title')}>
      <Stack gap="sm">
        {approval ? (
          <Text size="sm">
            {t('campaigns.start.approvedBy', { name: approval.by.name, at: formatInstant(approval.at) })}
          </Text>
        ) : null}
        {approval && !approval.valid ? (
          <Alert color="yellow" title={t('campaigns.start.void')}>
            {approval.changed.length > 0
              ? t('campaigns.start.voidBecause', {
                  parts: formatList(approval.changed.map((part) => t(`campaigns.approved.${part}`))),
                })
              : t('campaigns.start.voidHint')}
          </Alert>
        ) : null}
        {startAt ? <Text size="sm">{t('campaigns.start.at', { at: formatLongDate(startAt) })}</Text> : null}
        {campaign.state === 'scheduled' ? (
          <Text size="sm" fw={600}>
            {t('campaigns.start.waiting')}
          </Text>
        ) : (
          <Group gap="sm">
            <Button onClick={open} disabled={!may || !review || approval?.valid === false}>
              {words}
            </Button>
            {may ? null : <Text size="sm">{t('campaigns.needsMarketer')}</Text>}
          </Group>
        )}
      </Stack>
      <Modal
        opened={opened}
        onClose={close}
        title={startAt ? t('campaigns.start.confirmLater') : t('campaigns.start.confirm')}
      >
        <Stack gap="md">
          <Text size="sm">{t('campaigns.start.confirmText')}</Text>
          <ErrorNotice error={start.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('common.cancel')}
            </Button>
            <Button
              loading={start.isPending}
              onClick={() =>
                start.mutate({ params: { id: campaign.id }, body: { version: campaign.version } })
              }
            >
              {words}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Panel>
  );
};
