import { engineError } from '../errors/index.ts';

/**
 * ln Σ exp(v), safe from overflow and underflow; -Infinity for no values. O(n), no allocation.
 *
 * @throws EngineError `nan` when a value is NaN
 * @example logSumExp([-1000, -1000]) // -999.3068528194400
 */
export const logSumExp = (values: ArrayLike<number>): number => {
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) throw engineError('nan', `logSumExp: value ${i} is NaN`, { index: i });
    if (value > max) max = value;
  }
  if (max === -Infinity || max === Infinity) return max;
  let rest = 0;
  let seen = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    // The largest term is exactly 1: kept apart, so that tiny other terms survive in log1p.
    if (value === max && !seen) seen = true;
    else rest += Math.exp(value - max);
  }
  return max + Math.log1p(rest);
};

/** ln(e^a + e^b). @example logAddExp(0, 0) // ln 2 */
export const logAddExp = (a: number, b: number): number => {
  if (a === b) return a + Math.LN2;
  const max = Math.max(a, b);
  return max + Math.log1p(Math.exp(Math.min(a, b) - max));
};

/**
 * ln(e^a - e^b), a >= b; -Infinity when they are equal. Relative accuracy is that of a - b.
 *
 * @throws EngineError `out_of_range` when a < b
 */
export const logSubtractExp = (a: number, b: number): number => {
  if (!(a >= b)) throw engineError('out_of_range', `logSubtractExp: need a >= b, got ${a}, ${b}`);
  return a === b ? -Infinity : a + log1mExp(b - a);
};

/** ln(1 - e^x) for x <= 0 (Mächler 2012: the better of two forms on each side of -ln 2). */
export const log1mExp = (x: number): number =>
  x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));

/** ln(1 + e^x) without overflow: the loss of a logistic model. */
export const log1pExp = (x: number): number =>
  x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));

/** 1/(1 + e^-x), accurate in both tails. */
export const logistic = (x: number): number => {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
};

/** ln(p/(1 - p)); ±Infinity at 1 and 0. @throws EngineError `probability_out_of_range` */
export const logit = (p: number): number => {
  if (!(p >= 0 && p <= 1))
    throw engineError('probability_out_of_range', `logit: p must be in [0, 1], got ${p}`);
  return Math.log(p) - Math.log1p(-p);
};

/** Writes exp(v)/Σ exp(v) into `out` (which may be `scores`); shapes are equal. O(n), no allocation. */
export const softmaxInto = (scores: ArrayLike<number>, out: Float64Array): Float64Array => {
  const total = logSumExp(scores);
  for (let i = 0; i < out.length; i++) out[i] = Math.exp((scores[i] as number) - total);
  return out;
};
