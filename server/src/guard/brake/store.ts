import type { Tx } from '#platform/postgres';
import type { BrakeRow, BrakeScope, Person } from './brake.ts';

const columns = `scope, scope_id, engaged, reason, changed_by_id, changed_by_name, changed_at, release_reason,
  release_by_id, release_by_name, release_at`;

// Row locks alone let a stream of overlapping readers keep a writer waiting; the lock manager's queue is fair, so
// whoever asks for a claim after the brake was pulled waits behind it.
const lockKey = `hashtextextended('brake:' || app_workspace()::text, 0)`;

export const lockForChange = async (tx: Tx): Promise<void> => {
  await tx.run(`select pg_advisory_xact_lock(${lockKey})`);
};

export const lockForClaim = async (tx: Tx): Promise<void> => {
  await tx.run(`select pg_advisory_xact_lock_shared(${lockKey})`);
};

export const rowsFor = (tx: Tx, scopeIds: readonly string[]): Promise<BrakeRow[]> =>
  tx.rows<BrakeRow>(
    `select ${columns} from brake where workspace_id = app_workspace() and scope_id = any($1::uuid[])`,
    [scopeIds],
  );

/** The row locks make a transaction on an older snapshot fail instead of overlooking a brake. */
export const lockedRowsFor = (tx: Tx, scopeIds: readonly string[]): Promise<BrakeRow[]> =>
  tx.rows<BrakeRow>(
    `select ${columns} from brake where workspace_id = app_workspace() and scope_id = any($1::uuid[])
     order by scope_id for share`,
    [scopeIds],
  );

export const allRows = (tx: Tx): Promise<BrakeRow[]> =>
  tx.rows<BrakeRow>(
    `select ${columns} from brake where workspace_id = app_workspace() order by scope desc, changed_at desc, scope_id`,
  );

export interface BrakeKey {
  readonly scope: BrakeScope;
  readonly scopeId: string;
}

export interface Change {
  readonly engaged: boolean;
  readonly reason: string;
  readonly by: Person | null;
  readonly at: Date;
}

/** Sets the state and forgets any request for release. */
export const writeState = (tx: Tx, key: BrakeKey, change: Change): Promise<BrakeRow> =>
  tx.one<BrakeRow>(
    `insert into brake (workspace_id, scope, scope_id, engaged, reason, changed_by_id, changed_by_name, changed_at)
     values (app_workspace(), $1, $2, $3, $4, $5, $6, $7)
     on conflict (workspace_id, scope, scope_id) do update set engaged = excluded.engaged, reason = excluded.reason,
       changed_by_id = excluded.changed_by_id, changed_by_name = excluded.changed_by_name,
       changed_at = excluded.changed_at, release_reason = null, release_by_id = null, release_by_name = null,
       release_at = null
     returning ${columns}`,
    [
      key.scope,
      key.scopeId,
      change.engaged,
      change.reason,
      change.by?.id ?? null,
      change.by?.name ?? null,
      change.at,
    ],
  );

export const insertReleased = async (
  tx: Tx,
  key: BrakeKey,
  change: Omit<Change, 'by' | 'engaged'>,
): Promise<void> => {
  await tx.run(
    `insert into brake (workspace_id, scope, scope_id, engaged, reason, changed_at)
     values (app_workspace(), $1, $2, false, $3, $4) on conflict do nothing`,
    [key.scope, key.scopeId, change.reason, change.at],
  );
};

export interface Request {
  readonly reason: string;
  readonly by: Person;
  readonly at: Date;
}

export const writeRequest = (tx: Tx, key: BrakeKey, request: Request): Promise<BrakeRow> =>
  tx.one<BrakeRow>(
    `update brake set release_reason = $3, release_by_id = $4, release_by_name = $5, release_at = $6
     where workspace_id = app_workspace() and scope = $1 and scope_id = $2
     returning ${columns}`,
    [key.scope, key.scopeId, request.reason, request.by.id, request.by.name, request.at],
  );

export const savepoint = (tx: Tx): Promise<number> => tx.run('savepoint brake_read');
export const backToSavepoint = (tx: Tx): Promise<number> => tx.run('rollback to savepoint brake_read');
export const forgetSavepoint = (tx: Tx): Promise<number> => tx.run('release savepoint brake_read');
