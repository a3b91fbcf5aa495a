import { checkCount, checkLength } from '../../errors/index.ts';
import { topItems } from '../rebuy.ts';
import type { Eligible } from './eligible.ts';

/** Items that may be proposed with their scores, best first; equal scores by item. */
export interface Candidates {
  readonly item: Uint32Array;
  readonly score: Float64Array;
}

/**
 * The `k` best of what may be proposed. An item that may not is never in it, whatever its score; nor is one whose score is not a finite
 * number, since nobody knows where it belongs. O(items log k).
 *
 * @throws EngineError `length_mismatch`, `negative_count`, `nan`, `not_finite`
 * @example topEligible(scores, eligible, 200)
 */
export const topEligible = (scores: Float64Array, eligible: Eligible, k: number): Candidates => {
  checkLength('scores', scores.length, eligible.items);
  checkLength('mask', eligible.mask.length, eligible.items);
  checkCount('k', k);
  const open = new Float64Array(scores.length).fill(Number.NEGATIVE_INFINITY);
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item] as number;
    if (eligible.mask[item] === 1 && score - score === 0) open[item] = score;
  }
  const item = Uint32Array.from(topItems(open, k));
  return { item, score: Float64Array.from(item, (one) => open[one] as number) };
};
