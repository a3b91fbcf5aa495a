import type { Tx } from '#platform/postgres';

/** Marks those of the batch's people who are among these ids. */
export const markOnlyImported = (tx: Tx, batchId: string, profileIds: readonly string[]): Promise<number> =>
  tx.run(
    `update data_import_person set only_imported = true
     where workspace_id = app_workspace() and batch_id = $1 and profile_id = any($2::uuid[]) and not is_new`,
    [batchId, profileIds],
  );

export const onlyImportedAmong = async (
  tx: Tx,
  batchId: string,
  profileIds: readonly string[],
): Promise<readonly string[]> =>
  (
    await tx.rows<{ id: string }>(
      `select profile_id as id from data_import_person
       where workspace_id = app_workspace() and batch_id = $1 and profile_id = any($2::uuid[]) and only_imported`,
      [batchId, profileIds],
    )
  ).map(({ id }) => id);

export const hasKnownPeople = async (tx: Tx, batchId: string): Promise<boolean> =>
  (await tx.maybe(
    `select 1 from data_import_person
     where workspace_id = app_workspace() and batch_id = $1 and not is_new limit 1`,
    [batchId],
  )) !== undefined;

export interface SharedPerson {
  readonly profileId: string;
  readonly fingerprint: string;
}

export const saveShared = (tx: Tx, people: readonly SharedPerson[]): Promise<number> =>
  tx.run(
    `insert into data_import_shared (workspace_id, profile_id, fingerprint)
     select app_workspace(), s.id, s.fingerprint from unnest($1::uuid[], $2::text[]) as s (id, fingerprint)
     on conflict (workspace_id, profile_id) do update set fingerprint = excluded.fingerprint`,
    [people.map(({ profileId }) => profileId), people.map(({ fingerprint }) => fingerprint)],
  );

export const sharedAmong = (tx: Tx, profileIds: readonly string[]): Promise<SharedPerson[]> =>
  tx.rows<SharedPerson>(
    `select profile_id as "profileId", fingerprint from data_import_shared
     where workspace_id = app_workspace() and profile_id = any($1::uuid[])`,
    [profileIds],
  );

/** The next ones in id order. */
export const sharedAfter = (
  tx: Tx,
  page: { readonly after: string; readonly limit: number },
): Promise<SharedPerson[]> =>
  tx.rows<SharedPerson>(
    `select profile_id as "profileId", fingerprint from data_import_shared
     where workspace_id = app_workspace() and profile_id > $1 order by profile_id limit $2`,
    [page.after, page.limit],
  );

export const forgetShared = (tx: Tx, profileIds: readonly string[]): Promise<number> =>
  tx.run(
    `delete from data_import_shared where workspace_id = app_workspace() and profile_id = any($1::uuid[])`,
    [profileIds],
  );
