import { Button, Group, Tooltip } from '@mantine/core';
import { type CampaignBody, campaignRoutes } from '@mesure/contract/campaigns';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { call, useCall } from '#platform/api';
import { tellError, tellWithUndo } from '#platform/feedback';
import { useMay } from '#platform/session';
import { useWords } from '#words';
import { arrived } from './arrived.ts';
import { StopButton } from './stop-button.tsx';

/** Pause and resume can be taken back at once; stop cannot. */
export const RunButtons = ({
  campaign,
  open,
}: {
  readonly campaign: CampaignBody;
  readonly open: number;
}) => {
  const { t } = useWords();
  const may = useMay('marketer', 'admin');
  const params = { id: campaign.id };
  const undoing =
    (route: typeof campaignRoutes.pauseCampaign | typeof campaignRoutes.resumeCampaign) => async () => {
      arrived(await call(route, { params }));
    };
  const pause = useCall(campaignRoutes.pauseCampaign, {
    refreshes: [],
    onSuccess: (paused) => {
      arrived(paused);
      if (may) tellWithUndo(t('campaigns.run.paused'), undoing(campaignRoutes.resumeCampaign));
    },
    onError: tellError,
  });
  const resume = useCall(campaignRoutes.resumeCampaign, {
    refreshes: [],
    onSuccess: (resumed) => {
      arrived(resumed);
      tellWithUndo(t('campaigns.run.resumed'), undoing(campaignRoutes.pauseCampaign));
    },
    onError: tellError,
  });
  return (
    <Group gap="xs">
      {campaign.state === 'sending' ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          loading={pause.isPending}
          onClick={() => pause.mutate({ params })}
        >
          {t('campaigns.run.pause')}
        </Button>
      ) : (
        <Tooltip label={t('campaigns.needsMarketer')} disabled={may}>
          <Button
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            loading={resume.isPending}
            {...(may ? { onClick: () => resume.mutate({ params }) } : { 'data-disabled': true })}
          >
            {t('campaigns.run.resume')}
          </Button>
        </Tooltip>
      )}
      <StopButton campaign={campaign} open={open} />
    </Group>
  );
};
