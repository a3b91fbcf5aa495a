import { checkFinite, checkLength, engineError } from '../errors/index.ts';

/** The elements of a context that are not 0: found once, used for every action. */
export interface Support {
  count: number;
  readonly index: Int32Array;
  readonly value: Float64Array;
  /** Filled by `pairUp`: places in a packed lower triangle, and x_i x_j there (twice that off the diagonal). */
  pairs: number;
  pairAt: Int32Array;
  pairValue: Float64Array;
}

/**
 * Room for contexts of `features` numbers. O(d).
 *
 * @example fillSupport(createSupport(3), Float64Array.of(1, 0, 2)).count // 2
 */
export const createSupport = (features: number): Support => ({
  count: 0,
  index: new Int32Array(features),
  value: new Float64Array(features),
  pairs: 0,
  pairAt: new Int32Array(0),
  pairValue: new Float64Array(0),
});

const LARGEST = 1e100;

const tooLarge = (name: string, value: number): never => {
  checkFinite(name, value);
  throw engineError('out_of_range', `${name} must be within ±1e100, got ${value}`, { name, value });
};

/**
 * Finds what is not 0 in a context of length d. O(d), no allocation.
 *
 * @throws EngineError `length_mismatch`, `nan`, `not_finite`, `out_of_range` (beyond ±1e100)
 * @example fillSupport(createSupport(3), Float64Array.of(1, 0, 2)).index // [0, 2, …]
 */
export const fillSupport = (support: Support, context: Float64Array): Support => {
  checkLength('the context', context.length, support.index.length);
  let count = 0;
  for (let i = 0; i < context.length; i++) {
    const value = context[i] as number;
    // Squares of more than this leave no room for sums of them.
    if (!(value < LARGEST && value > -LARGEST)) tooLarge(`context[${i}]`, value);
    if (value === 0) continue;
    support.index[count] = i;
    support.value[count] = value;
    count++;
  }
  support.count = count;
  support.pairs = 0;
  return support;
};

/** Lays out x xᵀ as the dot product that xᵀ A x is on a packed symmetric A: once for all actions. O(z²/2), allocates only to grow. */
export const pairUp = (support: Support): Support => {
  const { count, index, value } = support;
  const pairs = (count * (count + 1)) / 2;
  if (support.pairs === pairs) return support;
  if (support.pairAt.length < pairs) {
    support.pairAt = new Int32Array(pairs);
    support.pairValue = new Float64Array(pairs);
  }
  const { pairAt, pairValue } = support;
  let at = 0;
  for (let i = 0; i < count; i++) {
    const row = index[i] as number;
    const start = (row * (row + 1)) / 2;
    const x = value[i] as number;
    for (let j = 0; j < i; j++, at++) {
      pairAt[at] = start + (index[j] as number);
      pairValue[at] = 2 * x * (value[j] as number);
    }
    pairAt[at] = start + row;
    pairValue[at] = x * x;
    at++;
  }
  support.pairs = pairs;
  return support;
};

/** Σ of packed A times the pairs, that is xᵀ A x; four accumulators. O(z²/2), no allocation. */
export const formOf = (packed: Float64Array, support: Support): number => {
  const { pairs, pairAt, pairValue } = pairUp(support);
  const whole = pairs & ~3;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let rest = 0;
  if (pairs === packed.length) {
    for (let p = 0; p < whole; p += 4) {
      s0 += (packed[p] as number) * (pairValue[p] as number);
      s1 += (packed[p + 1] as number) * (pairValue[p + 1] as number);
      s2 += (packed[p + 2] as number) * (pairValue[p + 2] as number);
      s3 += (packed[p + 3] as number) * (pairValue[p + 3] as number);
    }
    for (let p = whole; p < pairs; p++) rest += (packed[p] as number) * (pairValue[p] as number);
    return s0 + s1 + (s2 + s3) + rest;
  }
  for (let p = 0; p < whole; p += 4) {
    s0 += (packed[pairAt[p] as number] as number) * (pairValue[p] as number);
    s1 += (packed[pairAt[p + 1] as number] as number) * (pairValue[p + 1] as number);
    s2 += (packed[pairAt[p + 2] as number] as number) * (pairValue[p + 2] as number);
    s3 += (packed[pairAt[p + 3] as number] as number) * (pairValue[p + 3] as number);
  }
  for (let p = whole; p < pairs; p++)
    rest += (packed[pairAt[p] as number] as number) * (pairValue[p] as number);
  return s0 + s1 + (s2 + s3) + rest;
};
