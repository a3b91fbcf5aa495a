export type { Campaign, CampaignDefinition, CampaignState, Variant } from './campaign.ts';
export type { CampaignsDeps } from './ports.ts';
export { bindCampaignRoutes } from './routes.ts';
export {
  type BlastRadius,
  type CampaignNow,
  type Campaigns,
  createCampaigns,
  type Progress,
  type StartOutcome,
} from './service.ts';
export { takeTest } from './test-limit.ts';
export {
  begunCampaigns,
  campaignNames,
  campaignTotals,
  type WaitingCampaign,
  waitingCampaigns,
} from './waiting-read.ts';
