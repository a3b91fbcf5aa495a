import { Button } from '@mantine/core';
import { type CampaignBody, campaignRoutes } from '@mesure/contract/campaigns';
import { IconChartBar, IconCopy, IconPencil } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useCall } from '#platform/api';
import { tell, tellError } from '#platform/feedback';
import { useMay } from '#platform/session';
import { useWords } from '#words';
import { ButtonLink } from './links.tsx';
import { StopButton } from './stop-button.tsx';
import { TestSend } from './test-send.tsx';

const editable: readonly string[] = ['draft', 'in_review', 'approved', 'scheduled'];

/** What one may do with a campaign in any state; the deliberate acts have panels of their own. */
export const CampaignActions = ({ campaign }: { readonly campaign: CampaignBody }) => {
  const { t } = useWords();
  const may = useMay('marketer', 'admin');
  const navigate = useNavigate();
  const { id } = campaign;
  const duplicate = useCall(campaignRoutes.duplicateCampaign, {
    refreshes: ['campaigns', 'home'],
    onSuccess: (copy) => {
      tell(t('campaigns.act.duplicated', { name: copy.name }));
      void navigate({ to: '/campaigns/$id/edit', params: { id: copy.id }, search: { step: 'whom' } });
    },
    onError: tellError,
  });
  const canChange = editable.includes(campaign.state);
  return (
    <>
      {campaign.startedAt ? (
        <ButtonLink
          to="/campaigns/$id/report"
          params={{ id }}
          leftSection={<IconChartBar size={16} aria-hidden />}
        >
          {t('campaigns.act.report')}
        </ButtonLink>
      ) : null}
      <TestSend campaign={campaign} />
      <Button
        variant="default"
        leftSection={<IconCopy size={16} aria-hidden />}
        disabled={!may}
        loading={duplicate.isPending}
        onClick={() => duplicate.mutate({ params: { id }, body: {} })}
      >
        {t('campaigns.act.duplicate')}
      </Button>
      {canChange && may ? (
        <ButtonLink
          to="/campaigns/$id/edit"
          params={{ id }}
          search={{ step: 'whom' }}
          variant={campaign.state === 'draft' ? 'filled' : 'default'}
          leftSection={<IconPencil size={16} aria-hidden />}
        >
          {t('campaigns.act.edit')}
        </ButtonLink>
      ) : null}
      {canChange ? <StopButton campaign={campaign} open={0} /> : null}
    </>
  );
};
