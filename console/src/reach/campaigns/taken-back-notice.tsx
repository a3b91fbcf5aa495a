import { Alert } from '@mantine/core';
import type { CampaignBody } from '@mesure/contract/campaigns';
import { useState } from 'react';
import { useMay, useSession } from '#platform/session';
import { useWords } from '#words';

/** To somebody who was judging it: its author took it back to change it. */
export const TakenBackNotice = ({
  campaign,
  sentBack,
}: {
  readonly campaign: CampaignBody;
  readonly sentBack: boolean;
}) => {
  const { t } = useWords();
  const session = useSession();
  const role = useMay('approver', 'admin');
  const inReview = campaign.state === 'in_review';
  const [judging, setJudging] = useState(inReview);
  if (inReview && !judging) setJudging(true);
  const { lastEditor, state } = campaign;
  if (!role || !judging || state !== 'draft' || sentBack || lastEditor.id === session.id) return null;
  return (
    <Alert color="yellow" role="alert" title={t('campaigns.approve.takenBack', { name: lastEditor.name })}>
      {t('campaigns.approve.takenBackHint')}
    </Alert>
  );
};
