import type { Tx } from '#platform/postgres';
import { emailKey, type ListedProfile, type Profile } from './profile.ts';
import { PROFILE_COLUMNS } from './store.ts';

/** With the dates that lists show. */
export const LISTED_COLUMNS = `${PROFILE_COLUMNS}, created_at as "createdAt", updated_at as "updatedAt"`;

export const byIds = (tx: Tx, ids: readonly string[]): Promise<Profile[]> =>
  tx.rows<Profile>(
    `select ${PROFILE_COLUMNS} from profile where workspace_id = app_workspace() and id = any ($1::uuid[])`,
    [ids],
  );

export const byEmails = (tx: Tx, emails: readonly string[]): Promise<Profile[]> =>
  tx.rows<Profile>(
    `select ${PROFILE_COLUMNS} from profile where workspace_id = app_workspace() and email_key = any ($1)`,
    [emails.map(emailKey)],
  );

export const idsOfImport = async (tx: Tx, importId: string): Promise<string[]> => {
  const rows = await tx.rows<{ id: string }>(
    'select id from profile where workspace_id = app_workspace() and import_id = $1 order by id',
    [importId],
  );
  return rows.map(({ id }) => id);
};

export const countProfiles = async (tx: Tx): Promise<number> =>
  (await tx.one<{ n: number }>('select count(*) as n from profile where workspace_id = app_workspace()')).n;

export const listedById = (tx: Tx, id: string): Promise<ListedProfile | undefined> =>
  tx.maybe<ListedProfile>(
    `select ${LISTED_COLUMNS} from profile where workspace_id = app_workspace() and id = $1::uuid`,
    [id],
  );
