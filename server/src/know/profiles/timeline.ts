import type { TimelineEntryBody } from '@mesure/contract/profiles';

export type TimelineEntry = TimelineEntryBody;

/** What this room needs from the collected events; know/collect fulfils it. */
export interface TimelineSource {
  /** Newest first. */
  readonly timeline: (
    workspaceId: string,
    query: { readonly profileId: string; readonly limit: number; readonly before?: Date | undefined },
  ) => Promise<readonly TimelineEntry[]>;
}
