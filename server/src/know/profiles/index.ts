export { jsonbText } from './jsonb.ts';
export { type Profile, type ProfileConflict, type ProfileUpsert, emailKey } from './profile.ts';
export { type LastPurchase, type Purchase, type Purchases, purchases } from './purchases.ts';
export type { SearchQuery } from './read.ts';
export { createReplicateProfiles, type ReplicateDeps, type ReplicateProfiles } from './replicate.ts';
export { bindProfilesRoutes, type ProfilesRoutesDeps } from './routes.ts';
export { createProfiles, type Profiles, type ProfilesDeps } from './service.ts';
export type { TimelineEntry, TimelineSource } from './timeline.ts';
