import type { TimelineSource } from '#know/profiles';
import type { ClickHouse } from '#platform/clickhouse';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Database, Tx } from '#platform/postgres';
import { type Bulk, createBulk } from './bulk.ts';
import type { NewEvent } from './event.ts';
import { createEventReader, type EventReader } from './reader.ts';
import { createSettle, type Settle } from './settle-store.ts';
import { createShipper, type ShippedSubscriber, type Shipper } from './shipper.ts';
import { refuseUnstorable } from './storable.ts';
import { countWaiting, insertEvents, peopleInLog } from './store.ts';
import { createTimeline } from './timeline-read.ts';

export interface Collect {
  /** The one internal door of events: durable with the caller's transaction; the same message counts once. */
  readonly append: (tx: Tx, events: readonly NewEvent[]) => Promise<void>;
  /** Called once per event, in the transaction that moves the log's cursor. Subscribe before the first step. */
  readonly onShipped: (subscriber: ShippedSubscriber) => void;
  /** Events that are durable and not in the event store yet. */
  readonly waiting: (tx: Tx) => Promise<number>;
  /** Of these people, those of whom the log holds an event. */
  readonly knowsPeople: (tx: Tx, profileIds: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly shipper: Shipper;
  readonly eventReader: EventReader;
  readonly bulk: Bulk;
  readonly timeline: TimelineSource;
  readonly settle: Settle;
}

export interface CollectDeps {
  readonly database: Database;
  readonly clickhouse: ClickHouse;
  readonly clock: Clock;
  /** Events per step of the shipper; default 10,000. */
  readonly shipBatch?: number;
}

/** Events in one statement. */
const APPEND_BATCH = 5000;

export const createCollect = (deps: CollectDeps): Collect => {
  const subscribers: ShippedSubscriber[] = [];
  const eventReader = createEventReader(deps);
  return {
    append: async (tx, events) => {
      const { workspaceId } = tx;
      if (workspaceId === null)
        throw appError('internal', { cause: new Error('Events belong to a workspace') });
      refuseUnstorable(events);
      const now = deps.clock.now();
      for (let start = 0; start < events.length; start += APPEND_BATCH)
        await insertEvents(tx, workspaceId, { events: events.slice(start, start + APPEND_BATCH), now });
    },
    onShipped: (subscriber) => {
      subscribers.push(subscriber);
    },
    waiting: countWaiting,
    knowsPeople: peopleInLog,
    shipper: createShipper({
      ...deps,
      subscribers,
      ...(deps.shipBatch === undefined ? {} : { batch: deps.shipBatch }),
    }),
    eventReader,
    bulk: createBulk(deps),
    timeline: createTimeline(eventReader),
    settle: createSettle(deps.clickhouse),
  };
};
