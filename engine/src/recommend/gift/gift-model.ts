import type { LikelihoodTable } from './likelihood-table.ts';
import type { Repeats } from './repeats.ts';
import type { SimilarItems } from './similar-items.ts';

export interface GiftModel {
  readonly kind: 'gift';
  readonly items: number;
  /** Share of lines that are gifts where nothing is known. */
  readonly prior: number;
  /** What is inferred only, and told by nobody, leaves a line at least this much of own taste. */
  readonly floor: number;
  readonly similar: SimilarItems;
  readonly repeats: Repeats;
  /** By number of other items that are known of the person: see `stratumOf`. */
  readonly taste: readonly LikelihoodTable[];
  readonly price: LikelihoodTable;
  readonly quantity: LikelihoodTable;
  /** Standard deviations of ln(price), ln(quantity) in the shop. */
  readonly priceSpread: number;
  readonly quantitySpread: number;
  /** Added to the log-odds; 0 before corrections. */
  readonly intercept: number;
  /** One per `EVIDENCE`: what its logarithm is multiplied by. */
  readonly strength: Float64Array;
}

/** Upper ends of the numbers of other items for which tables are kept apart. */
const STRATA: readonly number[] = [8, 25, 80];
export const STRATUM_COUNT = STRATA.length + 1;

export const stratumOf = (size: number): number => {
  const found = STRATA.findIndex((end) => size <= end);
  return found < 0 ? STRATA.length : found;
};
