import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { conditionsOf, flipsOf, isMet, whatWouldHaveChanged } from './counterfactual.ts';
import { decision } from './decision.fixture.ts';
import type { Decision, RuleOutcome } from './decision.ts';

const { rule } = fc.letrec<{
  rule: RuleOutcome;
  group: RuleOutcome;
  not: RuleOutcome;
  condition: RuleOutcome;
}>((tie) => ({
  rule: fc.oneof({ maxDepth: 3 }, tie('condition'), tie('group'), tie('not')),
  group: fc.record({
    kind: fc.constantFrom('all' as const, 'any' as const),
    of: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }),
  }),
  not: fc.record({ kind: fc.constant('not' as const), of: tie('rule') }),
  condition: fc.record({
    kind: fc.constant('condition' as const),
    words: fc.constant({ en: 'x', fr: 'x' }),
    value: fc.constant(null),
    met: fc.boolean(),
  }),
}));

const reversed = (outcome: RuleOutcome, positions: readonly number[]): RuleOutcome => {
  let next = 0;
  const walk = (node: RuleOutcome): RuleOutcome => {
    if (node.kind === 'condition') return { ...node, met: positions.includes(next++) ? !node.met : node.met };
    return node.kind === 'not' ? { ...node, of: walk(node.of) } : { ...node, of: node.of.map(walk) };
  };
  return walk(outcome);
};

const small = rule.filter((outcome) => conditionsOf(outcome).length <= 9);

test('every stated change reverses the rule, and none says more than it needs (W-12)', () => {
  fc.assert(
    fc.property(small, (outcome) => {
      for (const flip of flipsOf(outcome)) {
        expect(isMet(reversed(outcome, flip))).toBe(!isMet(outcome));
        for (const left of flip) {
          const less = flip.filter((position) => position !== left);
          expect(isMet(reversed(outcome, less))).toBe(isMet(outcome));
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('every condition that decides is in a stated change: brute force over all subsets (W-11)', () => {
  fc.assert(
    fc.property(small, (outcome) => {
      const count = conditionsOf(outcome).length;
      const subsets = Array.from({ length: 2 ** count }, (_, bits) =>
        Array.from({ length: count }, (_unused, position) => position).filter(
          (position) => bits & (1 << position),
        ),
      );
      const reversing = subsets.filter((subset) => isMet(reversed(outcome, subset)) !== isMet(outcome));
      const smallest = reversing.filter(
        (subset) =>
          !reversing.some(
            (other) => other.length < subset.length && other.every((at) => subset.includes(at)),
          ),
      );
      const sorted = (flips: readonly (readonly number[])[]) =>
        flips.map((flip) => [...flip].sort((a, b) => a - b).join()).sort();
      const stated = sorted(flipsOf(outcome));
      const found = sorted(smallest);
      // Longer lists are cut at 64.
      if (found.length < 64) expect(stated).toEqual(found);
    }),
    { numRuns: 500 },
  );
});

test('all of two conditions: either one would have changed it; any of two: only both', () => {
  const leaf = (words: string, met = true): RuleOutcome => ({
    kind: 'condition',
    words: { en: words, fr: words },
    value: null,
    met,
  });
  expect(flipsOf({ kind: 'all', of: [leaf('a'), leaf('b')] })).toEqual([[0], [1]]);
  expect(flipsOf({ kind: 'any', of: [leaf('a'), leaf('b')] })).toEqual([[0, 1]]);
  expect(flipsOf({ kind: 'any', of: [leaf('a'), leaf('b', false)] })).toEqual([[0]]);
  expect(flipsOf({ kind: 'all', of: [leaf('a'), { kind: 'not', of: leaf('b', false) }] })).toEqual([
    [0],
    [1],
  ]);
});

test('the record alone says what would have changed it', () => {
  const kinds = (changed: Decision) => whatWouldHaveChanged(changed, 'en').map(({ kind }) => kind);
  const full = decision();
  expect(kinds(full)).toEqual(['conditions', 'conditions', 'consent', 'holdout', 'variant', 'bought']);
  expect(whatWouldHaveChanged(full, 'en').at(-1)).toEqual({
    kind: 'bought',
    product: 'Colombian coffee',
    instead: 'Milk frother',
  });
  const { outcome: _tree, ...sentence } = full.audienceRule;
  expect(kinds({ ...full, audienceRule: sentence })[0]).toBe('rule');
  expect(
    kinds({ ...full, choice: { variant: 'a', variants: ['a'], products: [] }, experimentArms: [] }),
  ).toEqual(['conditions', 'conditions', 'consent']);
});
