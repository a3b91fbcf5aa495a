import type { LeafRule, Rule } from '@mesure/contract/segments';
import type { Known } from './fresh.ts';
import { type Path, partsOf } from './path.ts';

export interface Unseen {
  readonly path: Path;
  readonly what: 'event' | 'trait' | 'field' | 'currency';
  readonly name: string;
}

const unseenIn = (leaf: LeafRule, known: Known): Omit<Unseen, 'path'> | undefined => {
  switch (leaf.kind) {
    case 'event':
    case 'recency':
      return known.events.some(({ name }) => name === leaf.name)
        ? undefined
        : { what: 'event', name: leaf.name };
    case 'trait':
      return known.traits.some(({ key }) => key === leaf.key) ? undefined : { what: 'trait', name: leaf.key };
    case 'spent':
      return known.currencies.some(({ currency }) => currency === leaf.currency)
        ? undefined
        : { what: 'currency', name: leaf.currency };
    case 'field': {
      const field = known.fields.find((each) => each.field === leaf.field);
      if (field !== undefined && field.people > 0) return undefined;
      return { what: 'field', name: leaf.field };
    }
  }
};

/** Conditions that speak of what was never seen here: the likeliest reason why nobody, or everybody, is in. */
export const unseen = (rule: Rule, known: Known, path: Path = []): readonly Unseen[] => {
  if (rule.kind === 'all' || rule.kind === 'any' || rule.kind === 'not')
    return partsOf(rule).flatMap((part, index) => unseen(part, known, [...path, index]));
  const found = unseenIn(rule, known);
  return found ? [{ path, ...found }] : [];
};
