import { checkFinite, checkLength, checkPositive, engineError } from '../../../errors/index.ts';
import { tell, type Watch } from '../../../fitting/index.ts';
import type { Interactions } from '../../interactions/index.ts';
import type { Groups } from '../popularity/index.ts';
import { cycleSpread } from './cycle-spread.ts';
import { daysSince, logMeanGap } from './gaps.ts';
import { shrunkMeans } from './shrunk-means.ts';

export interface RebuySettings {
  /** Until when people were watched; the latest interaction by default. */
  readonly nowMs?: number;
  /** Category of each item: what little is known of an item is completed by its category, and that by the whole shop. */
  readonly category?: Groups;
  /** The item's rate weighs as much as this many days of the person's own record with it. Default 300. */
  readonly pairDays?: number;
  /**
   * The category's rate weighs as much as this many days of people's records with an item. Rates of items drift with the
   * seasons, so that far more is good than their differences in one season would say. Default 10,000.
   */
  readonly itemDays?: number;
}

/** What is bought again, how often, and after how long. */
export interface RebuyModel {
  readonly kind: 'rebuy';
  readonly items: number;
  /** Orders a day with the item, of somebody who has bought it once. */
  readonly rate: Float64Array;
  /** Mean of ln(days until the next order). */
  readonly logGap: Float64Array;
  /** Standard deviation of ln(days) of single gaps about the person's own mean, and of these means about the item's. */
  readonly gapSpread: number;
  readonly pairSpread: number;
  /** Share of the most popular item's people, in [0, 1]. */
  readonly popular: Float64Array;
  readonly pairDays: number;
  /** Pairs with gaps seen, by their shares of own taste; 0: nothing is known of cycles. */
  readonly gaps: number;
  readonly nowMs: number;
}

/** Pairs between two words to the watch, far apart in memory: some 20 ms. */
const CHUNK = 2e5;

interface Sums {
  /** Per group: orders after the first, days watched, pairs, gaps, and their logarithms' sums; all but the pairs by shares of own taste. */
  readonly repeats: Float64Array;
  readonly days: Float64Array;
  readonly pairs: Float64Array;
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

const NAMES = ['repeats', 'days', 'pairs', 'count', 'sum', 'squares'] as const;

const emptySums = (groups: number): Sums => {
  const column = (): Float64Array => new Float64Array(groups);
  return {
    repeats: column(),
    days: column(),
    pairs: column(),
    count: column(),
    sum: column(),
    squares: column(),
  };
};

const sumsByItem = (interactions: Interactions, nowMs: number, watch: Watch | undefined): Sums => {
  const { items, item, own, firstAtMs, orders } = interactions;
  const sums = emptySums(items);
  for (let p = 0; p < item.length; p++) {
    const i = item[p] as number;
    const repeats = (orders[p] as number) - 1;
    const share = own[p] as number;
    sums.repeats[i] = (sums.repeats[i] as number) + share * repeats;
    sums.days[i] = (sums.days[i] as number) + share * daysSince(firstAtMs[p] as number, nowMs);
    sums.pairs[i] = (sums.pairs[i] as number) + 1;
    if (repeats > 0) {
      // A pair's gaps are seen as their mean: one observation of ln(days).
      const gap = logMeanGap(interactions, p);
      sums.count[i] = (sums.count[i] as number) + share;
      sums.sum[i] = (sums.sum[i] as number) + share * gap;
      sums.squares[i] = (sums.squares[i] as number) + share * (gap * gap);
    }
    if (p % CHUNK === CHUNK - 1) tell(watch, 'rebuy', p / item.length);
  }
  return sums;
};

const sumsOfGroups = (sums: Sums, { of, count }: Groups): Sums => {
  const grouped = emptySums(count);
  for (const name of NAMES) {
    const into = grouped[name];
    const from = sums[name];
    for (let i = 0; i < of.length; i++) {
      const g = of[i] as number;
      into[g] = (into[g] as number) + (from[i] as number);
    }
  }
  return grouped;
};

/** Repeats per day of each group, drawn to `towards` by `prior` days. */
const shrunkRates = (
  { repeats, days }: Sums,
  { prior, towards }: { readonly prior: number; readonly towards: (group: number) => number },
): Float64Array => repeats.map((count, g) => (count + prior * towards(g)) / ((days[g] as number) + prior));

const checkCategory = ({ of, count }: Groups, items: number): void => {
  checkLength('category.of', of.length, items);
  for (let i = 0; i < of.length; i++)
    if ((of[i] as number) >= count)
      throw engineError('out_of_range', `category.of[${i}] is ${of[i]}, there are ${count}`, { index: i });
};

/**
 * How often, and after how long, what somebody has bought is bought again.
 *
 * - Rate: orders after the first of a pair are Poisson with a rate that is Gamma about the item's; the item's rate is drawn to its
 *   category's, that to the whole shop's. The mean of what is then known of a person and item is
 *   (pairDays × rate + repeats) / (pairDays + days watched): frequency and recency in one (Ehrenberg's NBD model, 1959).
 * - Cycle: ln(days between orders), means of items drawn to their category's and these to the shop's by as much as the data
 *   say. A pair's gaps are known by their mean; only gaps that ended are seen, so that cycles lean short on young data.
 *
 * Pairs count by their shares of own taste; the popularity that orders the rest counts people. Collect the interactions by orders, without decay: age is part of the model. O(pairs + items).
 *
 * @example rebuyTaste(fitRebuy(interactions, { category })).score(history, scores, nowMs)
 */
export const fitRebuy = (
  interactions: Interactions,
  settings: RebuySettings = {},
  watch?: Watch,
): RebuyModel => {
  const { items, lastAtMs } = interactions;
  const { pairDays = 300, itemDays = 10_000 } = settings;
  checkPositive('pairDays', pairDays);
  checkPositive('itemDays', itemDays);
  const category = settings.category ?? { of: new Uint32Array(items), count: items > 0 ? 1 : 0 };
  checkCategory(category, items);
  const latest = lastAtMs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const nowMs = checkFinite('nowMs', settings.nowMs ?? (lastAtMs.length > 0 ? latest : 0));
  const byItem = sumsByItem(interactions, nowMs, watch);
  const byCategory = sumsOfGroups(byItem, category);
  const whole = sumsOfGroups(byCategory, { of: new Uint32Array(category.count), count: 1 });
  // Half a repeat more than were seen: a rate of 0 would never leave 0.
  const wholeRate = ((whole.repeats[0] as number) + 0.5) / ((whole.days[0] as number) + 1);
  const categoryRate = shrunkRates(byCategory, { prior: itemDays, towards: () => wholeRate });
  const rate = shrunkRates(byItem, {
    prior: itemDays,
    towards: (i) => categoryRate[category.of[i] as number] as number,
  });
  const gaps = whole.count[0] as number;
  const wholeGap = gaps > 0 ? (whole.sum[0] as number) / gaps : 0;
  const categoryGap = shrunkMeans({ ...byCategory, towards: () => wholeGap });
  const logGap = shrunkMeans({ ...byItem, towards: (i) => categoryGap[category.of[i] as number] as number });
  const most = Math.max(
    1,
    byItem.pairs.reduce((a, b) => Math.max(a, b), 0),
  );
  tell(watch, 'rebuy', 1);
  return {
    kind: 'rebuy',
    items,
    rate,
    logGap,
    ...cycleSpread(interactions, logGap),
    popular: byItem.pairs.map((people) => people / most),
    pairDays,
    gaps,
    nowMs,
  };
};
