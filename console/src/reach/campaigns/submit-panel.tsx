import { Button, Group, Stack, Text } from '@mantine/core';
import { type CampaignBody, type CampaignReview, campaignRoutes } from '@mesure/contract/campaigns';
import { useNavigate } from '@tanstack/react-router';
import { useCall } from '#platform/api';
import { tell } from '#platform/feedback';
import { ErrorNotice, Panel } from '#platform/kit';
import { useMay } from '#platform/session';
import { useWords } from '#words';
import { arrived } from './arrived.ts';
import { WhoMayApprove } from './who-may-approve.tsx';

interface SubmitPanelProps {
  readonly campaign: CampaignBody;
  readonly review: CampaignReview | undefined;
  readonly unsaved: boolean;
}

/** The author's yes: from here on somebody else looks at it. */
export const SubmitPanel = ({ campaign, review, unsaved }: SubmitPanelProps) => {
  const { t } = useWords();
  const may = useMay('marketer', 'admin');
  const navigate = useNavigate();
  const submit = useCall(campaignRoutes.submitCampaign, {
    refreshes: [],
    onSuccess: (submitted) => {
      arrived(submitted);
      tell(t('campaigns.submit.done'));
      void navigate({ to: '/campaigns/$id', params: { id: campaign.id } });
    },
  });
  if (campaign.state !== 'draft') return null;
  const why = !may
    ? t('campaigns.needsMarketer')
    : unsaved
      ? t('campaigns.check.unsaved')
      : review && !review.ready
        ? t('campaigns.submit.errors')
        : null;
  return (
    <Panel title={t('campaigns.submit.title')} hint={<WhoMayApprove campaign={campaign} />}>
      <Stack gap="sm">
        <ErrorNotice error={submit.error} />
        <Group gap="sm">
          <Button
            disabled={why !== null || !review}
            loading={submit.isPending}
            onClick={() =>
              submit.mutate({ params: { id: campaign.id }, body: { version: campaign.version } })
            }
          >
            {t('campaigns.submit.button')}
          </Button>
          {why ? <Text size="sm">{why}</Text> : null}
        </Group>
      </Stack>
    </Panel>
  );
};
