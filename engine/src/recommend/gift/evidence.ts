/** What speaks for or against a gift. A shop's texts are made from these, in its own words. */
export type GiftEvidence =
  | 'gift_wrap'
  | 'gift_note'
  | 'other_name'
  | 'other_address'
  | 'gift_season'
  | 'corrected_alike'
  | 'bought_again'
  | 'not_bought_again'
  | 'out_of_taste'
  | 'unusual_price'
  | 'unusual_quantity';

export const EVIDENCE: readonly GiftEvidence[] = [
  'gift_wrap',
  'gift_note',
  'other_name',
  'other_address',
  'gift_season',
  'corrected_alike',
  'bought_again',
  'not_bought_again',
  'out_of_taste',
  'unusual_price',
  'unusual_quantity',
];

/** Told by the shop or the person, not inferred: only these may take more than the floor from a line's own taste. */
export const TOLD: ReadonlySet<GiftEvidence> = new Set([
  'gift_wrap',
  'gift_note',
  'other_name',
  'other_address',
  'corrected_alike',
]);

/**
 * How many times as often among gifts as among other lines, where it is so and where it is not. Assumptions, chosen and not
 * measured (shops have no labels): a shop that has corrections learns to weigh them (`learnFromCorrections`).
 */
export const LIKELIHOOD_RATIOS = {
  gift_wrap: { yes: 30, no: 0.9 },
  gift_note: { yes: 60, no: 0.95 },
  // Somebody else's name is more than another address: parcel shops and offices are addresses too. Where both are, the name counts.
  other_name: { yes: 8, no: 0.95 },
  other_address: { yes: 3, no: 0.95 },
  gift_season: { yes: 1.6, no: 0.9 },
  /** The same thing in another order: people repeat what they use. */
  bought_again: { yes: 0.4, no: 1 },
} as const;

/** (gifts + 1) / (own + 1) of what was said of the same delivery, or of the same order, within this. */
export const MOST_CORRECTED = 10;
