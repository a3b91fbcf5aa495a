import { expect, it } from 'vitest';
import { pickReaders } from './readers.ts';

const person = (id: string, name: readonly [string, string] | null, city: string | null = 'Lyon') => ({
  id,
  firstName: name?.[0] ?? null,
  lastName: name?.[1] ?? null,
  city,
  email: `${id}@shop.example`,
  externalId: null,
  language: 'fr' as const,
  country: 'FR',
});

it('tries a message on the oddest first, each of them once', () => {
  const crowd = Array.from({ length: 50 }, (_, index) => person(`p${String(index)}`, ['Zoé', 'Petit']));
  const people = [
    ...crowd,
    person('long', ['Maximilienne-Joséphine', 'de la Rochefoucauld-Montbel']),
    person('bare', null, null),
    person('greek', ['Ελένη', 'Π']),
  ];
  const readers = pickReaders(people, 10, 'Nobody');
  expect(readers.slice(0, 3)).toEqual([
    {
      id: 'long',
      name: 'Maximilienne-Joséphine de la Rochefoucauld-Montbel',
      picked: 'longest_name',
      email: 'long@shop.example',
    },
    { id: 'bare', name: 'bare@shop.example', picked: 'missing_fields', email: 'bare@shop.example' },
    { id: 'greek', name: 'Ελένη Π', picked: 'other_script', email: 'greek@shop.example' },
  ]);
  expect(new Set(readers.map(({ id }) => id)).size).toBe(10);
  expect(pickReaders(people, 10, 'Nobody')).toEqual(readers);
  expect(pickReaders([], 10, 'Nobody')).toEqual([]);
  expect(pickReaders(crowd.slice(0, 2), 10, 'Nobody')).toHaveLength(2);
});
