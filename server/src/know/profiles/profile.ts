import type { Language, TraitValue } from '@mesure/contract/profiles';
import { addressKey } from '#platform/mail';

/** What we know of one person. */
export interface Profile {
  readonly id: string;
  readonly externalId: string | null;
  readonly email: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly language: Language | null;
  /** IANA name. */
  readonly timeZone: string | null;
  readonly country: string | null;
  readonly region: string | null;
  readonly city: string | null;
  readonly traits: Readonly<Record<string, TraitValue>>;
  /** Made up for a demonstration. */
  readonly simulated: boolean;
}

/** Something learned about a person. Absent, null and empty text all mean "not known", and change nothing. */
export interface ProfileUpsert {
  /** The caller's name for this row: the key of the answer. */
  readonly key: string;
  readonly email?: string | null | undefined;
  readonly externalId?: string | null | undefined;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly language?: Language | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly country?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly city?: string | null | undefined;
  readonly traits?: Readonly<Record<string, TraitValue | null>> | undefined;
  readonly simulated?: boolean | undefined;
  /** The import that says so. A profile that only this import knows carries it, and leaves with it. */
  readonly importId?: string | undefined;
}

/**
 * Two identifiers that do not go together. `two_profiles`: the address belongs to one profile, the external id to
 * another; both are kept, the row counts for the one with the address. `other_external_id`: the profile with this
 * address is known under another external id, which it keeps.
 */
export interface ProfileConflict {
  readonly key: string;
  readonly kind: 'two_profiles' | 'other_external_id';
  readonly profileId: string;
  readonly otherProfileId: string | null;
}

/** When the system learned of somebody and last learned something: what lists sort by. */
export interface ListedProfile extends Profile {
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One key per mailbox, the same wherever addresses are compared. */
export const emailKey = addressKey;

/** Letters that no decomposition takes apart. */
const LETTERS: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** An index row has at most 2,704 bytes: 200 characters of at most four bytes leave room. */
const KEY_CHARACTERS = 200;

const cut = (text: string): string =>
  text.length <= KEY_CHARACTERS ? text : Array.from(text).slice(0, KEY_CHARACTERS).join('');

/** Lower case, no accents, no apostrophes, hyphens as spaces: "Hélène d’Arc-Dupont" is found by "helene darc d". */
export const nameKey = (name: string): string =>
  cut(
    name
      .normalize('NFKD')
      .replace(/[\p{M}\p{Cc}'’ʼ`]/gu, '')
      .toLowerCase()
      .replace(/[œæßøłđðþı]/g, (letter) => LETTERS[letter] ?? letter)
      .replace(/[-‐‑–\s]+/g, ' ')
      .trim(),
  );

/** By what a person is found and listed. `list` is never empty for somebody of whom anything is known. */
export const searchKeys = (
  profile: Pick<Profile, 'email' | 'externalId' | 'firstName' | 'lastName'>,
): { readonly name: string | null; readonly list: string } => {
  const [first, last] = [nameKey(profile.firstName ?? ''), nameKey(profile.lastName ?? '')];
  const named = cut(`${last} ${first}`.trim());
  const unnamed = profile.email === null ? (profile.externalId ?? '') : emailKey(profile.email);
  // With one name alone both keys would be the same: the list finds it.
  return { name: first === '' || last === '' ? null : cut(`${first} ${last}`), list: named || cut(unnamed) };
};
