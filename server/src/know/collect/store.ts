import { jsonbText } from '#know/profiles';
import { uuidFrom } from '#platform/ids';
import type { Tx } from '#platform/postgres';
import type { LoggedEvent, NewEvent } from './event.ts';

/** A place in commit-safe order. */
export interface LogPoint {
  readonly xid: string;
  readonly seq: number;
}

export const LOG_START: LogPoint = { xid: '0', seq: 0 };

/** The same message of the same source has the same id for ever: whatever comes after the log forgot it, replaces itself. */
export const eventIdOf = (scope: string, event: Pick<NewEvent, 'source' | 'messageId'>): string =>
  uuidFrom(scope, `${event.source}\0${event.messageId}`);

/** The number of events that were new. */
export const insertEvents = (
  tx: Tx,
  workspaceId: string,
  batch: { readonly events: readonly NewEvent[]; readonly now: Date },
): Promise<number> =>
  tx.run(
    `insert into event_log (workspace_id, event_id, source, message_id, name, at, profile_id, received_at, body)
     select app_workspace(), event_id, source, message_id, name, at, profile_id, $2, body
     from jsonb_to_recordset($1::jsonb) as r (event_id uuid, source text, message_id text, name text,
       at timestamptz, profile_id uuid, body jsonb)
     on conflict (workspace_id, source, message_id) do nothing`,
    [
      jsonbText(
        batch.events.map((event) => ({
          event_id: eventIdOf(workspaceId, event),
          source: event.source,
          message_id: event.messageId,
          name: event.name,
          at: event.at,
          profile_id: event.profileId,
          body: { text: event.text, numbers: event.numbers, order: event.order },
        })),
      ),
      batch.now,
    ],
  );

export interface ShipCursor extends LogPoint {
  readonly pending: LogPoint | null;
}

/** Locks the cursor's row until the transaction ends. */
export const lockCursor = async (tx: Tx): Promise<ShipCursor> => {
  await tx.run(
    `insert into ship_cursor (workspace_id, xid, seq) values (app_workspace(), $1::xid8, $2)
     on conflict (workspace_id) do nothing`,
    [LOG_START.xid, LOG_START.seq],
  );
  const row = await tx.one<{
    xid: string;
    seq: number;
    pendingXid: string | null;
    pendingSeq: number | null;
  }>(
    `select xid::text as xid, seq, pending_xid::text as "pendingXid", pending_seq as "pendingSeq" from ship_cursor
     where workspace_id = app_workspace() for update`,
  );
  const { pendingXid, pendingSeq } = row;
  const pending = pendingXid === null || pendingSeq === null ? null : { xid: pendingXid, seq: pendingSeq };
  return { xid: row.xid, seq: row.seq, pending };
};

/**
 * Where the next batch ends, or null when nothing waits. Rows of transactions below the oldest running one are final:
 * no row can still appear at or before the bound.
 */
export const nextBound = async (tx: Tx, after: LogPoint, limit: number): Promise<LogPoint | null> => {
  const row = await tx.maybe<LogPoint>(
    `select xid::text as xid, seq from (
       select xid, seq from event_log
       where workspace_id = app_workspace() and (xid, seq) > ($1::xid8, $2::bigint)
         and xid < pg_snapshot_xmin(pg_current_snapshot())
       order by xid, seq limit $3) as batch
     order by batch.xid desc, batch.seq desc limit 1`,
    [after.xid, after.seq, limit],
  );
  return row ?? null;
};

export const savePending = (tx: Tx, bound: LogPoint): Promise<number> =>
  tx.run(
    'update ship_cursor set pending_xid = $1::xid8, pending_seq = $2 where workspace_id = app_workspace()',
    [bound.xid, bound.seq],
  );

export const moveCursor = (tx: Tx, bound: LogPoint): Promise<number> =>
  tx.run(
    `update ship_cursor set xid = $1::xid8, seq = $2, pending_xid = null, pending_seq = null
     where workspace_id = app_workspace()`,
    [bound.xid, bound.seq],
  );

type StoredEvent = Omit<LoggedEvent, 'text' | 'numbers' | 'order'> & {
  readonly body: Pick<LoggedEvent, 'text' | 'numbers' | 'order'>;
};

/** (after, upTo], in order. */
export const eventsBetween = async (tx: Tx, after: LogPoint, upTo: LogPoint): Promise<LoggedEvent[]> => {
  const rows = await tx.rows<StoredEvent>(
    `select event_id as "eventId", source, message_id as "messageId", name, at, profile_id as "profileId", body
     from event_log where workspace_id = app_workspace()
       and (xid, seq) > ($1::xid8, $2::bigint) and (xid, seq) <= ($3::xid8, $4::bigint)
     order by xid, seq`,
    [after.xid, after.seq, upTo.xid, upTo.seq],
  );
  return rows.map(({ body, ...event }) => Object.assign(event, body));
};

/** Shipped and older than the instant; at most `limit` at a time. */
export const deleteShipped = (tx: Tx, before: Date, limit: number): Promise<number> =>
  tx.run(
    `delete from event_log where (workspace_id, xid, seq) in (
       select e.workspace_id, e.xid, e.seq from event_log e, ship_cursor c
       where e.workspace_id = app_workspace() and c.workspace_id = app_workspace()
         and (e.xid, e.seq) <= (c.xid, c.seq) and e.received_at < $1
       limit $2)`,
    [before, limit],
  );

/** How many events wait: for health and metrics. */
export const countWaiting = async (tx: Tx): Promise<number> =>
  (
    await tx.one<{ n: number }>(
      `select count(*) as n from event_log e where e.workspace_id = app_workspace()
         and (e.xid, e.seq) > (select coalesce(max(c.xid), '0'), coalesce(max(c.seq), 0) from ship_cursor c
                               where c.workspace_id = app_workspace())`,
    )
  ).n;

/** Of these people, those of whom the log holds an event, whether it was shipped yet or not. */
export const peopleInLog = async (tx: Tx, profileIds: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await tx.rows<{ profile_id: string }>(
    `select distinct profile_id from event_log
     where workspace_id = app_workspace() and profile_id = any($1::uuid[])`,
    [profileIds],
  );
  return new Set(rows.map(({ profile_id }) => profile_id));
};
