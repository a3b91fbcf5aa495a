import { createHash } from 'node:crypto';
import type { Actor } from '#guard/access';
import type { AuditDoor } from '#guard/audit';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Ids } from '#platform/ids';
import type { Tx } from '#platform/postgres';
import {
  type Channel,
  type ConsentEntry,
  type ConsentProof,
  flawOfProof,
  isLiveAct,
  type Purpose,
  type Standing,
} from './consent.ts';
import {
  entriesById,
  entryById,
  type HistoryRow,
  historyOf,
  latestEntries,
  peopleWhoChose,
  repeatedEntries,
  standingGrantsOfImport,
} from './read.ts';
import { insertEntries, insertWordings, lockPeople } from './store.ts';

export interface StandingQuery<P extends Purpose = Purpose> {
  readonly profileIds: readonly string[];
  readonly entityId: string;
  readonly channel: Channel;
  readonly purposes: readonly P[];
}

export interface Withdrawal {
  readonly profileIds: readonly string[];
  readonly entityIds: readonly string[];
  readonly channel: Channel;
  readonly purposes: readonly Purpose[];
  readonly proof: ConsentProof;
}

export interface AppendedEntry {
  readonly id: string;
  readonly profileId: string;
  readonly entityId: string;
  readonly purpose: Purpose;
}

/** An entry with the words shown that day and whether it is the one that counts. */
export interface ProvenEntry extends ConsentEntry {
  readonly id: string;
  readonly recordedAt: Date;
  readonly wordingHash: string | null;
  readonly standing: boolean;
}

export interface Consent {
  /** Appends in the order given; answers the ids in that order. A grant without proof is refused. */
  readonly append: (tx: Tx, entries: readonly ConsentEntry[]) => Promise<string[]>;
  /** Those of these entries that the log does not have: a file that tells an old choice again adds nothing to it. */
  readonly news: (tx: Tx, entries: readonly ConsentEntry[]) => Promise<readonly ConsentEntry[]>;
  /** Appends withdrawals where none stands yet, under a lock on the person: repeating it changes nothing. */
  readonly withdraw: (tx: Tx, withdrawal: Withdrawal) => Promise<AppendedEntry[]>;
  /** Every profile asked is in the answer, with every purpose asked. */
  readonly standing: <P extends Purpose>(
    tx: Tx,
    query: StandingQuery<P>,
  ) => Promise<Map<string, Record<P, Standing>>>;
  /** The id of the grant that stands, for the decision record; profiles without one are absent. */
  readonly basis: (
    tx: Tx,
    query: Omit<StandingQuery, 'purposes'> & { readonly purpose: Purpose },
  ) => Promise<Map<string, string>>;
  /** Of these people, those with a choice or a pause that no file brought. */
  readonly knowsPeople: (tx: Tx, profileIds: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly history: (tx: Tx, profileId: string) => Promise<ProvenEntry[]>;
  readonly proof: (tx: Tx, entryId: string) => Promise<ProvenEntry | null>;
  /**
   * The undo of an import, in new entries: where one of its grants stands, the grant beneath it stands again, or nothing
   * does. `undone`: the imports undone before, whose grants do not come back either.
   */
  readonly takeBackImported: (
    tx: Tx,
    input: { readonly importId: string; readonly undone: readonly string[]; readonly actor: Actor },
  ) => Promise<{ readonly withdrawn: number; readonly restored: number }>;
}

export interface ConsentDeps {
  readonly ids: Ids;
  readonly clock: Clock;
  readonly audit: Pick<AuditDoor, 'record'>;
}

const toEntry = (row: Omit<HistoryRow, 'standing'>): Omit<ProvenEntry, 'standing'> => ({
  id: row.id,
  profileId: row.profile_id,
  entityId: row.entity_id,
  channel: row.channel,
  purpose: row.purpose,
  state: row.state,
  at: row.at,
  recordedAt: row.recorded_at,
  wordingHash: row.wording_hash,
  proof: {
    method: row.method,
    source: row.source,
    ...(row.wording && { wording: row.wording.toString('utf8') }),
    ...(row.language && { language: row.language }),
    ...(row.url && { url: row.url }),
    ...(row.actor_name && { actor: { kind: 'account', id: '', name: row.actor_name } }),
    ...(row.import_id && { importId: row.import_id }),
    ...(row.restores && { restores: row.restores }),
    simulated: row.simulated,
  },
});

const toProven = (row: HistoryRow): ProvenEntry => ({ ...toEntry(row), standing: row.standing });

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const key = (...parts: readonly string[]): string => parts.join('|');

export const createConsentLedger = (deps: ConsentDeps): Consent => {
  const append = async (tx: Tx, entries: readonly ConsentEntry[]): Promise<string[]> => {
    if (entries.length === 0) return [];
    const wordings = new Map<string, Buffer>();
    const hashes = new Map<string, string>();
    const rows = entries.map((entry) => {
      const flaw = flawOfProof(entry);
      if (flaw) {
        throw appError('unprocessable', {
          message:
            flaw === 'no_source'
              ? 'A consent needs a source that proves it: name the form, file or document.'
              : 'A consent given on a form needs the exact words that were shown.',
          details: { reason: flaw, purpose: entry.purpose },
        });
      }
      const wording = entry.proof.wording;
      let wordingHash: string | null = null;
      if (wording) {
        wordingHash = hashes.get(wording) ?? sha256(wording);
        hashes.set(wording, wordingHash);
        wordings.set(wordingHash, Buffer.from(wording, 'utf8'));
      }
      return { id: deps.ids.next(), entry, wordingHash, live: isLiveAct(entry) };
    });
    const now = deps.clock.now();
    await insertWordings(
      tx,
      [...wordings].map(([hash, body]) => ({ hash, body })),
      now,
    );
    await insertEntries(tx, rows, now);
    return rows.map((row) => row.id);
  };

  const withdraw = async (tx: Tx, withdrawal: Withdrawal): Promise<AppendedEntry[]> => {
    const { profileIds, entityIds, channel, purposes, proof } = withdrawal;
    await lockPeople(tx, profileIds);
    const latest = await latestEntries(tx, { profileIds, entityIds, channel, purposes });
    const withdrawn = new Set(
      latest
        .filter((row) => row.state === 'withdrawn')
        .map((row) => key(row.profile_id, row.entity_id, row.purpose)),
    );
    const at = deps.clock.now();
    const missing = profileIds
      .flatMap((profileId) =>
        entityIds.flatMap((entityId) => purposes.map((purpose) => ({ profileId, entityId, purpose }))),
      )
      .filter((wanted) => !withdrawn.has(key(wanted.profileId, wanted.entityId, wanted.purpose)));
    const ids = await append(
      tx,
      missing.map(({ profileId, entityId, purpose }) => ({
        profileId,
        entityId,
        purpose,
        channel,
        state: 'withdrawn',
        at,
        proof,
      })),
    );
    return missing.map(({ profileId, entityId, purpose }, index) => ({
      id: ids[index] ?? '',
      profileId,
      entityId,
      purpose,
    }));
  };

  return {
    append,
    withdraw,
    knowsPeople: peopleWhoChose,
    news: async (tx, entries) => {
      const repeated = await repeatedEntries(tx, entries);
      return entries.filter((_, position) => !repeated.has(position));
    },
    standing: async <P extends Purpose>(tx: Tx, query: StandingQuery<P>) => {
      const { entityId, purposes, ...rest } = query;
      const latest = await latestEntries(tx, { ...rest, purposes, entityIds: [entityId] });
      const none = Object.fromEntries(purposes.map((purpose) => [purpose, 'none'])) as Record<P, Standing>;
      const answer = new Map(query.profileIds.map((id) => [id, { ...none }]));
      for (const row of latest) {
        const standing: Record<string, Standing> | undefined = answer.get(row.profile_id);
        if (standing) standing[row.purpose] = row.state;
      }
      return answer;
    },
    basis: async (tx, query) => {
      const { entityId, purpose, ...rest } = query;
      const latest = await latestEntries(tx, { ...rest, entityIds: [entityId], purposes: [purpose] });
      return new Map(latest.filter((row) => row.state === 'granted').map((row) => [row.profile_id, row.id]));
    },
    history: async (tx, profileId) => (await historyOf(tx, profileId)).map(toProven),
    proof: async (tx, entryId) => {
      const row = await entryById(tx, entryId);
      return row ? toProven(row) : null;
    },
    takeBackImported: async (tx, { importId, undone, actor }) => {
      const grants = await standingGrantsOfImport(tx, importId, undone);
      const older = new Map(
        (
          await entriesById(
            tx,
            grants.flatMap((grant) => grant.older ?? []),
          )
        ).map((row) => [row.id, toEntry(row)]),
      );
      const now = deps.clock.now();
      const entries = grants.map((grant): ConsentEntry => {
        const key = {
          profileId: grant.profile_id,
          entityId: grant.entity_id,
          channel: grant.channel,
          purpose: grant.purpose,
        };
        const beneath = older.get(grant.older ?? '');
        if (beneath === undefined) {
          const proof = { method: 'undo', source: `import ${importId}`, importId, actor } as const;
          return { ...key, state: 'withdrawn', at: now, proof };
        }
        // When, where and in which words the person agreed is what the restored consent rests on.
        const proof = { ...beneath.proof, method: 'undo', importId, restores: beneath.id, actor } as const;
        return { ...key, state: 'granted', at: beneath.at, proof };
      });
      await append(tx, entries);
      const counts = { withdrawn: grants.length - older.size, restored: older.size };
      await deps.audit.record(tx, {
        actor,
        action: 'consent.import_withdrawn',
        subject: { kind: 'import', id: importId },
        after: counts,
      });
      return counts;
    },
  };
};
