import { profileFields, type Rule, ruleSchema } from '@mesure/contract/segments';
import fc from 'fast-check';

const text = fc.string({ maxLength: 20 });
const name = fc.string({ minLength: 1, maxLength: 20 });
const leaf: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({
    kind: fc.constant('field' as const),
    field: fc.constantFrom(...profileFields),
    test: fc.record({ operator: fc.constant('equals' as const), value: text }),
  }),
  fc.record({ kind: fc.constant('event' as const), did: fc.boolean(), name }),
  fc.record({
    kind: fc.constant('trait' as const),
    key: name,
    test: fc.constant({ operator: 'exists' as const }),
  }),
);

/** Rules of every shape, within the limits; for tests. */
export const anyRule: fc.Arbitrary<Rule> = fc
  .letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 6, depthSize: 'medium', withCrossShrink: true },
      leaf,
      fc.array(tie('rule'), { maxLength: 4 }).map((rules) => ({ kind: 'all' as const, rules })),
      fc.array(tie('rule'), { minLength: 1, maxLength: 4 }).map((rules) => ({ kind: 'any' as const, rules })),
      tie('rule').map((rule) => ({ kind: 'not' as const, rule })),
    ),
  }))
  .rule.filter((rule) => ruleSchema.safeParse(rule).success)
  // One object stands in one place, as in every tree that was read or built.
  .map((rule) => structuredClone(rule));

export const anyLeaf = leaf;
