import type { Rule } from '@mesure/contract/segments';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { explainRule } from './explain.ts';
import { ruleArbitrary } from './rule-arbitrary.ts';
import { ruleHash } from './rule-hash.ts';

const rule: Rule = {
  kind: 'all',
  rules: [
    { kind: 'field', field: 'city', test: { operator: 'equals', value: 'Lyon' } },
    {
      kind: 'any',
      rules: [
        {
          kind: 'event',
          did: true,
          name: 'order_completed',
          atLeast: 2,
          where: [
            {
              kind: 'item',
              category: { operator: 'in', values: ['Thé', 'Café'] },
              quantity: { operator: 'gte', value: 2 },
            },
          ],
          window: { kind: 'last', amount: 90, unit: 'days' },
        },
        { kind: 'spent', currency: 'EUR', test: { operator: 'gt', value: 12345 } },
      ],
    },
    {
      kind: 'not',
      rule: { kind: 'recency', name: 'message_clicked', last: 'older_than', amount: 1, unit: 'days' },
    },
  ],
};

it('tells a rule in English', () => {
  expect(explainRule(rule, 'en')).toBe(
    'city is “Lyon” and (ordered at least 2 times with an item whose category is one of “Thé”, “Café” and quantity is at least 2 in the last 90 days or money spent is more than €123.45) and not (last click at least 1 day ago)',
  );
});

it('tells a rule in French', () => {
  expect(explainRule(rule, 'fr').replace(/[\u00a0\u202f]/g, ' ')).toBe(
    'ville est « Lyon » et (a commandé au moins 2 fois avec un article dont catégorie est l’un de « Thé », « Café » et quantité est d’au moins 2 au cours des 90 derniers jours ou montant dépensé est supérieur à 123,45 €) et sauf (dernier clic il y a au moins 1 jour)',
  );
});

it('finds words for every rule', () => {
  fc.assert(
    fc.property(ruleArbitrary, (any) => {
      for (const tongue of ['fr', 'en'] as const)
        expect(explainRule(any, tongue)).not.toMatch(/undefined|NaN|\[object/);
    }),
  );
});

it('hashes what a rule means, not how it is written', () => {
  const once: Rule = { kind: 'event', did: true, name: 'x' };
  const reordered = JSON.parse('{"where":[],"name":"x","atLeast":1,"did":true,"kind":"event"}') as Rule;
  expect(ruleHash(reordered)).toBe(ruleHash(once));
  expect(ruleHash({ ...once, atLeast: 2 })).not.toBe(ruleHash(once));
  expect(ruleHash(once)).toMatch(/^[0-9a-f]{64}$/);
  fc.assert(
    fc.property(ruleArbitrary, (any) => {
      expect(ruleHash(JSON.parse(JSON.stringify(any)) as Rule)).toBe(ruleHash(any));
    }),
  );
});
