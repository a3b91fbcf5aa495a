import { Alert } from '@mantine/core';
import { type CampaignBody, campaignRoutes } from '@mesure/contract/campaigns';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { queryOf } from '#platform/api';
import { ErrorNotice, Loading, Panel } from '#platform/kit';
import { useWords } from '#words';
import { ReviewPanels } from './review-panels.tsx';
import { SubmitPanel } from './submit-panel.tsx';

const route = getRouteApi('/inside/campaigns/$id/edit');

interface CheckStepProps {
  readonly campaign: CampaignBody;
  readonly unsaved: boolean;
  /** Buttons that stand below: not before what stands above them is there. */
  readonly below: ReactNode;
}

export const CheckStep = ({ campaign, unsaved, below }: CheckStepProps) => {
  const { t } = useWords();
  const { preview } = route.useSearch();
  const navigate = useNavigate({ from: '/campaigns/$id/edit' });
  const review = useQuery(queryOf(campaignRoutes.reviewCampaign, { params: { id: campaign.id } }));
  return (
    <>
      {unsaved ? <Alert color="yellow">{t('campaigns.check.unsaved')}</Alert> : null}
      {review.data ? (
        <ReviewPanels
          review={review.data}
          campaign={campaign}
          preview={preview ?? 0}
          onPreview={(index) =>
            void navigate({ search: (before) => ({ ...before, preview: index }), replace: true })
          }
        />
      ) : review.error ? (
        <ErrorNotice error={review.error} onRetry={() => void review.refetch()} />
      ) : (
        <Panel title={t('campaigns.review.counting')}>
          <Loading lines={8} />
        </Panel>
      )}
      {review.isPending ? null : (
        <>
          <SubmitPanel campaign={campaign} review={review.data} unsaved={unsaved} />
          {below}
        </>
      )}
    </>
  );
};
