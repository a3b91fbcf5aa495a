import { setTimeout as wait } from 'node:timers/promises';
import { type CampaignReview, campaignRoutes } from '@mesure/contract/campaigns';
import type { Client } from '@mesure/contract/client';
import { messagesRoutes } from '@mesure/contract/messages';
import { type Rule, segmentsRoutes } from '@mesure/contract/segments';

export interface Team {
  readonly marketer: Client;
  readonly approver: Client;
}

export interface DraftedCampaign {
  readonly id: string;
  readonly segmentId: string;
}

export interface CampaignPlan {
  readonly name: string;
  readonly segment: { readonly name: string; readonly rule: Rule };
  readonly language: 'fr' | 'en';
  readonly subjects: readonly { readonly key: string; readonly subject: string }[];
  readonly holdoutShare: number;
}

/** The marketer's part: an audience, one message per variant from a starter template, and the draft. */
export const draftCampaign = async (marketer: Client, plan: CampaignPlan): Promise<DraftedCampaign> => {
  const segment = await marketer.call(segmentsRoutes.createSegment, { body: plan.segment });
  const starters = await marketer.call(messagesRoutes.listMessageStarters);
  const starter = starters.items.find(
    ({ key, language }) => language === plan.language && key.startsWith('newsletter'),
  );
  if (!starter) throw new Error(`There is no newsletter to start from in ${plan.language}.`);
  const variants = [];
  for (const { key, subject } of plan.subjects) {
    const { message } = await marketer.call(messagesRoutes.createMessage, {
      body: {
        name: `${plan.name} · ${key}`,
        subject,
        mjml: starter.mjml,
        language: starter.language,
        ...(starter.text === undefined ? {} : { text: starter.text }),
      },
    });
    variants.push({ key, messageId: message.id, weight: 1 });
  }
  const campaign = await marketer.call(campaignRoutes.createCampaign, {
    body: {
      name: plan.name,
      segmentId: segment.id,
      variants,
      holdoutShare: plan.holdoutShare,
      productCount: 3,
    },
  });
  return { id: campaign.id, segmentId: segment.id };
};

/** Submit by one, approve by the other, start: the approval is bound to what the approver was shown. */
export const approveAndStart = async (team: Team, campaignId: string): Promise<CampaignReview> => {
  const params = { id: campaignId };
  const draft = await team.marketer.call(campaignRoutes.getCampaign, { params });
  const submitted = await team.marketer.call(campaignRoutes.submitCampaign, {
    params,
    body: { version: draft.version },
  });
  const review = await team.approver.call(campaignRoutes.reviewCampaign, { params });
  const approved = await team.approver.call(campaignRoutes.approveCampaign, {
    params,
    body: {
      version: submitted.version,
      fingerprint: review.fingerprint,
      comment: 'Vu les dix aperçus et les personnes écartées.',
    },
  });
  await team.marketer.call(campaignRoutes.startCampaign, { params, body: { version: approved.version } });
  return review;
};

const unfinished = ['queued', 'claimed', 'attempting'] as const;

export type Progress = Awaited<ReturnType<typeof readProgress>>;

export const readProgress = (client: Client, campaignId: string) =>
  client.call(campaignRoutes.campaignProgress, { params: { id: campaignId } });

/** Until nothing is on its way any more; what is held waits for its time. */
export const untilQuiet = async (
  client: Client,
  campaignId: string,
  onProgress: (progress: Progress) => void,
): Promise<Progress> => {
  for (;;) {
    const progress = await readProgress(client, campaignId);
    onProgress(progress);
    if (progress.trouble)
      throw new Error(
        `The campaign does not go on: ${progress.trouble.code} ${progress.trouble.detail ?? ''}`,
      );
    const onTheWay = unfinished.reduce((sum, state) => sum + (progress.counts[state] ?? 0), 0);
    const started = !['approved', 'scheduled'].includes(progress.state);
    if (started && onTheWay === 0) return progress;
    await wait(50);
  }
};
