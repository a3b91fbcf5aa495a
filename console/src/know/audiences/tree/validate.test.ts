import type { Rule } from '@mesure/contract/segments';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRule } from './rule-arbitrary.ts';
import { validate } from './validate.ts';

const all = (...rules: Rule[]): Rule => ({ kind: 'all', rules });

describe('what is missing in a rule', () => {
  it('says which part and what', () => {
    expect(
      validate(
        all(
          { kind: 'event', did: true, name: '' },
          { kind: 'not', rule: { kind: 'trait', key: '', test: { operator: 'exists' } } },
          { kind: 'field', field: 'city', test: { operator: 'in', values: [] } },
          { kind: 'field', field: 'city', test: { operator: 'contains', value: '' } },
          { kind: 'spent', currency: 'EUR', test: { operator: 'between', min: 2, max: 1 } },
          { kind: 'event', did: true, name: 'x', window: { kind: 'between' } },
          { kind: 'event', did: true, name: 'x', where: [{ kind: 'item' }] },
          { kind: 'spent', currency: '', test: { operator: 'gt', value: 1 } },
        ),
      ),
    ).toEqual([
      { path: [0], code: 'event' },
      { path: [1, 0], code: 'key' },
      { path: [2], code: 'values' },
      { path: [3], code: 'value' },
      { path: [4], code: 'ends' },
      { path: [5], code: 'window' },
      { path: [6], code: 'item' },
      { path: [7], code: 'currency' },
    ]);
  });

  it('has nothing to say about a rule that is whole', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        expect(validate(rule)).toEqual([]);
      }),
    );
  });

  it('says when a rule is beyond its limits', () => {
    let deep: Rule = all();
    for (let depth = 0; depth < 10; depth += 1) deep = { kind: 'not', rule: deep };
    expect(validate(deep)[0]?.code).toBe('limits');
  });
});
