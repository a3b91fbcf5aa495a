import { Alert, Button, Group, List, Stack, Text, Textarea } from '@mantine/core';
import { type CampaignBody, type CampaignReview, campaignRoutes } from '@mesure/contract/campaigns';
import { useEffect, useState } from 'react';
import { ApiError, refresh, useCall } from '#platform/api';
import { useDraft } from '#platform/drafts';
import { tell } from '#platform/feedback';
import { formatNumber } from '#platform/format';
import { ErrorNotice, Panel } from '#platform/kit';
import { useMay, useSession } from '#platform/session';
import { useWords } from '#words';
import { arrived } from './arrived.ts';
import { changedSince, type Seen } from './differences.ts';
import { definitionOf } from './form-values.ts';
import { WhoMayApprove } from './who-may-approve.tsx';

interface VerdictPanelProps {
  readonly campaign: CampaignBody;
  readonly submittedBy: string | undefined;
  readonly review: CampaignReview;
  /** What this person looked at; null for a moment, until it is noted. */
  readonly seen: Seen | null;
  readonly onSeen: () => void;
}

/** Somebody else's yes or no, bound to exactly what they look at. */
export const VerdictPanel = ({ campaign, submittedBy, review, seen, onSeen }: VerdictPanelProps) => {
  const { t } = useWords();
  const session = useSession();
  const role = useMay('approver', 'admin');
  const draft = useDraft<string>(`campaign/${campaign.id}/verdict`);
  const [comment, setComment] = useState(draft.found ?? '');
  const [missing, setMissing] = useState(false);
  const now: Seen = { campaign: definitionOf(campaign), review };
  const changed = seen ? changedSince(seen, now) : [];
  const own = [campaign.author.id, campaign.lastEditor.id, submittedBy].includes(session.id);

  const { keep, forget } = draft;
  useEffect(() => {
    if (comment === '') forget();
    else keep(comment);
  }, [comment, keep, forget]);

  const handled = {
    refreshes: [],
    // What changed is shown with the new review; the comment stays as it was typed.
    onError: (error: unknown) => {
      if (error instanceof ApiError && error.code === 'conflict') void refresh('campaigns');
    },
  };
  const approve = useCall(campaignRoutes.approveCampaign, {
    ...handled,
    onSuccess: (judged: CampaignBody) => {
      arrived(judged);
      forget();
      setComment('');
      tell(t('campaigns.approve.done'));
    },
  });
  const ask = useCall(campaignRoutes.requestCampaignChanges, {
    ...handled,
    onSuccess: (judged: CampaignBody) => {
      arrived(judged);
      forget();
      setComment('');
      tell(t('campaigns.approve.asked'));
    },
  });

  if (!role)
    return (
      <Panel title={t('campaigns.approve.title')}>
        <Text size="sm">{t('campaigns.approve.needsApprover')}</Text>
        <Text size="sm">
          <WhoMayApprove campaign={campaign} />
        </Text>
      </Panel>
    );
  const params = { id: campaign.id };
  const { version } = campaign;
  const sendBack = (): void => {
    if (comment.trim() === '') {
      setMissing(true);
      return;
    }
    ask.mutate({ params, body: { version, comment: comment.trim() } });
  };
  return (
    <Panel title={t('campaigns.approve.title')} hint={t('campaigns.approve.hint')}>
      <Stack gap="sm">
        {changed.length > 0 ? (
          <Alert color="yellow" role="alert" title={t('campaigns.approve.changed')}>
            <Stack gap="xs">
              <List size="sm">
                {changed.map((part) => (
                  <List.Item key={part}>{t(`campaigns.part.${part}`)}</List.Item>
                ))}
                {seen === null || seen.review.wouldGet === review.wouldGet ? null : (
                  <List.Item>
                    {t('campaigns.approve.number', {
                      before: formatNumber(seen.review.wouldGet),
                      now: formatNumber(review.wouldGet),
                    })}
                  </List.Item>
                )}
              </List>
              <Text size="sm">{t('campaigns.approve.lookAgain')}</Text>
              <Button size="xs" variant="default" onClick={onSeen} style={{ alignSelf: 'start' }}>
                {t('campaigns.approve.looked')}
              </Button>
            </Stack>
          </Alert>
        ) : null}
        <Textarea
          label={t('campaigns.approve.comment')}
          description={t('campaigns.approve.commentHint')}
          value={comment}
          maxLength={4000}
          autosize
          minRows={2}
          maxRows={10}
          maw={640}
          error={missing && comment.trim() === '' ? t('campaigns.approve.commentNeeded') : undefined}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <ErrorNotice error={approve.error ?? ask.error} />
        {own ? (
          <Text size="sm">
            {t('campaigns.approve.own')} <WhoMayApprove campaign={campaign} />
          </Text>
        ) : null}
        <Group gap="sm">
          <Button variant="default" onClick={sendBack} loading={ask.isPending}>
            {t('campaigns.approve.ask')}
          </Button>
          {campaign.state === 'in_review' ? (
            <Button
              disabled={own || changed.length > 0 || !review.ready || review.version !== version}
              loading={approve.isPending}
              onClick={() =>
                approve.mutate({
                  params,
                  body: {
                    version,
                    fingerprint: review.fingerprint,
                    ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
                  },
                })
              }
            >
              {t('campaigns.approve.button', { count: review.wouldGet })}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Panel>
  );
};
