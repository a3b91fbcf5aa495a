/** Scores from 1 (least) to `scores` (most); recency: the later the last purchase, the higher. */
export interface RfmRule {
  /** A code for the product to word. */
  readonly key: string;
  /** Inclusive ranges of scores; any where left out. */
  readonly recency?: readonly [number, number];
  readonly frequency?: readonly [number, number];
  readonly monetary?: readonly [number, number];
}

/**
 * Groups in scores of five; the first rule that fits holds, and the last fits everybody. Every pair of recency and frequency has one
 * group, which a table of five by five shows.
 */
export const RFM_RULES: readonly RfmRule[] = [
  { key: 'champions', recency: [5, 5], frequency: [4, 5] },
  { key: 'loyal', recency: [3, 4], frequency: [4, 5] },
  { key: 'new_customers', recency: [5, 5], frequency: [1, 1] },
  { key: 'promising', recency: [4, 4], frequency: [1, 1] },
  { key: 'potential_loyalists', recency: [4, 5], frequency: [2, 3] },
  { key: 'need_attention', recency: [3, 3], frequency: [3, 3] },
  { key: 'about_to_sleep', recency: [3, 3], frequency: [1, 2] },
  { key: 'cannot_lose', recency: [1, 1], frequency: [4, 5] },
  { key: 'at_risk', recency: [1, 2], frequency: [3, 5] },
  { key: 'hibernating', recency: [2, 2], frequency: [1, 2] },
  { key: 'lost' },
];

const within = (score: number, range: readonly [number, number] | undefined): boolean =>
  !range || (score >= range[0] && score <= range[1]);

/** Index of the first rule that fits; -1 when none does. */
export const ruleFor = (
  rules: readonly RfmRule[],
  [recency, frequency, monetary]: readonly [number, number, number],
): number =>
  rules.findIndex(
    (rule) =>
      within(recency, rule.recency) && within(frequency, rule.frequency) && within(monetary, rule.monetary),
  );
