import type { ImportMapping } from '@mesure/contract/imports';
import type { ConsentEntry } from '#guard/consent';
import type { Profile, ProfileUpsert } from '#know/profiles';
import { ZERO_UUID } from '#platform/ids';
import type { Tx } from '#platform/postgres';
import {
  type ConsentSource,
  provenConsents,
  simulatedAddress,
  simulatedConsents,
} from './imported-consents.ts';
import type { ImportsDeps } from './imports-deps.ts';
import { upsertWithIds } from './match-people.ts';
import type { Person } from './people.ts';
import { peopleAfter } from './person-store.ts';
import { findOnlyImported, onlyImported, rememberShared } from './shared-people.ts';

export interface SavedConsents {
  granted: number;
  withdrawn: number;
  simulated: number;
}

const PEOPLE_PER_STEP = 5000;

/** Gaps only: what is known of a person who was there before is never overwritten by an older file. */
const gapsOf = (known: Profile | undefined, row: ProfileUpsert): ProfileUpsert => {
  if (known === undefined) return row;
  const { key, email, externalId, importId, traits, ...rest } = row;
  const gaps = Object.entries(rest).filter(([field]) => known[field as keyof Profile] === null);
  const phone = known.traits['phone'] === undefined ? traits : undefined;
  // The known address also leads back to the person: nobody else has it.
  return {
    key,
    email: known.email ?? email,
    externalId,
    importId,
    traits: phone,
    ...Object.fromEntries(gaps),
  };
};

const rowOf = (person: Person, batchId: string, simulation: ImportMapping['simulation']): ProfileUpsert => {
  const { phone, ...fields } = person.fields;
  const isSimulated = simulation?.addresses === true && person.isNew && person.email === '';
  return {
    key: person.profileId,
    email: isSimulated ? simulatedAddress(person.externalId) : person.email,
    externalId: person.externalId,
    importId: batchId,
    ...fields,
    ...(phone !== undefined && { traits: { phone } }),
    ...(isSimulated && { simulated: true }),
  };
};

/** Writes everybody of the batch, in id order, with the consents that the file proves or the demonstration makes up. */
export const savePeople = async (
  tx: Tx,
  deps: Pick<ImportsDeps, 'profiles' | 'profilesWith' | 'consent'>,
  batch: { readonly id: string; readonly source: ConsentSource },
): Promise<SavedConsents> => {
  const { simulation } = batch.source.mapping;
  const saved: SavedConsents = { granted: 0, withdrawn: 0, simulated: 0 };
  await findOnlyImported(tx, deps, batch.id);
  let after = ZERO_UUID;
  for (;;) {
    const people = await peopleAfter(tx, batch.id, { after, limit: PEOPLE_PER_STEP });
    const last = people.at(-1);
    if (last === undefined) return saved;
    after = last.profileId;
    const known = await deps.profiles.byIds(
      tx,
      people.filter(({ isNew }) => !isNew).map(({ profileId }) => profileId),
    );
    const shared = await onlyImported(tx, batch.id, known);
    await upsertWithIds(
      tx,
      deps.profilesWith,
      people.map((person) => ({
        row: gapsOf(known.get(person.profileId), rowOf(person, batch.id, simulation)),
        isNew: person.isNew,
      })),
    );
    await rememberShared(tx, deps, shared);
    const proven = await deps.consent.news(
      tx,
      people.flatMap((person) => provenConsents(person, batch.source)),
    );
    // Once per person: what they chose since is not made up for again.
    const made: ConsentEntry[] = people
      .filter(({ isNew }) => isNew)
      .flatMap((person) => simulatedConsents(person, batch.source));
    await deps.consent.append(tx, [...proven, ...made]);
    saved.simulated += made.length;
    for (const { state } of proven) saved[state] += 1;
  }
};
