export type { DnsRecord, DnsResolver } from './dns-records.ts';
export type { CampaignSender, SenderIdentity, SenderProblem, TransportKind } from './identity.ts';
export { createSender, type Sender, type SenderDeps } from './room.ts';
export { bindSenderRoutes } from './routes.ts';
export { systemDns } from './system-dns.ts';
export type { CatcherAccess } from './transports.ts';
