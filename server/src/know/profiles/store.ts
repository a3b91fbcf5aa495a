import type { Tx } from '#platform/postgres';
import { jsonbText } from './jsonb.ts';
import type { StoredProfile } from './merge.ts';
import { emailKey, searchKeys } from './profile.ts';

export const PROFILE_COLUMNS = `id, external_id as "externalId", email, first_name as "firstName", last_name as "lastName",
  language, time_zone as "timeZone", country, region, city, traits, simulated`;

/** Locks in id order, so that two callers never wait for each other in a circle. */
export const lockByIdentifiers = (
  tx: Tx,
  emailKeys: readonly string[],
  externalIds: readonly string[],
): Promise<StoredProfile[]> =>
  tx.rows<StoredProfile>(
    `select ${PROFILE_COLUMNS}, import_id as "importId" from profile
     where workspace_id = app_workspace() and id in (
       select id from profile where workspace_id = app_workspace() and email_key = any ($1)
       union
       select id from profile where workspace_id = app_workspace() and external_id = any ($2))
     order by id for no key update`,
    [emailKeys, externalIds],
  );

export const lockByIds = async (tx: Tx, ids: readonly string[]): Promise<string[]> => {
  const rows = await tx.rows<{ id: string }>(
    `select id from profile where workspace_id = app_workspace() and id = any ($1::uuid[])
     order by id for no key update`,
    [ids],
  );
  return rows.map(({ id }) => id);
};

const asRecord = (profile: StoredProfile, keys = searchKeys(profile)): Readonly<Record<string, unknown>> => ({
  id: profile.id,
  external_id: profile.externalId,
  email: profile.email,
  email_key: profile.email === null ? null : emailKey(profile.email),
  first_name: profile.firstName,
  last_name: profile.lastName,
  name_key: keys.name,
  list_key: keys.list,
  language: profile.language,
  time_zone: profile.timeZone,
  country: profile.country,
  region: profile.region,
  city: profile.city,
  traits: profile.traits,
  simulated: profile.simulated,
  import_id: profile.importId,
});

const asJson = (profiles: readonly StoredProfile[]): string =>
  jsonbText(profiles.map((profile) => asRecord(profile)));

const RECORD = `id uuid, external_id text, email text, email_key text, first_name text, last_name text,
  name_key text, list_key text, language text, time_zone text, country text, region text, city text,
  traits jsonb, simulated boolean, import_id uuid`;

/** The ids that are new; a row is missing where somebody else made the same person in the meantime. */
export const insertProfiles = async (
  tx: Tx,
  profiles: readonly StoredProfile[],
  now: Date,
): Promise<ReadonlySet<string>> => {
  const rows = await tx.rows<{ id: string }>(
    `insert into profile (workspace_id, id, external_id, email, email_key, first_name, last_name,
       name_key, list_key, language, time_zone, country, region, city, traits, simulated, import_id, created_at, updated_at)
     select app_workspace(), id, external_id, email, email_key, first_name, last_name,
       name_key, list_key, language, time_zone, country, region, city, traits, simulated, import_id, $2, $2
     from jsonb_to_recordset($1::jsonb) as r (${RECORD})
     order by coalesce(email_key, external_id)
     on conflict do nothing returning id`,
    [asJson(profiles), now],
  );
  return new Set(rows.map(({ id }) => id));
};

export const updateProfiles = (tx: Tx, profiles: readonly StoredProfile[], now: Date): Promise<number> =>
  tx.run(
    `update profile p set external_id = r.external_id, email = r.email, email_key = r.email_key,
       first_name = r.first_name, last_name = r.last_name,
       name_key = r.name_key, list_key = r.list_key, language = r.language, time_zone = r.time_zone, country = r.country,
       region = r.region, city = r.city, traits = r.traits, simulated = r.simulated, import_id = r.import_id,
       updated_at = $2
     from jsonb_to_recordset($1::jsonb) as r (${RECORD})
     where p.workspace_id = app_workspace() and p.id = r.id`,
    [asJson(profiles), now],
  );

export const deleteProfiles = async (tx: Tx, ids: readonly string[]): Promise<number> => {
  for (const table of ['last_purchase', 'imported_purchase'])
    await tx.run(
      `delete from ${table} where workspace_id = app_workspace() and profile_id = any ($1::uuid[])`,
      [ids],
    );
  return tx.run('delete from profile where workspace_id = app_workspace() and id = any ($1::uuid[])', [ids]);
};
