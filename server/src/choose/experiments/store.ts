import type { Tx } from '#platform/postgres';
import type { NewAssignment } from './assignment.ts';

/** The first assignment of a person to an experiment stays; returns how many were new. */
export const insertAssignments = (tx: Tx, rows: readonly NewAssignment[]): Promise<number> =>
  tx.run(
    `insert into assignment (workspace_id, experiment_id, profile_id, arm, probability, eligible_at)
     select app_workspace(), t.* from unnest($1::uuid[], $2::uuid[], $3::text[], $4::float8[], $5::timestamptz[])
       as t (experiment_id, profile_id, arm, probability, eligible_at)
     on conflict (workspace_id, experiment_id, profile_id) do nothing`,
    [
      rows.map((row) => row.experiment),
      rows.map((row) => row.profileId),
      rows.map((row) => row.arm),
      rows.map((row) => row.probability),
      rows.map((row) => row.eligibleAt),
    ],
  );
