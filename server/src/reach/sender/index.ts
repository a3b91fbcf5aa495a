export { bindSenderRoutes } from './routes.ts';
export { createSender, type Sender, type SenderDeps } from './room.ts';
export type { CampaignSender, SenderIdentity } from './identity.ts';
export type { DnsRecord, DnsResolver } from './dns-records.ts';
