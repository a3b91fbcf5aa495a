import type { Rule } from '@mesure/contract/segments';
import { expect, it } from 'vitest';
import { outcomesOf, type SeenInBrief } from './outcome.ts';

const outcomeOf = (tree: Rule, seen: SeenInBrief, timeZone: string) => outcomesOf(tree, timeZone)(seen);

const rule: Rule = {
  kind: 'all',
  rules: [
    { kind: 'field', field: 'city', test: { operator: 'equals', value: 'Lyon' } },
    {
      kind: 'any',
      rules: [
        { kind: 'event', did: true, name: 'order_completed', atLeast: 2 },
        { kind: 'spent', currency: 'JPY', test: { operator: 'gte', value: 100 } },
      ],
    },
    {
      kind: 'not',
      rule: { kind: 'recency', name: 'order_completed', last: 'newer_than', amount: 3, unit: 'days' },
    },
  ],
};

it('puts what each condition saw at its place in the tree, in both languages', () => {
  const outcome = outcomeOf(
    rule,
    [
      [true, 'Lyon', null],
      [true, 2, '2026-03-01T23:30:00.000Z'],
      [false, 90, null],
      [false, 2, '2026-03-01T23:30:00.000Z'],
    ],
    'Europe/Paris',
  );
  expect(outcome).toMatchObject({
    kind: 'all',
    of: [
      { kind: 'condition', met: true, value: { en: 'Lyon', fr: 'Lyon' } },
      {
        kind: 'any',
        of: [
          {
            met: true,
            value: { en: '2 times, last on 2 March 2026', fr: '2 fois, la dernière le 2 mars 2026' },
          },
          { met: false, value: { en: 'JP¥90' } },
        ],
      },
      { kind: 'not', of: { met: false, value: { en: '2 March 2026', fr: '2 mars 2026' } } },
    ],
  });
});

it('says never of what nobody did, and nothing of what is not known', () => {
  const outcome = outcomeOf(
    { kind: 'any', rules: [rule, { kind: 'trait', key: 'size', test: { operator: 'exists' } }] },
    [],
    'UTC',
  );
  expect(JSON.stringify(outcome)).toContain('"value":{"en":"never","fr":"jamais"}');
  expect(JSON.stringify(outcome)).toContain('"value":null');
});

it('says a trait that the rule compares as a number as each language writes numbers', () => {
  const points: Rule = { kind: 'trait', key: 'points', test: { operator: 'gte', value: 1000 } };
  expect(outcomeOf(points, [[true, '1234.5', null]], 'UTC')).toMatchObject({
    value: { en: '1,234.5', fr: '1\u202f234,5' },
  });
  const shop: Rule = { kind: 'trait', key: 'shop', test: { operator: 'equals', value: '007' } };
  expect(outcomeOf(shop, [[true, '007', null]], 'UTC')).toMatchObject({ value: { en: '007', fr: '007' } });
});
