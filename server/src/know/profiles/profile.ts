import type { Language, TraitValue } from '@mesure/contract/profiles';

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

export const emailKey = (email: string): string => email.trim().toLowerCase();

/** Lower case without accents: "Hélène" is found by "hel". */
export const nameKey = (name: string): string =>
  name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
