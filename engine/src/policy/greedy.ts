/**
 * Puts all of the probability on the best score; equal scores share it equally, so that a tie is drawn and its probability known.
 * `scores` and `out` have length K (higher is better). O(K), no allocation.
 *
 * @example greedyShares(Float64Array.of(1, 3, 3), new Float64Array(3)) // [0, 0.5, 0.5]
 */
export const greedyShares = (scores: ArrayLike<number>, out: Float64Array): Float64Array => {
  let best = -Infinity;
  let ties = 0;
  for (let k = 0; k < out.length; k++) {
    const score = scores[k] as number;
    if (score > best) {
      best = score;
      ties = 1;
    } else if (score === best) ties++;
  }
  for (let k = 0; k < out.length; k++) out[k] = scores[k] === best ? 1 / ties : 0;
  return out;
};
