import type { LeafRule, TraitTest, Vocabulary } from '@mesure/contract/segments';

export type Known = Pick<Vocabulary, 'fields' | 'traits' | 'events' | 'currencies'>;
export const nothingKnown: Known = { fields: [], traits: [], events: [], currencies: [] };

export const leafKinds = ['field', 'trait', 'event', 'spent', 'recency'] as const;
export type LeafKind = (typeof leafKinds)[number];

/** A first test on a trait that says something: its most common value, or the middle of its numbers. */
export const freshTraitTest = (trait: Known['traits'][number] | undefined): TraitTest => {
  if (trait?.type === 'boolean') return { operator: 'equals', value: true };
  if (trait?.type === 'number' && trait.range)
    return { operator: 'gte', value: Math.round((trait.range.min + trait.range.max) / 2) };
  const [common] = trait?.values ?? [];
  return common ? { operator: 'equals', value: common.value } : { operator: 'exists' };
};

/** A new condition is whole from the start: the count can follow at once. */
export const fresh = (kind: LeafKind, known: Known, currency: string): LeafRule => {
  const event = known.events.find(({ name }) => name === 'order_completed') ?? known.events[0];
  const name = event?.name ?? 'order_completed';
  switch (kind) {
    case 'field': {
      const country = known.fields.find(({ field }) => field === 'country')?.values[0];
      return {
        kind,
        field: 'country',
        test: country ? { operator: 'equals', value: country.value } : { operator: 'exists' },
      };
    }
    case 'trait': {
      const [trait] = known.traits;
      return { kind, key: trait?.key ?? '', test: freshTraitTest(trait) };
    }
    case 'event':
      return { kind, did: true, name, window: { kind: 'last', amount: 90, unit: 'days' } };
    case 'spent':
      return {
        kind,
        currency: known.currencies[0]?.currency ?? currency,
        test: { operator: 'gte', value: 10_000 },
        window: { kind: 'last', amount: 365, unit: 'days' },
      };
    case 'recency':
      return { kind, name, last: 'older_than', amount: 90, unit: 'days' };
  }
};
