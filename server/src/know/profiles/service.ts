import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Ids } from '#platform/ids';
import type { Tx } from '#platform/postgres';
import { planMerge } from './merge.ts';
import {
  emailKey,
  type ListedProfile,
  type Profile,
  type ProfileConflict,
  type ProfileUpsert,
} from './profile.ts';
import { byEmails, byIds, countProfiles, idsOfImport, listedById } from './read.ts';
import { type PeoplePage, type PeopleQuery, searchPeople } from './search-read.ts';
import { deleteProfiles, insertProfiles, lockByIdentifiers, lockByIds, updateProfiles } from './store.ts';

export interface Profiles {
  /**
   * Finds or makes the person of each row: by e-mail address first, then by external id. Set-based: thousands of rows
   * a call. A known value is never replaced by an unknown one. The answer maps each row's key to its profile.
   */
  readonly upsert: (
    tx: Tx,
    rows: readonly ProfileUpsert[],
    onConflict?: (conflict: ProfileConflict) => void,
  ) => Promise<ReadonlyMap<string, string>>;
  readonly byIds: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, Profile>>;
  /** By address in any case; the key of the answer is the address in lower case. */
  readonly byEmails: (tx: Tx, emails: readonly string[]) => Promise<ReadonlyMap<string, Profile>>;
  /** Holds the rows until the transaction ends, locked in id order. Answers with the ids that exist. */
  readonly lock: (tx: Tx, ids: readonly string[]) => Promise<readonly string[]>;
  /** @throws AppError invalid_request: `after` is of another list. */
  readonly search: (tx: Tx, query: PeopleQuery) => Promise<PeoplePage>;
  readonly listedById: (tx: Tx, id: string) => Promise<ListedProfile | undefined>;
  readonly count: (tx: Tx) => Promise<number>;
  /** Removes them with their purchases; the event store forgets them at the next replication. */
  readonly remove: (tx: Tx, ids: readonly string[]) => Promise<number>;
  /** The profiles that this import made and nothing else knows of. */
  readonly idsOfImport: (tx: Tx, importId: string) => Promise<readonly string[]>;
}

export interface ProfilesDeps {
  readonly ids: Ids;
  readonly clock: Clock;
}

/** Rows in one statement: the largest JSON parameter stays around 10 MB. */
const BATCH = 20_000;
const ATTEMPTS = 5;

const notNull = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

export const createProfiles = ({ ids, clock }: ProfilesDeps): Profiles => {
  const upsertBatch = async (
    tx: Tx,
    rows: readonly ProfileUpsert[],
    onConflict: (conflict: ProfileConflict) => void,
  ): Promise<ReadonlyMap<string, string>> => {
    const emails = [...new Set(rows.map(({ email }) => emailKey(email ?? '')))].filter((key) => key !== '');
    const externalIds = [...new Set(rows.map(({ externalId }) => externalId?.trim()))].filter(
      (id) => notNull(id) && id !== '',
    ) as string[];
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const existing = await lockByIdentifiers(tx, emails, externalIds);
      const plan = planMerge(rows, existing, ids.next);
      const now = clock.now();
      const inserted: ReadonlySet<string> =
        plan.inserts.length === 0 ? new Set() : await insertProfiles(tx, plan.inserts, now);
      if (inserted.size < plan.inserts.length) {
        // Somebody committed one of these people while we looked: look again, now that everybody is visible.
        continue;
      }
      if (plan.updates.length > 0) await updateProfiles(tx, plan.updates, now);
      for (const conflict of plan.conflicts) onConflict(conflict);
      return plan.ids;
    }
    throw appError('conflict', {
      message: 'The same people are being written by several callers at once. Try again.',
      details: { reason: 'profiles_contended' },
    });
  };

  return {
    upsert: async (tx, rows, onConflict = () => undefined) => {
      const found = new Map<string, string>();
      for (let start = 0; start < rows.length; start += BATCH)
        for (const [key, id] of await upsertBatch(tx, rows.slice(start, start + BATCH), onConflict))
          found.set(key, id);
      return found;
    },
    byIds: async (tx, wanted) =>
      new Map((wanted.length === 0 ? [] : await byIds(tx, wanted)).map((profile) => [profile.id, profile])),
    byEmails: async (tx, emails) => {
      const found = emails.length === 0 ? [] : await byEmails(tx, emails);
      return new Map(found.map((profile) => [emailKey(profile.email ?? ''), profile]));
    },
    lock: (tx, wanted) => lockByIds(tx, wanted),
    search: searchPeople,
    listedById,
    count: countProfiles,
    remove: (tx, wanted) => (wanted.length === 0 ? Promise.resolve(0) : deleteProfiles(tx, wanted)),
    idsOfImport,
  };
};
