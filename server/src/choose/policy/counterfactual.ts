import type { Decision, Language, Localised, RuleOutcome } from './decision.ts';

/** A smallest set of conditions whose reversal reverses the rule: each set alone is enough. */
export type Flip = readonly number[];

// A rule of a few dozen conditions in nested any/not groups can have thousands of smallest sets; a page shows a few.
const MAX_SETS = 64;

type Condition = Extract<RuleOutcome, { readonly kind: 'condition' }>;

/** The conditions of a rule from left to right; flips name them by position. */
export const conditionsOf = (outcome: RuleOutcome): Condition[] => {
  if (outcome.kind === 'condition') return [outcome];
  return outcome.kind === 'not' ? conditionsOf(outcome.of) : outcome.of.flatMap(conditionsOf);
};

export const isMet = (outcome: RuleOutcome): boolean => {
  switch (outcome.kind) {
    case 'condition':
      return outcome.met;
    case 'not':
      return !isMet(outcome.of);
    case 'all':
      return outcome.of.every(isMet);
    case 'any':
      return outcome.of.some(isMet);
  }
};

const smallest = (sets: readonly Flip[]): Flip[] => {
  const sorted = [...sets].sort((a, b) => a.length - b.length);
  return sorted
    .filter(
      (set, index) => !sorted.slice(0, index).some((other) => other.every((leaf) => set.includes(leaf))),
    )
    .slice(0, MAX_SETS);
};

/** One set of each child, all together: what it takes when every child must turn. */
const together = (children: readonly (readonly Flip[])[]): Flip[] =>
  children.reduce<Flip[]>(
    (sets, child) => smallest(sets.flatMap((set) => child.map((other) => [...new Set([...set, ...other])]))),
    [[]],
  );

const flipsFrom = (outcome: RuleOutcome, first: number): Flip[] => {
  if (outcome.kind === 'condition') return [[first]];
  if (outcome.kind === 'not') return flipsFrom(outcome.of, first);
  let next = first;
  const children = outcome.of.map((child) => {
    const flips = flipsFrom(child, next);
    next += conditionsOf(child).length;
    return { met: isMet(child), flips };
  });
  const met = isMet(outcome);
  // A true "all" falls with any one child, and so does a false "any" rise; the two other cases need every child
  // that stands in the way.
  const oneIsEnough = (outcome.kind === 'all') === met;
  return oneIsEnough
    ? smallest(children.flatMap((child) => child.flips))
    : together(children.filter((child) => child.met === met).map((child) => child.flips));
};

/**
 * Every smallest way to reverse the rule for this person, as positions in `conditionsOf`. Valid by construction: applying
 * a set to the rule reverses it (W-12), and a condition in no set is not decisive (W-11). An empty group cannot be
 * reversed and gives no set.
 */
export const flipsOf = (outcome: RuleOutcome): Flip[] =>
  flipsFrom(outcome, 0).filter((flip) => flip.length > 0);

export type Change =
  /** These conditions had all been the other way round. */
  | { readonly kind: 'conditions'; readonly conditions: readonly { words: string; value: string | null }[] }
  /** The rule was kept as a sentence only. */
  | { readonly kind: 'rule'; readonly words: string }
  | { readonly kind: 'consent' }
  /** The draw had put the person into the group that gets nothing; share in (0, 1). */
  | { readonly kind: 'holdout'; readonly share: number }
  | { readonly kind: 'variant'; readonly others: number }
  /** The product had been bought before: `instead` would have been shown, or null when no candidate was left. */
  | { readonly kind: 'bought'; readonly product: string; readonly instead: string | null };

const inLanguage = (words: Localised | null, language: Language): string | null => words?.[language] ?? null;

/** What would have changed this decision, each item on its own, from the record alone. */
export const whatWouldHaveChanged = (decision: Decision, language: Language): Change[] => {
  const { audienceRule, experimentArms, choice, candidates } = decision;
  const outcome = audienceRule.outcome;
  const flips = outcome && isMet(outcome) ? flipsOf(outcome) : [];
  const conditions = outcome ? conditionsOf(outcome) : [];
  const byRule: Change[] =
    flips.length > 0
      ? flips.map((flip) => ({
          kind: 'conditions',
          conditions: flip.flatMap((position) => {
            const condition = conditions[position];
            if (!condition) return [];
            return [{ words: condition.words[language], value: inLanguage(condition.value, language) }];
          }),
        }))
      : [{ kind: 'rule', words: audienceRule.words[language] }];

  const holdouts: Change[] = experimentArms
    .filter((arm) => arm.kind === 'holdout' && arm.share < 1)
    .map((arm) => ({ kind: 'holdout', share: 1 - arm.share }));
  const variants: Change[] =
    choice.variants.length > 1 ? [{ kind: 'variant', others: choice.variants.length - 1 }] : [];

  const shown = choice.products[0];
  const first = candidates.find((candidate) => candidate.sku === shown);
  const removed = new Set(decision.removed.map((product) => product.sku));
  const next = candidates.find(
    (candidate) => !choice.products.includes(candidate.sku) && !removed.has(candidate.sku),
  );
  const bought: Change[] = first
    ? [{ kind: 'bought', product: first.name, instead: next?.name ?? null }]
    : [];

  return [...byRule, { kind: 'consent' }, ...holdouts, ...variants, ...bought];
};
