import { ZERO_UUID } from '#platform/ids';
import type { Tx } from '#platform/postgres';
import { emailKey, nameKey, type Profile } from './profile.ts';
import { PROFILE_COLUMNS } from './store.ts';

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

/** The end of the range of everything that begins with a text: the highest code point, in byte order. */
const HIGHEST = '\u{10FFFF}';

export interface SearchQuery {
  /** Beginning of an address, an external id, a first or a last name; absent: everybody. */
  readonly text?: string | undefined;
  readonly limit: number;
  /** The last id of the page before; a search has one page only. */
  readonly after?: string | undefined;
}

/** One index range per column; each branch stops at the limit: one letter costs as little as a whole name. */
export const search = (tx: Tx, query: SearchQuery): Promise<Profile[]> => {
  const text = query.text?.trim() ?? '';
  if (text === '')
    return tx.rows<Profile>(
      `select ${PROFILE_COLUMNS} from profile where workspace_id = app_workspace() and id > $1 order by id limit $2`,
      [query.after ?? ZERO_UUID, query.limit],
    );
  const branch = (column: string, position: number): string =>
    `(select id from profile where workspace_id = app_workspace()
        and ${column} >= $${position}::text and ${column} < $${position}::text || '${HIGHEST}'
      order by ${column} limit $1)`;
  return tx.rows<Profile>(
    `select ${PROFILE_COLUMNS} from profile where workspace_id = app_workspace() and id in (
       ${branch('email_key', 2)} union ${branch('external_id', 3)}
       union ${branch('first_name_key', 4)} union ${branch('last_name_key', 4)})
     order by last_name_key, first_name_key, email_key, id limit $1`,
    [query.limit, emailKey(text), text, nameKey(text)],
  );
};
