export { hashAddress } from './address.ts';
export {
  allows,
  type Channel,
  type ConsentEntry,
  type ConsentMethod,
  type ConsentProof,
  type ConsentState,
  isTopic,
  type Purpose,
  type Standing,
  type Topic,
} from './consent.ts';
export type { Entities, EntityChange } from './entities.ts';
export type { LegalEntity } from './entity-store.ts';
export type { Pauses } from './pauses.ts';
export { type ConsentRoom, type ConsentRoomDeps, createConsentRoom } from './room.ts';
export { bindConsentRoutes } from './routes.ts';
export type { AppendedEntry, Consent, ProvenEntry, StandingQuery, Withdrawal } from './service.ts';
export type { NewSuppression, Suppression } from './suppression.ts';
export type { SuppressionReason } from './suppression-store.ts';
export type { TopicName } from './topic-store.ts';
export type { Topics } from './topics.ts';
