import type { Tx } from '#platform/postgres';

export const upsertPause = async (tx: Tx, profileId: string, until: Date): Promise<void> => {
  await tx.run(
    `insert into pause (workspace_id, profile_id, until) values (app_workspace(), $1, $2)
     on conflict (workspace_id, profile_id) do update set until = excluded.until`,
    [profileId, until],
  );
};

export const deletePause = async (tx: Tx, profileId: string): Promise<void> => {
  await tx.run('delete from pause where workspace_id = app_workspace() and profile_id = $1', [profileId]);
};

export const activePauses = (
  tx: Tx,
  profileIds: readonly string[],
  now: Date,
): Promise<{ profile_id: string; until: Date }[]> =>
  tx.rows(
    `select profile_id, until from pause
     where workspace_id = app_workspace() and profile_id = any($1::uuid[]) and until > $2`,
    [profileIds, now],
  );
