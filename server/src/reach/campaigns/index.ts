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
