import type { Profiles, ProfileUpsert } from '#know/profiles';
import { appError } from '#platform/errors';
import type { Ids } from '#platform/ids';
import type { Database, Tx } from '#platform/postgres';
import type { Identity } from './people.ts';

/** The profiles room with the source of ids for the people it makes. */
export type ProfilesWith = (ids: Ids) => Pick<Profiles, 'upsert'>;

export interface MatchPeopleDeps {
  readonly database: Database;
  readonly ids: Ids;
  readonly profilesWith: ProfilesWith;
  readonly workspaceId: string;
}

class RolledBack extends Error {}

/**
 * Asks the profiles room who these people are, by its own rules, and takes the answer back: nothing is written until
 * the import's last transaction.
 */
export const createMatchPeople =
  (deps: MatchPeopleDeps) =>
  async (identities: readonly Identity[]): Promise<ReadonlyMap<string, string>> => {
    const made = new Set<string>();
    const next = (): string => {
      const id = deps.ids.next();
      made.add(id);
      return id;
    };
    const profiles = deps.profilesWith({ next });
    let found: ReadonlyMap<string, string> = new Map();
    const rows: ProfileUpsert[] = identities.map(({ key, email, externalId }) => ({
      key,
      email,
      externalId,
    }));
    try {
      await deps.database.inWorkspace(deps.workspaceId, async (tx) => {
        found = await profiles.upsert(tx, rows);
        throw new RolledBack();
      });
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
    }
    return new Map([...found].filter(([, id]) => !made.has(id)));
  };

/** Somebody else made or removed one of the import's people while it ran: the import must be read again. */
export const isOvertaken = (error: unknown): boolean => error instanceof Overtaken;
export class Overtaken extends Error {}

/**
 * Writes people under the ids that their events carry already.
 * @throws Overtaken when the profiles room would give one of them another id.
 */
export const upsertWithIds = async (
  tx: Tx,
  profilesWith: ProfilesWith,
  people: readonly { readonly row: ProfileUpsert; readonly isNew: boolean }[],
): Promise<void> => {
  // The room makes an id for each new row in the order of the rows; a row that takes one out of turn is found below.
  const waiting = people.filter(({ isNew }) => isNew).map(({ row }) => row.key);
  let position = 0;
  const next = (): string => {
    const id = waiting[position];
    position += 1;
    if (id === undefined) throw new Overtaken('more new people than foreseen');
    return id;
  };
  const found = await profilesWith({ next }).upsert(
    tx,
    people.map(({ row }) => row),
  );
  for (const { row } of people) {
    if (found.get(row.key) !== row.key) throw new Overtaken('a person changed while the import ran');
  }
  if (position !== waiting.length)
    throw appError('internal', { message: 'The profiles room made fewer people than it answered with.' });
};
