import type { LeafRule, Rule } from '@mesure/contract/segments';

export interface Leaf {
  /** Where it stands in the tree: `rules.0.rule`; empty for a rule that is one condition. */
  readonly path: string;
  readonly rule: LeafRule;
}

/** The conditions of a rule from left to right. */
export const leavesOf = (rule: Rule, path: readonly (string | number)[] = []): Leaf[] => {
  switch (rule.kind) {
    case 'all':
    case 'any':
      return rule.rules.flatMap((part, index) => leavesOf(part, [...path, 'rules', index]));
    case 'not':
      return leavesOf(rule.rule, [...path, 'rule']);
    case 'field':
    case 'trait':
    case 'event':
    case 'spent':
    case 'recency':
      return [{ path: path.join('.'), rule }];
  }
};
