import {
  checkFinite,
  checkLength,
  checkPositive,
  checkProbability,
  engineError,
} from '../../errors/index.ts';
import type { TasteHistory } from '../interactions/index.ts';
import { checkScoring } from '../models/check-scoring.ts';

/** What a person usually pays for one of a thing. */
export interface PriceBand {
  readonly kind: 'band';
  readonly low: number;
  readonly high: number;
  /** Past items with a price. */
  readonly items: number;
}

export interface NoPriceBand {
  readonly kind: 'no_answer';
  readonly reason: 'too_few_prices';
  readonly items: number;
  readonly needed: number;
}

export interface PriceBandSettings {
  /** Share of the past's weight that lies in the band, in (0, 1]. 0.8 unless said. */
  readonly share?: number;
  /** Past items with a price below which no band is told. 3 unless said. */
  readonly fewest?: number;
}

/** The smallest price up to which at least `share` of the weight lies. */
const quantile = (
  sorted: readonly { readonly price: number; readonly weight: number }[],
  share: number,
): number => {
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let below = 0;
  for (const { price, weight } of sorted) {
    below += weight;
    if (below >= share * total * (1 - 1e-12)) return price;
  }
  return sorted.at(-1)?.price ?? 0;
};

/**
 * The person's usual band: the middle `share` of what they bought, by weight. `price` per item, > 0, 0 where unknown. O(n log n).
 *
 * @throws EngineError `length_mismatch`, `out_of_range`, `nan`, `not_finite`, `probability_out_of_range`, `negative_weight`
 * @example usualPriceBand(history, price) // { kind: 'band', low: 4.5, high: 12, items: 9 }
 */
export const usualPriceBand = (
  history: TasteHistory,
  price: Float64Array,
  { share = 0.8, fewest = 3 }: PriceBandSettings = {},
): PriceBand | NoPriceBand => {
  checkScoring(price.length, history);
  const middle = checkPositive('share', checkProbability('share', share));
  const paid: { readonly price: number; readonly weight: number }[] = [];
  history.item.forEach((item, h) => {
    const one = checkFinite('price', price[item] as number);
    const weight = checkFinite('weight', history.weight[h] as number);
    if (weight < 0) throw engineError('negative_weight', `the weight of item ${item} is ${weight}`, { item });
    if (one > 0 && weight > 0) paid.push({ price: one, weight });
  });
  if (paid.length < Math.max(1, fewest))
    return { kind: 'no_answer', reason: 'too_few_prices', items: paid.length, needed: Math.max(1, fewest) };
  paid.sort((a, b) => a.price - b.price);
  return {
    kind: 'band',
    low: quantile(paid, (1 - middle) / 2),
    high: quantile(paid, (1 + middle) / 2),
    items: paid.length,
  };
};

/**
 * How well a price fits the band: 1 inside, ½ a factor `tolerance` outside, soon nothing; an unknown price (0) does not fit.
 *
 * @throws EngineError `nan`, `not_finite`, `out_of_range`
 * @example priceFit({ low: 4, high: 10 }, 15, 1.5) // = 0.5
 */
export const priceFit = (
  { low, high }: Pick<PriceBand, 'low' | 'high'>,
  price: number,
  tolerance: number,
): number => {
  if (checkFinite('price', price) < 0 || !(tolerance > 1) || !(low > 0 && high >= low))
    throw engineError(
      'out_of_range',
      `a band needs 0 < low <= high and a tolerance > 1, and prices are >= 0`,
    );
  if (price === 0) return 0;
  const outside = Math.max(0, Math.log(low / price), Math.log(price / high));
  return 0.5 ** ((outside / Math.log(tolerance)) ** 2);
};

/** Throws unless there is a price for every item that may be asked for. */
export const checkPrices = (price: Float64Array, item: Uint32Array): void => {
  const most = item.reduce((largest, one) => Math.max(largest, one + 1), 0);
  if (price.length < most) checkLength('price', price.length, most);
};
