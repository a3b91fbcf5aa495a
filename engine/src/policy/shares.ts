import { logistic } from '../special/index.ts';
import { epsilonGreedyShares } from './epsilon-greedy.ts';
import { greedyShares } from './greedy.ts';
import type { Rule } from './settings.ts';
import { squareCbShares } from './square-cb.ts';
import { thompsonNormalShares } from './thompson-normal.ts';

/** What is known about each allowed action, length K: mean and standard deviation of its score. */
export interface Beliefs {
  readonly means: Float64Array;
  readonly sds: Float64Array;
  /** Scores are logits: SquareCB, whose gaps are in units of reward, sees their probabilities. */
  readonly logits: boolean;
  /** Rounds learned so far, all actions together. */
  readonly rounds: number;
}

/**
 * The rule's probabilities over the allowed actions, before floor and cap, into `out`; returns how far they may be from the rule's own
 * (0 for all but Thompson sampling). O(K) (Thompson: see `thompsonNormalShares`).
 */
export const ruleShares = (
  rule: Rule,
  { means, sds, logits, rounds }: Beliefs,
  out: Float64Array,
): number => {
  switch (rule.kind) {
    case 'epsilon_greedy':
      epsilonGreedyShares({ scores: means, epsilon: rule.epsilon, out });
      return 0;
    case 'square_cb': {
      const gamma = rule.gamma * (rounds + 1) ** (rule.power ?? 0.5);
      squareCbShares({ scores: logits ? means.map(logistic) : means, gamma, out });
      return 0;
    }
    case 'lin_ucb':
      // `out` serves for the optimistic scores first.
      for (let k = 0; k < out.length; k++) out[k] = (means[k] as number) + rule.alpha * (sds[k] as number);
      greedyShares(out.slice(), out);
      return 0;
    case 'thompson': {
      const width = rule.width ?? 1;
      const { probabilities, bound } = thompsonNormalShares(
        means,
        width === 1 ? sds : sds.map((sd) => sd * width),
      );
      out.set(probabilities);
      return bound;
    }
  }
};
