import { engineError } from '../../errors/index.ts';
import { normalUpperQuantile } from '../../special/index.ts';
import { discountAt } from './relevance.ts';
import type { Reranked } from './rerank.ts';

/** Share of what the plain lists had that others lost; below 0 where they won. */
export interface CostRatio {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

const worthOf = (items: Iterable<number>, taken: ReadonlySet<number>): number => {
  let sum = 0;
  let place = 0;
  for (const item of items) {
    if (taken.has(item)) sum += discountAt(place);
    place += 1;
  }
  return sum;
};

/** What people took of a list as it was ranked, places counted as NDCG does. */
export const plainWorth = ({ list }: Reranked, taken: ReadonlySet<number>): number =>
  worthOf(
    list.map(({ item }) => item),
    taken,
  );

/**
 * What people took of a list, on average over what chance could have put there: a place that is drawn is worth the mean of its pool, however
 * many are drawn before it.
 */
export const expectedWorth = (
  { list, surprise: { places } }: Reranked,
  taken: ReadonlySet<number>,
): number => {
  const items = list.map(({ item }) => item);
  for (const { place, expected } of places) items[place] = expected;
  const pool = places[0]?.pool ?? new Uint32Array(0);
  let hits = 0;
  for (const item of pool) hits += taken.has(item) ? 1 : 0;
  const mean = hits / Math.max(1, pool.length);
  let sum = worthOf(items, taken);
  for (const { place, chance, expected } of places)
    sum += discountAt(place) * chance * (mean - (taken.has(expected) ? 1 : 0));
  return sum;
};

/**
 * Σ lost / Σ plain over people, with a linearised standard error (Cochran 1977, §6.4). Nobody may have anything in `plain` but 0: then there is
 * no answer.
 */
export const costRatio = (
  { plain, lost }: { readonly plain: Float64Array; readonly lost: Float64Array },
  level: number,
): CostRatio | undefined => {
  const total = plain.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return undefined;
  const n = plain.length;
  const estimate = lost.reduce((sum, value) => sum + value, 0) / total;
  let squares = 0;
  for (let k = 0; k < n; k++) squares += ((lost[k] as number) - estimate * (plain[k] as number)) ** 2;
  const z = normalUpperQuantile((1 - level) / 2);
  // One person has no spread: the interval is all there is.
  const half = n > 1 ? (z * Math.sqrt((squares * n) / (n - 1))) / total : 1;
  if (!Number.isFinite(half)) throw engineError('not_finite', 'the interval of the cost is not finite');
  return { estimate, low: estimate - half, high: Math.min(1, estimate + half) };
};
