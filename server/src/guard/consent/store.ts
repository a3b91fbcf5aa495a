import type { Tx } from '#platform/postgres';
import type { ConsentEntry } from './consent.ts';

export interface EntryRow {
  readonly id: string;
  readonly entry: ConsentEntry;
  readonly wordingHash: string | null;
  readonly live: boolean;
}

export interface WordingRow {
  readonly hash: string;
  readonly body: Buffer;
}

export const insertWordings = async (tx: Tx, wordings: readonly WordingRow[], now: Date): Promise<void> => {
  if (wordings.length === 0) return;
  await tx.run(
    `insert into consent_wording (workspace_id, hash, body, first_seen_at)
     select app_workspace(), w.hash, w.body, $3 from unnest($1::text[], $2::bytea[]) as w(hash, body)
     on conflict do nothing`,
    [wordings.map((w) => w.hash), wordings.map((w) => w.body), now],
  );
};

/**
 * A withdrawal dated after a consent that an undo let stand again counts after that undo, however late a file tells of
 * it: the person had said no by then. Grants have no such right.
 */
export const insertEntries = async (tx: Tx, rows: readonly EntryRow[], now: Date): Promise<void> => {
  const column = <T>(pick: (row: EntryRow) => T): T[] => rows.map(pick);
  await tx.run(
    `insert into consent_entry (workspace_id, id, profile_id, entity_id, channel, purpose, state, at, effective_at,
       recorded_at, method, source, wording_hash, language, url, actor_kind, actor_id, actor_name, import_id, restores, simulated)
     select app_workspace(), e.id, e.profile_id, e.entity_id, e.channel, e.purpose, e.state, e.at,
       case when e.live or e.state = 'withdrawn' then greatest(least(e.at, $21::timestamptz), (
         select max(p.effective_at) from consent_entry p
         where p.profile_id = e.profile_id and p.entity_id = e.entity_id and p.channel = e.channel and p.purpose = e.purpose
           and (e.live or (p.restores is not null and p.at <= e.at))
       )) else least(e.at, $21::timestamptz) end,
       $21, e.method, e.source, e.wording_hash, e.language, e.url, e.actor_kind, e.actor_id, e.actor_name, e.import_id,
       e.restores, e.simulated
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::boolean[],
       $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
       $17::uuid[], $18::uuid[], $19::boolean[], $20::int[])
       as e(id, profile_id, entity_id, channel, purpose, state, at, live, method, source, wording_hash, language, url,
         actor_kind, actor_id, actor_name, import_id, restores, simulated, position)
     order by e.position`,
    [
      column((r) => r.id),
      column((r) => r.entry.profileId),
      column((r) => r.entry.entityId),
      column((r) => r.entry.channel),
      column((r) => r.entry.purpose),
      column((r) => r.entry.state),
      column((r) => r.entry.at),
      column((r) => r.live),
      column((r) => r.entry.proof.method),
      column((r) => r.entry.proof.source),
      column((r) => r.wordingHash),
      column((r) => r.entry.proof.language ?? null),
      column((r) => r.entry.proof.url ?? null),
      column((r) => r.entry.proof.actor?.kind ?? null),
      column((r) => r.entry.proof.actor?.id ?? null),
      column((r) => r.entry.proof.actor?.name ?? null),
      column((r) => r.entry.proof.importId ?? null),
      column((r) => r.entry.proof.restores ?? null),
      column((r) => r.entry.proof.simulated ?? false),
      rows.map((_, position) => position),
      now,
    ],
  );
};

/** One person's choices change one after the other; ids in order, so that two callers never wait for each other. */
export const lockPeople = async (tx: Tx, profileIds: readonly string[]): Promise<void> => {
  await tx.run(
    `select pg_advisory_xact_lock(hashtextextended('consent:' || p.id, 0))
     from (select id from unnest($1::text[]) as u(id) order by id) p`,
    [[...new Set(profileIds)]],
  );
};
