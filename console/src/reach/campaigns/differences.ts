import type { CampaignBody, CampaignReview } from '@mesure/contract/campaigns';

export const comparedParts = [
  'name',
  'segmentId',
  'topic',
  'entityId',
  'variants',
  'holdoutShare',
  'productCount',
  'onPressure',
  'startAt',
] as const;
export type ComparedPart = (typeof comparedParts)[number];
export type Definition = Pick<CampaignBody, ComparedPart>;

/** Which parts of a definition say something else. */
export const differences = (before: Definition, after: Definition): readonly ComparedPart[] =>
  comparedParts.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]));

export interface Seen {
  readonly campaign: Definition;
  readonly review: CampaignReview;
}

export type SeenChange = ComparedPart | 'rule' | 'outside' | 'version';

/** What an approver no longer sees as they saw it. `outside`: a text or the sender, which the campaign only points to; `version`: saved
 * again as it was. */
export const changedSince = (before: Seen, after: Seen): readonly SeenChange[] => {
  if (before.review.fingerprint === after.review.fingerprint) return [];
  const parts: SeenChange[] = [...differences(before.campaign, after.campaign)];
  if (
    !parts.includes('segmentId') &&
    JSON.stringify(before.review.audienceInWords) !== JSON.stringify(after.review.audienceInWords)
  )
    parts.push('rule');
  if (parts.length > 0) return parts;
  return before.review.version === after.review.version ? ['outside'] : ['version'];
};
