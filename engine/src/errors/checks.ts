import { engineError } from './engine-error.ts';

/** Throws `nan` or `not_finite` unless `value` is a finite number; returns it. */
export const checkFinite = (name: string, value: number): number => {
  if (Number.isNaN(value)) throw engineError('nan', `${name} is NaN`, { name });
  if (!Number.isFinite(value))
    throw engineError('not_finite', `${name} must be finite, got ${value}`, { name, value });
  return value;
};

/** Throws `nan` or `not_finite` at the first value that is not finite. O(n), no allocation. */
export const checkAllFinite = (name: string, values: ArrayLike<number>): void => {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value - value !== 0) checkFinite(`${name}[${i}]`, value);
  }
};

/** Throws `nan`, `not_finite` or `out_of_range` unless `value` is finite and > 0; returns it. */
export const checkPositive = (name: string, value: number): number => {
  if (checkFinite(name, value) > 0) return value;
  throw engineError('out_of_range', `${name} must be > 0, got ${value}`, { name, value });
};

/** Throws `nan`, `not_finite` or `negative_count` unless `value` is a whole number >= 0; returns it. */
export const checkCount = (name: string, value: number): number => {
  if (checkFinite(name, value) >= 0 && Number.isInteger(value)) return value;
  throw engineError('negative_count', `${name} must be a whole number >= 0, got ${value}`, { name, value });
};

/** Throws `nan` or `probability_out_of_range` unless `value` is in [0, 1]; returns it. */
export const checkProbability = (name: string, value: number): number => {
  if (value >= 0 && value <= 1) return value;
  if (Number.isNaN(value)) throw engineError('nan', `${name} is NaN`, { name });
  throw engineError('probability_out_of_range', `${name} must be in [0, 1], got ${value}`, { name, value });
};

/** Throws `nan` or `probability_out_of_range` unless `value` is in (0, 1), as an error level must be; returns it. */
export const checkLevel = (name: string, value: number): number => {
  if (value > 0 && value < 1) return value;
  if (Number.isNaN(value)) throw engineError('nan', `${name} is NaN`, { name });
  throw engineError('probability_out_of_range', `${name} must be in (0, 1), got ${value}`, { name, value });
};

/** Throws `nan` or `propensity_out_of_range` unless `value` is in (0, 1]; returns it. */
export const checkPropensity = (name: string, value: number): number => {
  if (value > 0 && value <= 1) return value;
  if (Number.isNaN(value)) throw engineError('nan', `${name} is NaN`, { name });
  throw engineError('propensity_out_of_range', `${name} must be in (0, 1], got ${value}`, { name, value });
};

/** Throws `negative_weight` or `weights_do_not_sum` unless the shares are >= 0 and sum to 1 within `1e-9`. */
export const checkShares = (name: string, shares: ArrayLike<number>): void => {
  let sum = 0;
  for (let i = 0; i < shares.length; i++) {
    const share = checkFinite(`${name}[${i}]`, shares[i] as number);
    if (share < 0)
      throw engineError('negative_weight', `${name}[${i}] is below 0: ${share}`, { name, index: i });
    sum += share;
  }
  if (Math.abs(sum - 1) > 1e-9)
    throw engineError('weights_do_not_sum', `${name} must sum to 1, got ${sum}`, { name, sum });
};

/** Throws `length_mismatch` unless `found` is `expected`. */
export const checkLength = (name: string, found: number, expected: number): void => {
  if (found !== expected) {
    throw engineError('length_mismatch', `${name} must have length ${expected}, got ${found}`, {
      name,
      found,
      expected,
    });
  }
};
