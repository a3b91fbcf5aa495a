import { checkProbability } from '../errors/index.ts';
import { greedyShares } from './greedy.ts';

/**
 * ε-greedy: with probability ε any of the K actions, else the best score (ties share). p = ε/K + (1 - ε)·greedy, exact.
 * O(K), no allocation.
 *
 * @throws EngineError `probability_out_of_range`, `nan`
 * @example epsilonGreedyShares({ scores: Float64Array.of(0.1, 0.3), epsilon: 0.1, out: new Float64Array(2) }) // [0.05, 0.95]
 */
export const epsilonGreedyShares = ({
  scores,
  epsilon,
  out,
}: {
  readonly scores: ArrayLike<number>;
  readonly epsilon: number;
  readonly out: Float64Array;
}): Float64Array => {
  checkProbability('epsilon', epsilon);
  greedyShares(scores, out);
  for (let k = 0; k < out.length; k++) out[k] = epsilon / out.length + (1 - epsilon) * (out[k] as number);
  return out;
};
