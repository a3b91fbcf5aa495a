import type { ImportTreatment, ImportTroubleKind } from '@mesure/contract/imports';

/** Troubles of a line that is imported all the same, as bits. */
export const flags = {
  no_customer: 1,
  cancelled: 2,
  returned: 4,
  zero_price: 8,
  negative_price: 16,
  duplicate: 32,
  not_a_product: 64,
  no_sku: 128,
  split_order: 256,
  future_date: 512,
  unknown_currency: 1024,
  unreadable_characters: 2048,
  unreadable_email: 4096,
  consent_without_proof: 8192,
} as const satisfies Partial<Record<ImportTroubleKind, number>>;
export type Flag = keyof typeof flags;
export const flagNames = Object.keys(flags) as readonly Flag[];

/** Why a line is set aside; a line has exactly one reason. */
export type SetAsideReason = Extract<
  ImportTroubleKind,
  | 'impossible_date'
  | 'unreadable_number'
  | 'no_order'
  | 'no_product'
  | 'too_many_columns'
  | 'too_few_columns'
  | 'known_order'
  | 'duplicate'
>;

/** Troubles that leave a trace in the event itself, for whoever reads order lines. */
const traced: readonly Flag[] = ['duplicate', 'zero_price', 'negative_price', 'returned', 'cancelled'];
const sets = new Map<number, Flag[]>();

/** The flags of an order line. */
export const eventFlags = (bits: number): Flag[] => {
  const known = sets.get(bits);
  if (known !== undefined) return known;
  const set = traced.filter((flag) => (bits & flags[flag]) !== 0);
  sets.set(bits, set);
  return set;
};

export const treatmentOf = (kind: ImportTroubleKind): ImportTreatment => {
  switch (kind) {
    case 'impossible_date':
    case 'unreadable_number':
    case 'no_order':
    case 'no_product':
    case 'too_many_columns':
    case 'too_few_columns':
    case 'known_order':
      return 'set_aside';
    case 'cancelled':
    case 'returned':
    case 'zero_price':
    case 'negative_price':
    case 'duplicate':
    case 'not_a_product':
      return 'imported_flagged';
    case 'unreadable_email':
    case 'consent_without_proof':
      return 'ignored';
    case 'no_customer':
    case 'several_names':
    case 'no_sku':
    case 'split_order':
    case 'future_date':
    case 'unknown_currency':
    case 'unreadable_characters':
      return 'imported';
  }
};
