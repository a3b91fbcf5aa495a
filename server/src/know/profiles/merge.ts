import type { TraitValue } from '@mesure/contract/profiles';
import { ZERO_UUID } from '#platform/ids';
import { emailKey, type Profile, type ProfileConflict, type ProfileUpsert } from './profile.ts';

/** A profile with what decides whether it may leave with an import. */
export interface StoredProfile extends Profile {
  readonly importId: string;
}

export interface MergePlan {
  readonly ids: ReadonlyMap<string, string>;
  readonly inserts: readonly StoredProfile[];
  readonly updates: readonly StoredProfile[];
  readonly conflicts: readonly ProfileConflict[];
}

const known = (text: string | null | undefined): string | null => {
  const trimmed = text?.trim();
  return trimmed === undefined || trimmed === '' ? null : trimmed;
};

const mergedTraits = (
  before: Profile['traits'],
  learned: ProfileUpsert['traits'],
): Readonly<Record<string, TraitValue>> => {
  if (learned === undefined) return before;
  const news = Object.entries(learned).filter(
    (entry): entry is [string, TraitValue] =>
      entry[1] !== null && entry[1] !== '' && before[entry[0]] !== entry[1],
  );
  return news.length === 0 ? before : { ...before, ...Object.fromEntries(news) };
};

/** What was known, overlaid with what the row knows: a known value is never replaced by nothing. */
const overlay = (before: StoredProfile, row: ProfileUpsert, externalId: string | null): StoredProfile => ({
  id: before.id,
  externalId: before.externalId ?? externalId,
  email: known(row.email) ?? before.email,
  firstName: known(row.firstName) ?? before.firstName,
  lastName: known(row.lastName) ?? before.lastName,
  language: row.language ?? before.language,
  timeZone: known(row.timeZone) ?? before.timeZone,
  country: known(row.country) ?? before.country,
  region: known(row.region) ?? before.region,
  city: known(row.city) ?? before.city,
  traits: mergedTraits(before.traits, row.traits),
  simulated: row.simulated ?? before.simulated,
  importId: before.importId === (row.importId ?? ZERO_UUID) ? before.importId : ZERO_UUID,
});

const nobody = (id: string, importId: string): StoredProfile => ({
  id,
  externalId: null,
  email: null,
  firstName: null,
  lastName: null,
  language: null,
  timeZone: null,
  country: null,
  region: null,
  city: null,
  traits: {},
  simulated: false,
  importId,
});

const same = (one: StoredProfile, other: StoredProfile): boolean =>
  (Object.keys(one) as (keyof StoredProfile)[]).every((field) => one[field] === other[field]);

/**
 * Decides, row by row and in order, who each row is about: the profile with its e-mail address, else the one with its
 * external id, else somebody new. Pure; `existing` holds every profile that has one of the rows' identifiers.
 */
export const planMerge = (
  rows: readonly ProfileUpsert[],
  existing: readonly StoredProfile[],
  nextId: () => string,
): MergePlan => {
  const before = new Map(existing.map((profile) => [profile.id, profile]));
  const now = new Map(before);
  const byEmail = new Map<string, string>();
  const byExternalId = new Map<string, string>();
  for (const profile of existing) {
    if (profile.email !== null) byEmail.set(emailKey(profile.email), profile.id);
    if (profile.externalId !== null) byExternalId.set(profile.externalId, profile.id);
  }
  const ids = new Map<string, string>();
  const conflicts: ProfileConflict[] = [];
  for (const row of rows) {
    const email = known(row.email);
    const externalId = known(row.externalId);
    const owner = email === null ? undefined : byEmail.get(emailKey(email));
    const namesake = externalId === null ? undefined : byExternalId.get(externalId);
    const found = now.get(owner ?? namesake ?? '');
    const profile = found ?? nobody(nextId(), row.importId ?? ZERO_UUID);
    if (owner !== undefined && namesake !== undefined && owner !== namesake)
      conflicts.push({ key: row.key, kind: 'two_profiles', profileId: owner, otherProfileId: namesake });
    else if (externalId !== null && profile.externalId !== null && profile.externalId !== externalId)
      conflicts.push({
        key: row.key,
        kind: 'other_external_id',
        profileId: profile.id,
        otherProfileId: null,
      });
    const free = namesake === undefined || namesake === profile.id ? externalId : null;
    const after = overlay(profile, row, free);
    // A replaced address still leads to its profile within this call: no two rows of one write can swap addresses.
    if (after.email !== null) byEmail.set(emailKey(after.email), after.id);
    if (after.externalId !== null) byExternalId.set(after.externalId, after.id);
    now.set(after.id, after);
    ids.set(row.key, after.id);
  }
  const inserts: StoredProfile[] = [];
  const updates: StoredProfile[] = [];
  for (const profile of now.values()) {
    const was = before.get(profile.id);
    if (was === undefined) inserts.push(profile);
    else if (!same(was, profile)) updates.push(profile);
  }
  return { ids, inserts, updates, conflicts };
};
