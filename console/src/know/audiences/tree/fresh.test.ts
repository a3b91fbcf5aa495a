import { parseRule } from '@mesure/contract/rule-text';
import { ruleSchema } from '@mesure/contract/segments';
import { expect, it } from 'vitest';
import { fresh, type Known, leafKinds, nothingKnown } from './fresh.ts';
import { unseen } from './unseen.ts';

const known: Known = {
  fields: [{ field: 'country', people: 3, values: [{ value: 'FR', times: 3 }] }],
  traits: [{ key: 'points', type: 'number', people: 2, values: [], range: { min: 0, max: 9 } }],
  events: [
    { name: 'order_completed', times: 4, lastAt: '2026-01-01T00:00:00Z', properties: [], items: null },
  ],
  currencies: [{ currency: 'CHF', orders: 4 }],
};

it('makes new conditions whole, from what is known here', () => {
  for (const kind of leafKinds) {
    expect(ruleSchema.safeParse(fresh(kind, known, 'EUR')).success).toBe(true);
    if (kind !== 'trait') expect(ruleSchema.safeParse(fresh(kind, nothingKnown, 'EUR')).success).toBe(true);
    expect(unseen(fresh(kind, known, 'EUR'), known)).toEqual([]);
  }
  expect(fresh('spent', known, 'EUR')).toMatchObject({ currency: 'CHF' });
});

it('finds what was never seen', () => {
  const parsed = parseRule(
    'country is "FR" and not (did ordr or spent USD more than 1) and trait plan is known',
  );
  if (!parsed.ok) throw new Error(parsed.error.message.en);
  expect(unseen(parsed.rule, known).map(({ path, what, name }) => [path.join('.'), what, name])).toEqual([
    ['1.0.0', 'event', 'ordr'],
    ['1.0.1', 'currency', 'USD'],
    ['2', 'trait', 'plan'],
  ]);
});
