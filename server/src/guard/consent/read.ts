import type { Tx } from '#platform/postgres';
import type { Channel, ConsentEntry, ConsentMethod, ConsentState, Language, Purpose } from './consent.ts';

export interface LatestRow {
  readonly profile_id: string;
  readonly entity_id: string;
  readonly purpose: Purpose;
  readonly id: string;
  readonly state: ConsentState;
}

export interface LatestQuery {
  readonly profileIds: readonly string[];
  readonly entityIds: readonly string[];
  readonly channel: Channel;
  readonly purposes: readonly Purpose[];
}

/** The entry that counts for each (profile, entity, purpose) asked that has one: one index probe each. */
export const latestEntries = (tx: Tx, query: LatestQuery): Promise<LatestRow[]> =>
  tx.rows<LatestRow>(
    `select p.id as profile_id, n.id as entity_id, u.purpose, e.id, e.state
     from unnest($1::uuid[]) as p(id)
     cross join unnest($2::uuid[]) as n(id)
     cross join unnest($4::text[]) as u(purpose)
     cross join lateral (
       select c.id, c.state from consent_entry c
       where c.workspace_id = app_workspace() and c.profile_id = p.id and c.entity_id = n.id and c.channel = $3
         and c.purpose = u.purpose
       order by c.effective_at desc, c.sequence desc limit 1
     ) e`,
    [query.profileIds, query.entityIds, query.channel, query.purposes],
  );

export interface GrantOfImport {
  readonly profile_id: string;
  readonly entity_id: string;
  readonly channel: Channel;
  readonly purpose: Purpose;
  /** The grant that stands again without the import; null: none does. */
  readonly older: string | null;
}

/**
 * Consents that stand because of this import, its own entry or one restored from it, each with what would stand without
 * the grants of this import and of those undone before: what undoing wrote is not what anybody said, and a refusal
 * stays one whoever brought it.
 */
export const standingGrantsOfImport = (
  tx: Tx,
  importId: string,
  undone: readonly string[],
): Promise<GrantOfImport[]> =>
  tx.rows<GrantOfImport>(
    `select k.profile_id, k.entity_id, k.channel, k.purpose, case when o.state = 'granted' then o.id end as older
     from (
       select distinct profile_id, entity_id, channel, purpose from consent_entry
       where workspace_id = app_workspace() and import_id = $1 and state = 'granted'
     ) k
     cross join lateral (
       select c.state, c.method, c.import_id, c.restores from consent_entry c
       where c.workspace_id = app_workspace() and c.profile_id = k.profile_id and c.entity_id = k.entity_id
         and c.channel = k.channel and c.purpose = k.purpose
       order by c.effective_at desc, c.sequence desc limit 1
     ) e
     left join consent_entry r on r.workspace_id = app_workspace() and r.id = e.restores
     left join lateral (
       select c.id, c.state from consent_entry c
       where c.workspace_id = app_workspace() and c.profile_id = k.profile_id and c.entity_id = k.entity_id
         and c.channel = k.channel and c.purpose = k.purpose and c.method <> 'undo'
         and not (c.state = 'granted' and c.import_id is not null and c.import_id = any($2::uuid[]))
       order by c.effective_at desc, c.sequence desc limit 1
     ) o on true
     where e.state = 'granted' and case when e.restores is null then e.import_id else r.import_id end = $1
     order by k.profile_id`,
    [importId, [importId, ...undone]],
  );

export interface HistoryRow {
  readonly id: string;
  readonly profile_id: string;
  readonly entity_id: string;
  readonly channel: Channel;
  readonly purpose: Purpose;
  readonly state: ConsentState;
  readonly at: Date;
  readonly recorded_at: Date;
  readonly method: ConsentMethod;
  readonly source: string;
  readonly wording_hash: string | null;
  readonly wording: Buffer | null;
  readonly language: Language | null;
  readonly url: string | null;
  readonly actor_name: string | null;
  readonly import_id: string | null;
  readonly restores: string | null;
  readonly simulated: boolean;
  readonly standing: boolean;
}

const historyColumns = `e.id, e.profile_id, e.entity_id, e.channel, e.purpose, e.state, e.at, e.recorded_at, e.method,
  e.source, e.wording_hash, w.body as wording, e.language, e.url, e.actor_name, e.import_id, e.restores, e.simulated`;

export const historyOf = (tx: Tx, profileId: string): Promise<HistoryRow[]> =>
  tx.rows<HistoryRow>(
    `select ${historyColumns},
       row_number() over (
         partition by e.entity_id, e.channel, e.purpose order by e.effective_at desc, e.sequence desc
       ) = 1 as standing
     from consent_entry e
     left join consent_wording w on w.workspace_id = e.workspace_id and w.hash = e.wording_hash
     where e.workspace_id = app_workspace() and e.profile_id = $1
     order by e.effective_at desc, e.sequence desc`,
    [profileId],
  );

export const entriesById = (tx: Tx, ids: readonly string[]): Promise<Omit<HistoryRow, 'standing'>[]> =>
  tx.rows<Omit<HistoryRow, 'standing'>>(
    `select ${historyColumns} from consent_entry e
     left join consent_wording w on w.workspace_id = e.workspace_id and w.hash = e.wording_hash
     where e.workspace_id = app_workspace() and e.id = any($1::uuid[])`,
    [ids],
  );

export const entryById = (tx: Tx, id: string): Promise<HistoryRow | undefined> =>
  tx.maybe<HistoryRow>(
    `select ${historyColumns},
       not exists (
         select from consent_entry n
         where n.workspace_id = e.workspace_id and n.profile_id = e.profile_id and n.entity_id = e.entity_id
           and n.channel = e.channel and n.purpose = e.purpose
           and (n.effective_at, n.sequence) > (e.effective_at, e.sequence)
       ) as standing
     from consent_entry e
     left join consent_wording w on w.workspace_id = e.workspace_id and w.hash = e.wording_hash
     where e.workspace_id = app_workspace() and e.id = $1`,
    [id],
  );

/** Positions of the entries that say what the log says already: the same choice of the same person at the same instant. */
export const repeatedEntries = async (
  tx: Tx,
  entries: readonly ConsentEntry[],
): Promise<ReadonlySet<number>> => {
  const rows = await tx.rows<{ position: number }>(
    `select e.position from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::int[])
       as e(profile_id, entity_id, channel, purpose, state, at, position)
     where exists (select 1 from consent_entry p
       where p.profile_id = e.profile_id and p.entity_id = e.entity_id and p.channel = e.channel
         and p.purpose = e.purpose and p.state = e.state and p.at = e.at)`,
    [
      entries.map(({ profileId }) => profileId),
      entries.map(({ entityId }) => entityId),
      entries.map(({ channel }) => channel),
      entries.map(({ purpose }) => purpose),
      entries.map(({ state }) => state),
      entries.map(({ at }) => at),
      entries.map((_, position) => position),
    ],
  );
  return new Set(rows.map(({ position }) => position));
};

/**
 * Of these people, those who chose something themselves or through a colleague, a refusal or a pause as much as a
 * grant: what a file brought or its undo took back is not a choice of theirs.
 */
export const peopleWhoChose = async (tx: Tx, profileIds: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await tx.rows<{ profile_id: string }>(
    `select distinct c.profile_id from consent_entry c
     where c.profile_id = any($1::uuid[]) and c.method not in ('import', 'undo')
     union select p.profile_id from pause p where p.profile_id = any($1::uuid[])`,
    [profileIds],
  );
  return new Set(rows.map(({ profile_id }) => profile_id));
};
