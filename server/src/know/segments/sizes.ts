import { Temporal } from 'temporal-polyfill';
import type { EventReader } from '#know/collect';
import type { Clock } from '#platform/clock';
import type { Database, Tx } from '#platform/postgres';
import { countMembers } from './read.ts';
import { insertSize, latestSizes, type SizeOfSegment, sizesSince, uncountedSegments } from './size-store.ts';

export interface SegmentSizes {
  /**
   * Counts every segment whose rule was not counted today: once a day, and once after each change of a rule. A rule that
   * cannot be counted keeps none of the others from it; its failure is thrown when they are done.
   * `segmentId`: this one only.
   */
  readonly record: (workspaceId: string, segmentId?: string) => Promise<{ readonly recorded: number }>;
  /** By segment: the latest size of its rule as it stands. */
  readonly latest: (tx: Tx, segmentIds: readonly string[]) => Promise<ReadonlyMap<string, SizeOfSegment>>;
  /** Oldest first, over so many days back from today. */
  readonly history: (
    tx: Tx,
    segmentId: string,
    span: { readonly days: number; readonly timeZone: string },
  ) => Promise<readonly SizeOfSegment[]>;
}

export interface SegmentSizesDeps {
  readonly database: Database;
  readonly eventReader: EventReader;
  readonly clock: Clock;
  /** The workspace's IANA time zone: its days begin at its midnight. */
  readonly timeZone: (workspaceId: string) => Promise<string>;
  readonly upToDate: (workspaceId: string) => Promise<void>;
}

/** Segments in one step: the rest comes with the next. */
const STEP = 50;

const dayOf = (now: Date, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();

export const createSegmentSizes = (deps: SegmentSizesDeps): SegmentSizes => {
  const { database, clock } = deps;
  return {
    record: async (workspaceId, segmentId) => {
      const now = clock.now();
      const timeZone = await deps.timeZone(workspaceId);
      const day = dayOf(now, timeZone).toString();
      const waiting = await database.inWorkspace(
        workspaceId,
        (tx) => uncountedSegments(tx, { day, limit: STEP, segmentId }),
        {
          readOnly: true,
        },
      );
      if (waiting.length === 0) return { recorded: 0 };
      await deps.upToDate(workspaceId);
      const moment = { now, workspaceTimeZone: timeZone };
      const failures: unknown[] = [];
      for (const { id, rule, ruleHash } of waiting) {
        try {
          const { count, total } = await countMembers(deps.eventReader, workspaceId, {
            rule,
            moment,
            samples: 0,
          });
          const size = { segmentId: id, day, ruleHash, at: now, count, total };
          await database.inWorkspace(workspaceId, (tx) => insertSize(tx, size));
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'Some segments could not be counted');
      return { recorded: waiting.length };
    },
    latest: async (tx, segmentIds) =>
      new Map(
        (segmentIds.length === 0 ? [] : await latestSizes(tx, segmentIds)).map((size) => [
          size.segmentId,
          size,
        ]),
      ),
    history: (tx, segmentId, { days, timeZone }) =>
      sizesSince(
        tx,
        segmentId,
        dayOf(clock.now(), timeZone)
          .subtract({ days: days - 1 })
          .toString(),
      ),
  };
};
