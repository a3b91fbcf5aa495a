import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planMerge, type StoredProfile } from './merge.ts';
import { emailKey, nameKey, type ProfileUpsert } from './profile.ts';

const ZERO = '00000000-0000-0000-0000-000000000000';
const IMPORT = '0197a000-0000-7000-8000-00000000000a';

const stored = (id: string, known: Partial<StoredProfile>): StoredProfile => ({
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
  importId: ZERO,
  ...known,
});

const counter = () => {
  let next = 0;
  return () => `new-${next++}`;
};

describe('merging what is learned', () => {
  it('matches by e-mail address first, in any case, then by external id', () => {
    const plan = planMerge(
      [
        { key: 'a', email: ' ANNE@example.test ', externalId: 'e9' },
        { key: 'b', externalId: 'e2' },
        { key: 'c', email: 'new@example.test' },
      ],
      [stored('one', { email: 'Anne@example.test' }), stored('two', { externalId: 'e2' })],
      counter(),
    );
    expect(Object.fromEntries(plan.ids)).toEqual({ a: 'one', b: 'two', c: 'new-0' });
    expect(plan.updates.map(({ id, externalId }) => [id, externalId])).toEqual([['one', 'e9']]);
    expect(plan.conflicts).toEqual([]);
  });

  it('never replaces a known value by nothing', () => {
    const before = stored('one', { email: 'a@example.test', city: 'Lyon', traits: { plan: 'gold' } });
    const plan = planMerge(
      [{ key: 'a', email: 'a@example.test', city: '  ', firstName: null, traits: { plan: null, size: '' } }],
      [before],
      counter(),
    );
    expect(plan.updates).toEqual([]);
    expect(plan.inserts).toEqual([]);
  });

  it('keeps both when the address belongs to one and the external id to another, and says so', () => {
    const plan = planMerge(
      [{ key: 'row', email: 'a@example.test', externalId: 'e2', city: 'Lyon' }],
      [stored('one', { email: 'a@example.test', externalId: 'e1' }), stored('two', { externalId: 'e2' })],
      counter(),
    );
    expect(plan.ids.get('row')).toBe('one');
    expect(plan.updates).toEqual([
      stored('one', { email: 'a@example.test', externalId: 'e1', city: 'Lyon' }),
    ]);
    expect(plan.conflicts).toEqual([
      { key: 'row', kind: 'two_profiles', profileId: 'one', otherProfileId: 'two' },
    ]);
  });

  it('gives the profile to everybody once a second source knows it', () => {
    const mine = stored('one', { email: 'a@example.test', importId: IMPORT });
    const again = planMerge([{ key: 'a', email: 'a@example.test', importId: IMPORT }], [mine], counter());
    expect(again.updates).toEqual([]);
    const shop = planMerge([{ key: 'a', email: 'a@example.test' }], [mine], counter());
    expect(shop.updates.map(({ importId }) => importId)).toEqual([ZERO]);
  });

  it('never makes two profiles with the same address or external id, whatever the rows', () => {
    const row = fc.record({
      email: fc.option(fc.constantFrom('a@x.test', 'A@x.test', 'b@x.test', 'c@x.test'), { nil: null }),
      externalId: fc.option(fc.constantFrom('1', '2', '3'), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.array(row, { maxLength: 12 }), (first, second) => {
        const keyed = (rows: typeof first): ProfileUpsert[] =>
          rows.map((known, index) => ({ ...known, key: String(index) }));
        const next = counter();
        const one = planMerge(keyed(first), [], next);
        const two = planMerge(keyed(second), one.inserts, next);
        const after = new Map(
          [...one.inserts, ...two.inserts, ...two.updates].map((found) => [found.id, found]),
        );
        const emails = [...after.values()].flatMap(({ email }) => (email === null ? [] : [emailKey(email)]));
        const ids = [...after.values()].flatMap(({ externalId }) =>
          externalId === null ? [] : [externalId],
        );
        expect(new Set(emails).size).toBe(emails.length);
        expect(new Set(ids).size).toBe(ids.length);
        expect(two.ids.size).toBe(second.length);
        for (const id of two.ids.values()) expect(after.has(id)).toBe(true);
      }),
    );
  });
});

it('finds names without their accents', () => {
  expect(nameKey(' Hélène ')).toBe('helene');
  expect(nameKey('ÉLODIE')).toBe('elodie');
});
