import { Alert } from '@mantine/core';
import { type CampaignBody, campaignRoutes } from '@mesure/contract/campaigns';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { queryOf } from '#platform/api';
import { formatInstant } from '#platform/format';
import { ErrorNotice, Loading, Page, Panel } from '#platform/kit';
import { reasonWords } from '#platform/reasons';
import { useWords } from '#words';
import { CampaignActions } from './campaign-actions.tsx';
import { CampaignFacts } from './campaign-facts.tsx';
import classes from './campaign-page.module.css';
import { CampaignStateBadge } from './campaign-state.tsx';
import type { Seen } from './differences.ts';
import { definitionOf } from './form-values.ts';
import { HistoryPanel } from './history-panel.tsx';
import { ProgressAnswer } from './progress-answer.tsx';
import { ProgressPanels } from './progress-panels.tsx';
import { ReviewPanels } from './review-panels.tsx';
import { StartPanel } from './start-panel.tsx';
import { SubmitPanel } from './submit-panel.tsx';
import { TakenBackNotice } from './taken-back-notice.tsx';
import { VerdictPanel } from './verdict-panel.tsx';

const route = getRouteApi('/inside/campaigns/$id');

const begun = ({ state, startedAt }: CampaignBody): boolean =>
  state === 'sending' || state === 'paused' || state === 'finished' || startedAt !== null;

const onItsWay = (state: CampaignBody['state'] | undefined): boolean =>
  state === 'scheduled' || state === 'sending';

export const CampaignPage = () => {
  const { t } = useWords();
  const { id } = route.useParams();
  const { preview } = route.useSearch();
  const navigate = useNavigate({ from: '/campaigns/$id' });
  const {
    data: campaign,
    error,
    refetch,
  } = useQuery({
    ...queryOf(campaignRoutes.getCampaign, { params: { id } }),
    // Live events tell of most changes; the engine's own start and end must not be missed.
    refetchInterval: ({ state }) => (onItsWay(state.data?.state) ? 3_000 : false),
  });
  const before = campaign !== undefined && !begun(campaign) && campaign.state !== 'stopped';
  const review = useQuery({ ...queryOf(campaignRoutes.reviewCampaign, { params: { id } }), enabled: before });
  const onPreview = useCallback(
    (index: number) => void navigate({ search: (was) => ({ ...was, preview: index }), replace: true }),
    [navigate],
  );
  // What an approver looks at, from the first look on: a draft in between does not make them forget it.
  const [seen, setSeen] = useState<Seen | null>(null);
  useEffect(() => {
    if (seen === null && campaign && review.data)
      setSeen({ campaign: definitionOf(campaign), review: review.data });
  }, [seen, campaign, review.data]);
  if (!campaign)
    return (
      <Page title={t('campaigns.one')}>
        {error ? (
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading lines={10} height={28} />
        )}
      </Page>
    );
  const now: Seen | null = review.data ? { campaign: definitionOf(campaign), review: review.data } : null;
  const submittedBy = campaign.history.findLast(({ verdict }) => verdict === 'submitted')?.by.id;
  // Before the start the review answers, in its own panel.
  const ended = campaign.state === 'stopped' ? 'stopped' : 'finished';
  const answer = campaign.finishedAt ? (
    t(`campaigns.answer.${ended}`, { at: formatInstant(campaign.finishedAt) })
  ) : campaign.startedAt ? (
    <ProgressAnswer id={id} />
  ) : undefined;
  const definition = (
    <>
      <CampaignFacts campaign={campaign} />
      {before ? null : <HistoryPanel history={campaign.history} />}
    </>
  );
  return (
    <Page
      title={campaign.name}
      above={<CampaignStateBadge state={campaign.state} />}
      answer={answer}
      actions={<CampaignActions campaign={campaign} />}
    >
      {campaign.trouble ? (
        <Alert color="yellow" role="status" title={t('campaigns.trouble')}>
          {reasonWords(campaign.trouble.code)}
          {campaign.trouble.detail ? ` (${campaign.trouble.detail})` : ''}
        </Alert>
      ) : null}
      {begun(campaign) ? <ProgressPanels campaign={campaign} below={definition} /> : null}
      {before ? (
        <div className={classes.columns}>
          <div className={classes.main}>
            {review.data ? (
              <ReviewPanels
                review={review.data}
                campaign={campaign}
                preview={preview ?? 0}
                onPreview={onPreview}
              />
            ) : review.error ? (
              <ErrorNotice error={review.error} onRetry={() => void review.refetch()} />
            ) : (
              <Panel title={t('campaigns.review.counting')}>
                <Loading lines={10} height={24} />
              </Panel>
            )}
          </div>
          <div className={classes.aside}>
            {campaign.state === 'approved' || campaign.state === 'scheduled' ? (
              <StartPanel campaign={campaign} review={review.data} />
            ) : null}
            <TakenBackNotice
              campaign={campaign}
              sentBack={campaign.history.at(-1)?.verdict === 'changes_requested'}
            />
            <SubmitPanel campaign={campaign} review={review.data} unsaved={false} />
            {review.data && (campaign.state === 'in_review' || campaign.state === 'approved') ? (
              <VerdictPanel
                campaign={campaign}
                submittedBy={submittedBy}
                review={review.data}
                seen={seen}
                onSeen={() => setSeen(now)}
              />
            ) : null}
            <HistoryPanel history={campaign.history} />
          </div>
        </div>
      ) : null}
      {begun(campaign) || (before && review.isPending) ? null : definition}
    </Page>
  );
};
