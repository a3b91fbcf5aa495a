import { checkLength, checkPositive, engineError } from '../errors/index.ts';
import { meanOf } from './mean.ts';

/**
 * How the value of a policy is read from the log of another one.
 *
 * - `ips` mean of w r (Horvitz and Thompson 1952) · `snips` Σ w r/Σ w (Swaminathan and Joachims 2015)
 * - `clipped` with min(w, M): another, lower estimand · `dm` the reward model alone
 * - `dr` the model plus w times its error (Dudík, Langford, Li 2011) · `sndr` the same, weights divided by their mean
 * - `clipped_dr` · `switch_dr` the error only where w <= τ (Wang, Agarwal, Dudík 2017)
 * - `dr_os` with w' = λ w/(w² + λ) (Su, Dimakopoulou, Krishnamurthy, Dudík 2020)
 */
export type Method =
  | { readonly kind: 'ips' | 'snips' | 'dm' | 'dr' | 'sndr' }
  | { readonly kind: 'clipped' | 'clipped_dr'; readonly most: number }
  | { readonly kind: 'switch_dr'; readonly tau: number }
  | { readonly kind: 'dr_os'; readonly lambda: number };

/** Columns over the used rows, all of length n. */
export interface Terms {
  readonly weights: Float64Array;
  readonly rewards: Float64Array;
  /** Σ_k π_k q_k: the model's reward under the target. Needed by all but ips, snips, clipped. */
  readonly expected?: Float64Array;
  /** q of the logged action. */
  readonly predicted?: Float64Array;
}

/** A value, and the influence of each row: their mean is the value, their spread its error. */
export interface Scored {
  readonly value: number;
  readonly influence: Float64Array;
}

const weightIn = (method: Method, w: number): number => {
  switch (method.kind) {
    case 'clipped':
    case 'clipped_dr':
      return Math.min(w, method.most);
    case 'switch_dr':
      return w <= method.tau ? w : 0;
    case 'dr_os':
      return method.lambda === 0 ? 0 : (method.lambda * w) / (w * w + method.lambda);
    default:
      return w;
  }
};

const checkMethod = (method: Method): void => {
  if (method.kind === 'clipped' || method.kind === 'clipped_dr') checkPositive('most', method.most);
  if (method.kind === 'switch_dr') checkPositive('tau', method.tau);
  if (method.kind === 'dr_os' && !(method.lambda >= 0))
    throw engineError('out_of_range', `lambda must be >= 0, got ${method.lambda}`);
};

/**
 * The estimate of one method. Ratios (`snips`, `sndr`) are linearised for their influence (delta method). O(n).
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `out_of_range` (a model is missing), `negative_weight` (all weights 0 in a ratio)
 * @example
 * scoreMethod({ kind: 'ips' }, { weights: Float64Array.of(2, 0), rewards: Float64Array.of(1, 1) }).value // 1
 */
export const scoreMethod = (method: Method, terms: Terms): Scored => {
  checkMethod(method);
  const { weights, rewards, expected, predicted } = terms;
  const n = weights.length;
  if (n === 0) throw engineError('empty_input', 'there are no rows to evaluate');
  checkLength('rewards', rewards.length, n);
  const needsModel = method.kind !== 'ips' && method.kind !== 'snips' && method.kind !== 'clipped';
  if (needsModel && !(expected && predicted))
    throw engineError('out_of_range', `${method.kind} needs a reward model's predictions`);
  const base = needsModel && expected ? expected : new Float64Array(n);
  const known = needsModel && predicted ? predicted : new Float64Array(n);
  checkLength('expected', base.length, n);
  checkLength('predicted', known.length, n);
  const influence = new Float64Array(n);
  if (method.kind === 'dm') {
    influence.set(base);
    return { value: meanOf(influence), influence };
  }
  if (method.kind === 'snips' || method.kind === 'sndr') {
    const mean = meanOf(weights);
    if (!(mean > 0)) throw engineError('negative_weight', 'every weight is 0');
    for (let i = 0; i < n; i++)
      influence[i] = (weights[i] as number) * ((rewards[i] as number) - (known[i] as number));
    const ratio = meanOf(influence) / mean;
    for (let i = 0; i < n; i++) {
      const w = weights[i] as number;
      const error = (rewards[i] as number) - (known[i] as number);
      influence[i] = (base[i] as number) + ratio + (w * (error - ratio)) / mean;
    }
    return { value: meanOf(base) + ratio, influence };
  }
  for (let i = 0; i < n; i++) {
    const w = weightIn(method, weights[i] as number);
    influence[i] = (base[i] as number) + w * ((rewards[i] as number) - (known[i] as number));
  }
  return { value: meanOf(influence), influence };
};
