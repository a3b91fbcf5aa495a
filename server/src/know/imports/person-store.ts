import type { Tx } from '#platform/postgres';
import { type KnownAlias, newestConsents, type Person } from './people.ts';

interface StagedRow {
  readonly profileId: string;
  readonly isNew: boolean;
  readonly externalId: string;
  readonly email: string;
  readonly seenAt: Date;
  readonly fields: Person['fields'];
  readonly consents: Person['consents'];
}

/** jsonb and text refuse U+0000. */
const json = (value: unknown): string => JSON.stringify(value).replaceAll('\\u0000', '');

/** Two people of the file can turn out to be one existing profile: a statement may touch a row once. */
const onePerProfile = (people: readonly Person[]): Person[] => {
  const merged = new Map<string, Person>();
  for (const person of people) {
    const before = merged.get(person.profileId);
    if (before === undefined) merged.set(person.profileId, person);
    else {
      const [older, newer] = before.seenAt <= person.seenAt ? [before, person] : [person, before];
      merged.set(person.profileId, {
        ...newer,
        email: before.email || person.email,
        externalId: before.externalId || person.externalId,
        fields: { ...older.fields, ...newer.fields },
        consents: newestConsents(older.consents, newer.consents),
      });
    }
  }
  return [...merged.values()];
};

const BATCH = 10_000;
const LONG_AGO = -8_000_000_000_000;

export const putPeople = async (tx: Tx, batchId: string, people: readonly Person[]): Promise<void> => {
  const rows = onePerProfile(people).map((person) => ({
    profile_id: person.profileId,
    is_new: person.isNew,
    external_id: person.externalId,
    email: person.email,
    seen_at: new Date(Math.max(person.seenAt, LONG_AGO)).toISOString(),
    fields: person.fields,
    consents: person.consents,
  }));
  for (let start = 0; start < rows.length; start += BATCH) {
    await tx.run(
      `insert into data_import_person as p (workspace_id, batch_id, profile_id, is_new, external_id, email, seen_at, fields, consents)
       select app_workspace(), $1, r.* from jsonb_to_recordset($2::jsonb) as r (profile_id uuid, is_new boolean, external_id text,
         email text, seen_at timestamptz, fields jsonb, consents jsonb)
       on conflict (workspace_id, batch_id, profile_id) do update set
         external_id = excluded.external_id, email = excluded.email,
         seen_at = greatest(p.seen_at, excluded.seen_at),
         fields = case when excluded.seen_at >= p.seen_at then p.fields || excluded.fields else excluded.fields || p.fields end,
         consents = (
           select coalesce(jsonb_object_agg(key, value), '{}') from (
             select distinct on (key) key, value from (
               select key, value, 0 as later from jsonb_each(p.consents)
               union all select key, value, 1 from jsonb_each(excluded.consents)) as seen
             order by key, (value->>'at')::float8 desc, later desc) as newest)`,
      [batchId, json(rows.slice(start, start + BATCH))],
    );
  }
};

export const putAliases = async (
  tx: Tx,
  batchId: string,
  aliases: ReadonlyMap<string, string>,
): Promise<void> => {
  await tx.run(
    `insert into data_import_alias (workspace_id, batch_id, alias, profile_id)
     select app_workspace(), $1, * from unnest($2::text[], $3::uuid[]) on conflict do nothing`,
    [batchId, [...aliases.keys()].map((alias) => alias.replaceAll('\0', '')), [...aliases.values()]],
  );
};

export const findAliases = (tx: Tx, batchId: string, aliases: readonly string[]): Promise<KnownAlias[]> =>
  tx.rows<KnownAlias>(
    `select a.alias, p.profile_id as "profileId", p.is_new as "isNew", p.external_id as "externalId", p.email
     from data_import_alias a join data_import_person p using (workspace_id, batch_id, profile_id)
     where a.workspace_id = app_workspace() and a.batch_id = $1 and a.alias = any ($2)`,
    [batchId, aliases],
  );

/** The next people in id order. */
export const peopleAfter = async (
  tx: Tx,
  batchId: string,
  page: { readonly after: string; readonly limit: number },
): Promise<Person[]> => {
  const rows = await tx.rows<StagedRow>(
    `select profile_id as "profileId", is_new as "isNew", external_id as "externalId", email, seen_at as "seenAt", fields, consents
     from data_import_person where workspace_id = app_workspace() and batch_id = $1 and profile_id > $2
     order by profile_id limit $3`,
    [batchId, page.after, page.limit],
  );
  return rows.map((row) => ({ ...row, seenAt: row.seenAt.getTime() }));
};

export const forgetPeople = async (tx: Tx, batchId: string): Promise<void> => {
  await tx.run('delete from data_import_alias where workspace_id = app_workspace() and batch_id = $1', [
    batchId,
  ]);
  await tx.run('delete from data_import_person where workspace_id = app_workspace() and batch_id = $1', [
    batchId,
  ]);
};

/** What tries left behind whose import is over or runs under another batch. */
export const forgetStrays = async (tx: Tx): Promise<void> => {
  for (const table of ['data_import_alias', 'data_import_person']) {
    await tx.run(
      `delete from ${table} where workspace_id = app_workspace() and batch_id not in (
         select batch_id from data_import where workspace_id = app_workspace() and state = 'running' and batch_id is not null)`,
    );
  }
};
