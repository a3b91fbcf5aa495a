import { checkLength, checkPositive } from '../errors/index.ts';
import { incompleteBeta } from '../special/index.ts';
import { type BestOf, bestOf } from './best-of.ts';

/** Points around each mean, and towards 0 and 1 where a flat or U-shaped prior keeps its mass. */
const nodesOf = (alphas: Float64Array, betas: Float64Array, stride: number): Float64Array => {
  const nodes = new Set<number>();
  let from = 0;
  for (let k = 0; k < alphas.length; k++) {
    const n = (alphas[k] as number) + (betas[k] as number);
    const mean = (alphas[k] as number) / n;
    const sd = Math.sqrt((mean * (1 - mean)) / (n + 1));
    from = Math.max(from, mean - 12 * sd);
    for (let t = -8; t <= 10; t += stride) nodes.add(mean + t * sd);
    if (n < 20) {
      for (let i = 1; i < 64; i++) nodes.add(i / 64);
      for (let i = 7; i < 40; i += 2) nodes.add(2 ** -i).add(1 - 2 ** -i);
    }
  }
  return Float64Array.from([...nodes].filter((z) => z > from && z < 1)).sort();
};

/**
 * Thompson sampling's probabilities for shares of success: P(k has the highest of independent Beta(alpha_k, beta_k)). `alphas`, `betas` > 0,
 * length K. `stride` in sds between nodes; `bound` in the answer is proven. O(18/stride × K²) incomplete beta functions: some ms for
 * 10 actions, so keep the answer until the next reward.
 *
 * @throws EngineError `length_mismatch`, `out_of_range`, `nan`, `not_finite`, `no_actions`
 * @example thompsonBetaShares(Float64Array.of(2, 1), Float64Array.of(1, 2)).probabilities // [5/6, 1/6]
 */
export const thompsonBetaShares = (alphas: Float64Array, betas: Float64Array, stride = 0.5): BestOf => {
  checkLength('betas', betas.length, alphas.length);
  for (let k = 0; k < alphas.length; k++) {
    checkPositive(`alphas[${k}]`, alphas[k] as number);
    checkPositive(`betas[${k}]`, betas[k] as number);
  }
  return bestOf({
    count: alphas.length,
    cdf: (k, z) => incompleteBeta(z, alphas[k] as number, betas[k] as number),
    nodes: nodesOf(alphas, betas, stride),
  });
};
