import type { Rule } from '@mesure/contract/segments';

const ids = new WeakMap<Rule, string>();
let last = 0;

/** A name for a part of the tree that outlives its changes: React keeps fields and focus by it. */
export const idOf = (rule: Rule): string => {
  const known = ids.get(rule);
  if (known !== undefined) return known;
  last += 1;
  const made = `part-${String(last)}`;
  ids.set(rule, made);
  return made;
};

/** `next` is what became of `before`. */
export const becomes = <T extends Rule>(before: Rule, next: T): T => {
  ids.set(next, idOf(before));
  return next;
};
