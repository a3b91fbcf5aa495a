import { checkAllFinite, checkFinite, checkLength, engineError } from '../errors/index.ts';
import type { Watch } from '../fitting/index.ts';
import type { Matrix } from '../linear/index.ts';
import { designOf } from './design.ts';
import type { LinearModel, NoLinearAnswer } from './model.ts';
import { solveByNewton } from './newton.ts';

export interface LinearModelInput {
  /** n × columns; NaN is a missing value. */
  readonly features: Matrix;
  /** Length n; in [0, 1] for `logistic`. */
  readonly outcomes: ArrayLike<number>;
  readonly link: 'identity' | 'logistic';
  /** Length n, >= 0; 1 unless said. */
  readonly weights?: ArrayLike<number>;
  /** >= 0, on standardised features, against Σ weight × loss (1/C of scikit-learn); 1 unless said. Never on the intercept. */
  readonly penalty?: number;
}

export type LinearFit = LinearModel | NoLinearAnswer;

const checkFeatures = ({ values }: Matrix): void => {
  for (let i = 0; i < values.length; i++) {
    const x = values[i] as number;
    if (x === Infinity || x === -Infinity)
      throw engineError('not_finite', `features[${i}] is ${x}`, { index: i });
  }
};

const weightsFrom = (given: ArrayLike<number> | undefined, n: number): Float64Array => {
  if (!given) return new Float64Array(n).fill(1);
  checkLength('weights', given.length, n);
  checkAllFinite('weights', given);
  const weights = Float64Array.from(given);
  let total = 0;
  for (const w of weights) {
    if (w < 0) throw engineError('negative_weight', `a weight is below 0: ${w}`);
    total += w;
  }
  if (!(total > 0)) throw engineError('negative_weight', 'the weights sum to 0');
  return weights;
};

/**
 * Ridge regression (`identity`) or ridge-logistic regression (`logistic`), by Newton's steps to convergence (Hastie, Tibshirani and
 * Friedman, The Elements of Statistical Learning, 3.4.1 and 4.4.1). Features are standardised inside; missing values
 * count as the mean, with a flag of their own. O(n columns²) a step, under ten steps.
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`, `negative_weight`, `out_of_range`,
 * `probability_out_of_range` (logistic outcomes), `cancelled`
 * @example
 * const made = fitLinearModel({ features: matrixOf([[0], [1], [2], [3]]), outcomes: [0, 0, 1, 1], link: 'logistic' });
 * if (made.kind === 'linear') predictLinear(made, matrixOf([[1.5]])); // [0.5]
 */
export const fitLinearModel = (input: LinearModelInput, watch?: Watch): LinearFit => {
  const { features, link, penalty = 1 } = input;
  const n = features.rows;
  if (n === 0) throw engineError('empty_input', 'a model needs rows');
  checkLength('outcomes', input.outcomes.length, n);
  checkAllFinite('outcomes', input.outcomes);
  checkFeatures(features);
  if (!(checkFinite('penalty', penalty) >= 0))
    throw engineError('out_of_range', `penalty must be >= 0, got ${penalty}`);
  const weights = weightsFrom(input.weights, n);
  const outcomes = Float64Array.from(input.outcomes);
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < n; i++) {
    if (weights[i] === 0) continue;
    least = Math.min(least, outcomes[i] as number);
    most = Math.max(most, outcomes[i] as number);
  }
  if (link === 'logistic') {
    if (outcomes.some((y) => y < 0 || y > 1))
      throw engineError('probability_out_of_range', 'logistic outcomes must be in [0, 1]');
    if (least === most && (most === 0 || most === 1)) return { kind: 'no_answer', reason: 'one_outcome' };
  }
  // Around the middle, so that nothing cancels when outcomes are 1e12 and differ little.
  const shift = link === 'identity' ? least / 2 + most / 2 : 0;
  if (shift !== 0) for (let i = 0; i < n; i++) outcomes[i] = (outcomes[i] as number) - shift;
  const design = designOf(features, weights);
  const solved = solveByNewton({ design, outcomes, weights, link, penalty }, watch);
  if (solved.kind === 'no_answer') return solved;
  const coefficients = new Float64Array(features.columns);
  const standardErrors = new Float64Array(features.columns);
  const missing: { column: number; share: number; coefficient: number }[] = [];
  design.kept.forEach(({ column, flag, share, spread }, k) => {
    const slope = (solved.beta[k + 1] as number) / spread;
    if (flag) missing.push({ column, share, coefficient: slope });
    else {
      coefficients[column] = slope;
      standardErrors[column] = Math.sqrt(solved.variances[k + 1] as number) / spread;
    }
  });
  return {
    kind: 'linear',
    link,
    columns: features.columns,
    intercept: (solved.beta[0] as number) + shift,
    coefficients,
    standardErrors,
    centre: design.centre,
    missing,
    diagnostics: { rows: n, iterations: solved.iterations, effectiveDegrees: solved.effectiveDegrees },
  };
};
