export { jsonbText } from './jsonb.ts';
export { emailKey, type Profile, type ProfileConflict, type ProfileUpsert } from './profile.ts';
export {
  type ImportedPurchases,
  type LastPurchase,
  type Purchase,
  type Purchases,
  purchases,
} from './purchase-store.ts';
export type { SearchQuery } from './read.ts';
export { createReplicateProfiles, type ReplicateDeps, type ReplicateProfiles } from './replicate.ts';
export { bindProfilesRoutes, type ProfilesRoutesDeps } from './routes.ts';
export { createProfiles, type Profiles, type ProfilesDeps } from './service.ts';
export type { TimelineEntry, TimelineSource } from './timeline.ts';
