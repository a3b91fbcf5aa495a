import { createHash } from 'node:crypto';
import type { Profile } from '#know/profiles';
import type { Tx } from '#platform/postgres';
import type { ImportsDeps } from './imports-deps.ts';
import { committedBatches } from './read.ts';
import {
  hasKnownPeople,
  markOnlyImported,
  onlyImportedAmong,
  type SharedPerson,
  saveShared,
  sharedAmong,
} from './shared-store.ts';

const IDS_PER_STEP = 20_000;

const inOrder = (record: object): [string, unknown][] =>
  Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));

/** What is known of a person, in one short word that tells nobody what it was. */
export const fingerprintOf = (profile: Profile): string =>
  createHash('sha256')
    .update(JSON.stringify(inOrder({ ...profile, traits: inOrder(profile.traits) })))
    .digest('hex')
    .slice(0, 16);

/** Before the people of a batch are written: who of those that were there are known from other imports alone. */
export const findOnlyImported = async (
  tx: Tx,
  deps: Pick<ImportsDeps, 'profiles'>,
  batchId: string,
): Promise<void> => {
  if (!(await hasKnownPeople(tx, batchId))) return;
  for (const other of await committedBatches(tx)) {
    const ids = await deps.profiles.idsOfImport(tx, other);
    for (let start = 0; start < ids.length; start += IDS_PER_STEP)
      await markOnlyImported(tx, batchId, ids.slice(start, start + IDS_PER_STEP));
  }
};

/** Those of these shared people whom nothing has changed since their last import. */
export const untouched = (
  shared: readonly SharedPerson[],
  profiles: ReadonlyMap<string, Profile>,
): readonly string[] =>
  shared.flatMap(({ profileId, fingerprint }) => {
    const profile = profiles.get(profileId);
    return profile !== undefined && fingerprintOf(profile) === fingerprint ? [profileId] : [];
  });

/** Of the people of a batch who were there before, as they were: those whom only imports know. */
export const onlyImported = async (
  tx: Tx,
  batchId: string,
  known: ReadonlyMap<string, Profile>,
): Promise<readonly string[]> => {
  if (known.size === 0) return [];
  const ids = [...known.keys()];
  return [...(await onlyImportedAmong(tx, batchId, ids)), ...untouched(await sharedAmong(tx, ids), known)];
};

/** Once they are written: what one more import left of them. */
export const rememberShared = async (
  tx: Tx,
  deps: Pick<ImportsDeps, 'profiles'>,
  profileIds: readonly string[],
): Promise<void> => {
  if (profileIds.length === 0) return;
  const profiles = await deps.profiles.byIds(tx, profileIds);
  await saveShared(
    tx,
    [...profiles.values()].map((profile) => ({ profileId: profile.id, fingerprint: fingerprintOf(profile) })),
  );
};
