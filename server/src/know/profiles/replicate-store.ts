import { ZERO_UUID } from '#platform/ids';
import type { Tx } from '#platform/postgres';
import type { StoredProfile } from './merge.ts';
import { PROFILE_COLUMNS } from './store.ts';

/** A place in commit-safe order: rows changed by transaction `xid`, up to `id`. */
export interface ChangePoint {
  readonly xid: string;
  readonly id: string;
}

export interface ReplicaCursor {
  readonly change: ChangePoint;
  readonly removal: ChangePoint;
}

export interface ChangedProfile extends StoredProfile {
  readonly version: number;
  readonly xid: string;
}

export interface RemovedProfile {
  readonly id: string;
  readonly version: number;
  readonly xid: string;
}

export const readCursor = async (tx: Tx): Promise<ReplicaCursor> => {
  const row = await tx.maybe<{ cx: string; ci: string; rx: string; ri: string }>(
    `select change_xid::text as cx, change_id as ci, removal_xid::text as rx, removal_id as ri from profile_replica
     where workspace_id = app_workspace()`,
  );
  return row === undefined
    ? { change: { xid: '0', id: ZERO_UUID }, removal: { xid: '0', id: ZERO_UUID } }
    : { change: { xid: row.cx, id: row.ci }, removal: { xid: row.rx, id: row.ri } };
};

/** Below the oldest running transaction nothing can still appear: the cursor never passes a row unseen. */
export const changedAfter = (tx: Tx, point: ChangePoint, limit: number): Promise<ChangedProfile[]> =>
  tx.rows<ChangedProfile>(
    `select ${PROFILE_COLUMNS}, import_id as "importId", version, xid::text as xid from profile
     where workspace_id = app_workspace() and (xid, id) > ($1::xid8, $2::uuid)
       and xid < pg_snapshot_xmin(pg_current_snapshot())
     order by xid, id limit $3`,
    [point.xid, point.id, limit],
  );

export const removedAfter = (tx: Tx, point: ChangePoint, limit: number): Promise<RemovedProfile[]> =>
  tx.rows<RemovedProfile>(
    `select profile_id as id, version, xid::text as xid from profile_removal
     where workspace_id = app_workspace() and (xid, profile_id) > ($1::xid8, $2::uuid)
       and xid < pg_snapshot_xmin(pg_current_snapshot())
     order by xid, profile_id limit $3`,
    [point.xid, point.id, limit],
  );

/** The cursor only moves forward: a slower twin of this step changes nothing. */
export const moveCursor = async (tx: Tx, cursor: ReplicaCursor): Promise<void> => {
  await tx.run(
    `insert into profile_replica (workspace_id, change_xid, change_id, removal_xid, removal_id)
     values (app_workspace(), $1::xid8, $2, $3::xid8, $4)
     on conflict (workspace_id) do update set change_xid = excluded.change_xid, change_id = excluded.change_id,
       removal_xid = excluded.removal_xid, removal_id = excluded.removal_id
     where (profile_replica.change_xid, profile_replica.change_id) <= (excluded.change_xid, excluded.change_id)
       and (profile_replica.removal_xid, profile_replica.removal_id) <= (excluded.removal_xid, excluded.removal_id)`,
    [cursor.change.xid, cursor.change.id, cursor.removal.xid, cursor.removal.id],
  );
  await tx.run(
    `delete from profile_removal where workspace_id = app_workspace() and (xid, profile_id) <= ($1::xid8, $2::uuid)`,
    [cursor.removal.xid, cursor.removal.id],
  );
};
