import { checkFinite, engineError } from '../errors/index.ts';

/**
 * Inverse gap weighting (Abe and Long 1999; SquareCB, Foster and Rakhlin, ICML 2020, algorithm 1): the best action b aside,
 * p_k = 1/(K + γ (ŷ_b - ŷ_k)); b takes the rest, never less than 1/K. Among equal best scores the first is b: as its gap is 0, the
 * others then have 1/K, and so does b if all are equal. Exact. `scores` in units of reward, γ >= 0 in 1/reward. O(K).
 *
 * @throws EngineError `out_of_range`, `nan`, `not_finite`
 * @example squareCbShares({ scores: Float64Array.of(0.5, 0.1), gamma: 20, out: new Float64Array(2) }) // [0.9, 0.1]
 */
export const squareCbShares = ({
  scores,
  gamma,
  out,
}: {
  readonly scores: ArrayLike<number>;
  readonly gamma: number;
  readonly out: Float64Array;
}): Float64Array => {
  if (!(checkFinite('gamma', gamma) >= 0))
    throw engineError('out_of_range', `gamma must be >= 0, got ${gamma}`, { gamma });
  const n = out.length;
  let best = 0;
  for (let k = 1; k < n; k++) if ((scores[k] as number) > (scores[best] as number)) best = k;
  let rest = 0;
  for (let k = 0; k < n; k++) {
    if (k === best) continue;
    const p = 1 / (n + gamma * ((scores[best] as number) - (scores[k] as number)));
    out[k] = p;
    rest += p;
  }
  out[best] = 1 - rest;
  return out;
};
