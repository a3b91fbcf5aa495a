import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPeople, type Identity, type KnownAlias, type PeopleStage, type Person } from './people.ts';
import type { Sighting } from './sighting.ts';

const sighting = (email: string, externalId: string, more: Partial<Sighting> = {}): Sighting => ({
  email,
  externalId,
  at: 0,
  fields: {},
  consents: {},
  unprovenConsents: 0,
  ...more,
});

/** The stage as a list in memory. */
const createStage = (): PeopleStage => {
  const people = new Map<string, Person>();
  const aliases = new Map<string, string>();
  return {
    find: async (wanted) =>
      wanted.flatMap((alias): KnownAlias[] => {
        const person = people.get(aliases.get(alias) ?? '');
        return person === undefined ? [] : [{ alias, ...person }];
      }),
    put: async (list, named) => {
      for (const person of list) people.set(person.profileId, { ...people.get(person.profileId), ...person });
      for (const [alias, id] of named) if (!aliases.has(alias)) aliases.set(alias, id);
    },
  };
};

const room = (
  existing: readonly { id: string; email: string; externalId: string }[] = [],
  maxInMemory = 1000,
) => {
  const counts = { new: 0, known: 0 };
  const people = createPeople({
    match: async (identities: readonly Identity[]) =>
      new Map(
        identities.flatMap(({ key, email, externalId }) => {
          const found =
            existing.find((profile) => email !== '' && profile.email === email.toLowerCase()) ??
            existing.find((profile) => externalId !== '' && profile.externalId === externalId);
          return found === undefined ? [] : [[key, found.id] as const];
        }),
      ),
    stage: createStage(),
    idFor: (alias) => `id of ${alias}`,
    onPerson: (isNew) => {
      counts[isNew ? 'new' : 'known'] += 1;
    },
    maxInMemory,
  });
  return { people, counts };
};

describe('createPeople', () => {
  it('joins sightings by address, then by customer number', async () => {
    const { people, counts } = room();
    const found = await people.resolve([
      sighting('A@x.fr', ''),
      sighting('a@x.fr', '7'),
      sighting('', '7'),
      sighting('b@x.fr', '7'),
      sighting('b@x.fr', ''),
      sighting('', '8'),
    ]);
    expect(new Set(found.slice(0, 5).map(({ profileId }) => profileId)).size).toBe(1);
    expect(found[0]).toMatchObject({ email: 'A@x.fr', externalId: '7', isNew: true });
    expect(found[5]?.profileId).toBe('id of x:8');
    expect(counts).toEqual({ new: 2, known: 0 });
  });

  it('finds people who are known, and does not give them an identifier of somebody else', async () => {
    const existing = [
      { id: 'p1', email: 'a@x.fr', externalId: '' },
      { id: 'p2', email: '', externalId: '9' },
    ];
    const { people, counts } = room(existing);
    const [one] = await people.resolve([sighting('a@x.fr', '')]);
    expect(one).toMatchObject({ profileId: 'p1', isNew: false });
    const [same] = await people.resolve([sighting('a@x.fr', '5')]);
    expect(same).toMatchObject({ profileId: 'p1', externalId: '5' });
    const [fresh] = await people.resolve([sighting('new@x.fr', '')]);
    const [conflict] = await people.resolve([sighting('new@x.fr', '9')]);
    expect(conflict).toBe(fresh);
    expect(conflict).toMatchObject({ externalId: '', isNew: true });
    expect(counts).toEqual({ new: 1, known: 1 });
  });

  it('keeps the latest details and never forgets one for a blank', async () => {
    const { people } = room();
    await people.resolve([sighting('a@x.fr', '', { at: 200, fields: { city: 'Lyon', firstName: 'Zoé' } })]);
    const [person] = await people.resolve([
      sighting('a@x.fr', '', { at: 100, fields: { city: 'Paris', lastName: 'Petit' } }),
    ]);
    expect(person?.fields).toEqual({ city: 'Lyon', firstName: 'Zoé', lastName: 'Petit' });
  });

  it('says the same whether people stay in memory or are put away in between', async () => {
    const identifier = fc.constantFrom('', 'a', 'b', 'c', 'd');
    const one = fc.tuple(identifier, identifier).filter(([email, id]) => email !== '' || id !== '');
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 30 }), async (pairs) => {
        const sightings = pairs.map(([email, id]) => sighting(email === '' ? '' : `${email}@x.fr`, id));
        const [all, few] = [room([], 1000), room([], 0)];
        const together = (await all.people.resolve(sightings)).map(({ profileId }) => profileId);
        const apart: string[] = [];
        for (const each of sightings)
          apart.push(...(await few.people.resolve([each])).map(({ profileId }) => profileId));
        expect(apart).toEqual(together);
        expect(few.counts).toEqual(all.counts);
      }),
    );
  });
});
