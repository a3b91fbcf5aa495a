import type { CampaignBody } from '@mesure/contract/campaigns';

/** The date that says most about a campaign as it is now. */
export const whenOf = (
  campaign: Pick<CampaignBody, 'state' | 'startAt' | 'startedAt' | 'finishedAt' | 'updatedAt'>,
): { readonly what: 'finished' | 'started' | 'starts' | 'changed'; readonly at: string } => {
  if (campaign.finishedAt) return { what: 'finished', at: campaign.finishedAt };
  if (campaign.startedAt) return { what: 'started', at: campaign.startedAt };
  if (campaign.startAt && campaign.state !== 'stopped') return { what: 'starts', at: campaign.startAt };
  return { what: 'changed', at: campaign.updatedAt };
};
