import { describe, expect, it } from 'vitest';
import { type Rule, ruleLimits, ruleSchema } from './rule.ts';

const problems = (rule: unknown): string[] => {
  const parsed = ruleSchema.safeParse(rule);
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
};

const METACHARACTERS = [
  "'",
  '"',
  '`',
  ';',
  '--',
  '/*',
  ') or 1=1 --',
  'or',
  'AND 1',
  'asc; drop table x',
  '\\',
  '\0',
  '{p0:String}',
];

describe('a rule', () => {
  it('names the place of a mistake in the tree', () => {
    const inside = (rule: unknown) => problems({ kind: 'all', rules: [{ kind: 'not', rule }] });
    expect(inside({ kind: 'trait', key: '', test: { operator: 'exists' } })).toEqual(['rules.0.rule.key']);
    expect(inside({ kind: 'trait', key: 'a', test: { operator: 'between', min: 2, max: 1 } })).toEqual([
      'rules.0.rule.test.max',
    ]);
    expect(inside({ kind: 'event', did: true, name: 'x', where: [{ kind: 'item' }] })).toEqual([
      'rules.0.rule.where.0',
    ]);
    expect(inside({ kind: 'event', did: true, name: 'x', window: { kind: 'between' } })).toEqual([
      'rules.0.rule.window',
    ]);
    expect(inside({ kind: 'any', rules: [] })).toEqual(['rules.0.rule.rules']);
  });

  it('takes kinds, fields and operators from closed lists only', () => {
    for (const text of METACHARACTERS) {
      expect(problems({ kind: text, rules: [] })).not.toEqual([]);
      expect(problems({ kind: 'field', field: text, test: { operator: 'exists' } })).not.toEqual([]);
      expect(problems({ kind: 'field', field: 'city', test: { operator: text, value: 'x' } })).not.toEqual(
        [],
      );
      expect(problems({ kind: 'trait', key: 'a', test: { operator: text, value: 1 } })).not.toEqual([]);
      expect(problems({ kind: 'trait', key: 'a', test: { operator: 'gt', value: text } })).not.toEqual([]);
      expect(problems({ kind: 'spent', currency: text, test: { operator: 'gt', value: 1 } })).not.toEqual([]);
      const recency = { kind: 'recency', name: 'x', last: 'newer_than', amount: 1, unit: 'days' };
      for (const part of ['last', 'amount', 'unit'])
        expect(problems({ ...recency, [part]: text })).not.toEqual([]);
      expect(problems({ kind: 'event', did: text, name: 'x' })).not.toEqual([]);
      expect(
        problems({ kind: 'event', did: true, name: 'x', window: { kind: 'between', from: text } }),
      ).not.toEqual([]);
      expect(problems({ kind: 'all', rules: [], [text]: 1 })).not.toEqual([]);
    }
  });

  it('refuses too much before anything recursive runs', () => {
    let deep: unknown = { kind: 'all', rules: [] };
    for (let level = 0; level < 50_000; level += 1) deep = { kind: 'not', rule: deep };
    expect(problems(deep)).toEqual([Array(ruleLimits.depth).fill('rule').join('.')]);
    const wide: Rule = {
      kind: 'all',
      rules: Array.from({ length: 101 }, () => ({ kind: 'all', rules: [] })),
    };
    expect(problems(wide)).toEqual(['rules']);
    expect(problems({ kind: 'trait', key: 'a', test: { operator: 'gt', value: Number.NaN } })).toEqual([
      'test.value',
    ]);
  });
});
