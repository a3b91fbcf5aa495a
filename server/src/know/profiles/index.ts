export { createBriefMemory } from './brief-memory.ts';
export { type CursorPart, readCursor, refuseCursor, writeCursor } from './cursor.ts';
export { jsonbText } from './jsonb.ts';
export {
  emailKey,
  type ListedProfile,
  nameKey,
  type Profile,
  type ProfileConflict,
  type ProfileUpsert,
} from './profile.ts';
export {
  type ImportedPurchases,
  type LastPurchase,
  type Purchase,
  type Purchases,
  purchases,
} from './purchase-store.ts';

export { createReplicateProfiles, type ReplicateDeps, type ReplicateProfiles } from './replicate.ts';
export { bindProfilesRoutes, type ProfilesRoutesDeps } from './routes.ts';
export type { PeoplePage, PeopleQuery } from './search-read.ts';
export { createProfiles, type Profiles, type ProfilesDeps } from './service.ts';
export type { TimelineEntry, TimelineQuery, TimelineSource } from './timeline.ts';
