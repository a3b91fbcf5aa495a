import type { TimelineEntryBody } from '@mesure/contract/profiles';

export type TimelineEntry = TimelineEntryBody;

export interface TimelineQuery {
  readonly profileId: string;
  readonly limit: number;
  readonly before?: Date | undefined;
  /** The last event of the page before: of those of its instant, only the ones behind it. */
  readonly after?: { readonly at: Date; readonly eventId: string } | undefined;
  readonly name?: string | undefined;
}

/** What this room needs from the collected events; know/collect fulfils it. */
export interface TimelineSource {
  /** Newest first; events of one instant by their ids. */
  readonly timeline: (workspaceId: string, query: TimelineQuery) => Promise<readonly TimelineEntry[]>;
}
