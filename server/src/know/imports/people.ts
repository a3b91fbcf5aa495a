import { createFingerprintSet, fingerprint } from './fingerprints.ts';
import type { PersonFields, SeenConsent, Sighting } from './sighting.ts';

/** What the file knows of one person so far. */
export interface Person {
  profileId: string;
  /** Nobody had this profile before the import. */
  isNew: boolean;
  externalId: string;
  email: string;
  seenAt: number;
  fields: PersonFields;
  consents: Readonly<Record<number, SeenConsent>>;
}

export interface KnownAlias extends Pick<Person, 'profileId' | 'isNew' | 'externalId' | 'email'> {
  readonly alias: string;
}

/** Where people go when memory has enough of them. */
export interface PeopleStage {
  readonly find: (aliases: readonly string[]) => Promise<readonly KnownAlias[]>;
  readonly put: (people: readonly Person[], aliases: ReadonlyMap<string, string>) => Promise<void>;
}

export interface Identity {
  readonly key: string;
  readonly email: string;
  readonly externalId: string;
}

export interface PeopleDeps {
  /** Which existing profile has one of the identifiers; absent when none has. */
  readonly match: (identities: readonly Identity[]) => Promise<ReadonlyMap<string, string>>;
  readonly stage: PeopleStage;
  /** The same alias, the same id: a person put away and met again is the same. */
  readonly idFor: (alias: string) => string;
  readonly onPerson: (isNew: boolean) => void;
  readonly maxInMemory?: number;
}

export interface People {
  /** The person of each sighting, in order; read `profileId` after the call. */
  readonly resolve: (sightings: readonly Sighting[]) => Promise<readonly Person[]>;
  /** Puts everybody away. */
  readonly settle: () => Promise<void>;
}

const aliasesOf = (sighting: Pick<Sighting, 'email' | 'externalId'>): readonly string[] => [
  ...(sighting.email === '' ? [] : [`e:${sighting.email.toLowerCase()}`]),
  ...(sighting.externalId === '' ? [] : [`x:${sighting.externalId}`]),
];

/** Of each consent the latest by its own date: the order that tells of it may be older. */
export const newestConsents = (
  one: Readonly<Record<number, SeenConsent>>,
  two: Readonly<Record<number, SeenConsent>>,
): Readonly<Record<number, SeenConsent>> => {
  const merged = { ...one };
  for (const [position, consent] of Object.entries(two)) {
    const before = merged[Number(position)];
    if (before === undefined || before.at <= consent.at) merged[Number(position)] = consent;
  }
  return merged;
};

const learn = (person: Person, sighting: Sighting): void => {
  const isNewer = sighting.at >= person.seenAt;
  person.fields = isNewer
    ? { ...person.fields, ...sighting.fields }
    : { ...sighting.fields, ...person.fields };
  person.consents = newestConsents(person.consents, sighting.consents);
  if (isNewer) person.seenAt = sighting.at;
};

/**
 * Says who placed each order. Address first, then customer number, within the file and among the people already
 * known; a person keeps the first address and the first number that nobody else has. Holds a bounded number of people:
 * the others wait in the stage.
 */
export const createPeople = (deps: PeopleDeps): People => {
  const maxInMemory = deps.maxInMemory ?? 50_000;
  const counted = createFingerprintSet();
  let byAlias = new Map<string, Person>();
  let people = new Set<Person>();
  let hasStaged = false;

  const recall = async (sightings: readonly Sighting[]): Promise<void> => {
    if (!hasStaged) return;
    const unknown = new Set(sightings.flatMap(aliasesOf).filter((alias) => !byAlias.has(alias)));
    if (unknown.size === 0) return;
    const byId = new Map([...people].map((person) => [person.profileId, person]));
    for (const { alias, ...known } of await deps.stage.find([...unknown])) {
      const person = byId.get(known.profileId) ?? {
        ...known,
        seenAt: Number.NEGATIVE_INFINITY,
        fields: {},
        consents: {},
      };
      byId.set(person.profileId, person);
      byAlias.set(alias, person);
      people.add(person);
    }
  };

  const meet = (sighting: Sighting, gained: Map<Person, Identity>): Person => {
    const aliases = aliasesOf(sighting);
    let person = aliases.map((alias) => byAlias.get(alias)).find((known) => known !== undefined);
    if (person === undefined) {
      const profileId = deps.idFor(aliases[0] ?? '');
      person = {
        profileId,
        isNew: true,
        externalId: '',
        email: '',
        seenAt: sighting.at,
        fields: {},
        consents: {},
      };
      people.add(person);
    }
    const isUnknown = aliases.some((alias) => !byAlias.has(alias));
    for (const alias of aliases) if (!byAlias.has(alias)) byAlias.set(alias, person);
    if (isUnknown) {
      if (!gained.has(person))
        gained.set(person, { key: person.profileId, email: person.email, externalId: person.externalId });
      if (person.email === '') person.email = sighting.email;
      if (person.externalId === '') person.externalId = sighting.externalId;
    }
    learn(person, sighting);
    return person;
  };

  /** Looks up everybody who is new or has a new identifier; one that belongs to somebody else is not kept. */
  const settleIdentities = async (gained: ReadonlyMap<Person, Identity>): Promise<void> => {
    const asked = [...gained].filter(
      ([person, before]) => person.email !== before.email || person.externalId !== before.externalId,
    );
    if (asked.length === 0) return;
    const matches = await deps.match(
      asked.map(([person]) => ({
        key: person.profileId,
        email: person.email,
        externalId: person.externalId,
      })),
    );
    for (const [person, before] of asked) {
      const existing = matches.get(person.profileId);
      const isFirstLook = before.email === '' && before.externalId === '';
      if (existing === undefined || existing === person.profileId) continue;
      if (isFirstLook) {
        person.profileId = existing;
        person.isNew = false;
      } else {
        person.email = before.email;
        person.externalId = before.externalId;
      }
    }
  };

  const putAway = async (): Promise<void> => {
    if (people.size === 0) return;
    const aliases = new Map([...byAlias].map(([alias, person]) => [alias, person.profileId]));
    await deps.stage.put([...people], aliases);
    byAlias = new Map();
    people = new Set();
    hasStaged = true;
  };

  return {
    resolve: async (sightings) => {
      await recall(sightings);
      const gained = new Map<Person, Identity>();
      const found = sightings.map((sighting) => meet(sighting, gained));
      await settleIdentities(gained);
      for (const person of new Set(found)) {
        if (!counted.addOrSeen(fingerprint([person.profileId]))) deps.onPerson(person.isNew);
      }
      if (people.size > maxInMemory) await putAway();
      return found;
    },
    settle: putAway,
  };
};
