import { purchases } from '#know/profiles';
import type { ClickHouse } from '#platform/clickhouse';
import type { Clock } from '#platform/clock';
import { ZERO_UUID } from '#platform/ids';
import type { Database, Tx } from '#platform/postgres';
import { eventRow, type LoggedEvent, purchasesIn } from './event.ts';
import {
  deleteShipped,
  eventsBetween,
  type LogPoint,
  lockCursor,
  moveCursor,
  nextBound,
  savePending,
} from './store.ts';

/** Runs in the transaction that moves the cursor: exactly once per event, or not yet. */
export type ShippedSubscriber = (tx: Tx, events: readonly LoggedEvent[]) => Promise<void>;

export interface ShipperDeps {
  readonly database: Database;
  readonly clickhouse: ClickHouse;
  readonly clock: Clock;
  readonly subscribers: readonly ShippedSubscriber[];
  /** Events per step; default 10,000. */
  readonly batch?: number;
}

export interface Shipper {
  /** One step: moves one batch of the log to the event store. */
  readonly tick: (workspaceId: string) => Promise<{ readonly shipped: number }>;
  /** Forgets what was shipped and is older than 48 hours of the business clock. */
  readonly prune: (workspaceId: string) => Promise<{ readonly removed: number }>;
}

interface Batch {
  readonly from: LogPoint;
  readonly to: LogPoint;
  readonly events: readonly LoggedEvent[];
}

const REMEMBERED_MS = 48 * 3_600_000;
const PRUNE_BATCH = 20_000;

const tokenOf = (workspaceId: string, { from, to }: Batch): string =>
  `log:${workspaceId}:${from.xid}.${from.seq}:${to.xid}.${to.seq}`;

const samePoint = (one: LogPoint | null, other: LogPoint): boolean =>
  one !== null && one.xid === other.xid && one.seq === other.seq;

/**
 * The bound of a batch is committed before its rows leave, so that a retry after a crash at any point sends the same
 * rows under the same token, which the event store takes once; the cursor moves with the subscribers' work, in one
 * transaction, after the rows have arrived.
 */
export const createShipper = (deps: ShipperDeps): Shipper => {
  const limit = deps.batch ?? 10_000;

  const nextBatch = (workspaceId: string): Promise<Batch | null> =>
    deps.database.inWorkspace(workspaceId, async (tx) => {
      const cursor = await lockCursor(tx);
      const from = { xid: cursor.xid, seq: cursor.seq };
      const to = cursor.pending ?? (await nextBound(tx, from, limit));
      if (to === null) return null;
      if (cursor.pending === null) await savePending(tx, to);
      return { from, to, events: await eventsBetween(tx, from, to) };
    });

  const finish = (workspaceId: string, batch: Batch): Promise<boolean> =>
    deps.database.inWorkspace(workspaceId, async (tx) => {
      const cursor = await lockCursor(tx);
      // A twin of this step was faster: its subscribers have seen these events.
      if (!samePoint(cursor, batch.from) || !samePoint(cursor.pending, batch.to)) return false;
      await purchases.record(tx, purchasesIn(batch.events));
      for (const subscriber of deps.subscribers) await subscriber(tx, batch.events);
      await moveCursor(tx, batch.to);
      return true;
    });

  return {
    tick: async (workspaceId) => {
      const batch = await nextBatch(workspaceId);
      if (batch === null) return { shipped: 0 };
      await deps.clickhouse.insert({
        table: 'events',
        rows: batch.events.map((event) =>
          eventRow({ workspaceId, importId: ZERO_UUID, eventId: event.eventId }, event),
        ),
        token: tokenOf(workspaceId, batch),
      });
      const moved = await finish(workspaceId, batch);
      return { shipped: moved ? batch.events.length : 0 };
    },
    prune: async (workspaceId) => {
      const before = new Date(deps.clock.now().getTime() - REMEMBERED_MS);
      let removed = 0;
      for (;;) {
        const now = await deps.database.inWorkspace(workspaceId, (tx) =>
          deleteShipped(tx, before, PRUNE_BATCH),
        );
        removed += now;
        if (now < PRUNE_BATCH) return { removed };
      }
    },
  };
};
