/**
 * The action at `point` in [0, 1) of the probabilities laid end to end: drawn with exactly the probabilities that were computed, to
 * the 2⁻⁵³ of the point itself. Never an action of probability 0. `p` sums to 1. O(K).
 *
 * @example drawAction(Float64Array.of(0.2, 0, 0.8), 0.2) // 2
 */
export const drawAction = (p: Float64Array, point: number): number => {
  let rest = point;
  let last = 0;
  for (let k = 0; k < p.length; k++) {
    const share = p[k] as number;
    if (share <= 0) continue;
    last = k;
    if (rest < share) return k;
    rest -= share;
  }
  return last;
};
