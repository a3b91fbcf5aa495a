import type { Interactions } from '../../interactions/index.ts';
import { logMeanGap } from './gaps.ts';

export interface CycleSpread {
  /** Standard deviation of ln(days) of single gaps about the pair's own mean. */
  readonly gapSpread: number;
  /** Standard deviation of the pairs' own means about their item's. */
  readonly pairSpread: number;
}

/** No cycle is a clockwork, and no two people quite alike, though few gaps may look so. */
const LEAST_VARIANCE = 0.01;

/**
 * The mean of n gaps strays from the item's by τ² + σ²/n: least squares of the squared distances over 1/n, both kept above
 * `LEAST_VARIANCE`. Where all pairs have as many gaps the two cannot be told apart, and share. Pairs count by their shares of own taste. O(pairs).
 */
export const cycleSpread = (interactions: Interactions, logGap: Float64Array): CycleSpread => {
  const { item, own, orders } = interactions;
  let pairs = 0;
  let inverse = 0;
  let inverseSquared = 0;
  let distance = 0;
  let distanceInverse = 0;
  for (let p = 0; p < item.length; p++) {
    const gaps = (orders[p] as number) - 1;
    if (gaps < 1) continue;
    const share = own[p] as number;
    const square = share * (logMeanGap(interactions, p) - (logGap[item[p] as number] as number)) ** 2;
    pairs += share;
    inverse += share / gaps;
    inverseSquared += share / gaps ** 2;
    distance += square;
    distanceInverse += square / gaps;
  }
  if (pairs === 0) return { gapSpread: 0, pairSpread: 0 };
  const determinant = pairs * inverseSquared - inverse ** 2;
  let gap = distance / (pairs + inverse);
  let pair = gap;
  if (determinant > 1e-6 * pairs * inverseSquared) {
    gap = (pairs * distanceInverse - inverse * distance) / determinant;
    pair = (inverseSquared * distance - inverse * distanceInverse) / determinant;
  }
  return {
    gapSpread: Math.sqrt(Math.max(LEAST_VARIANCE, gap)),
    pairSpread: Math.sqrt(Math.max(LEAST_VARIANCE, pair)),
  };
};
