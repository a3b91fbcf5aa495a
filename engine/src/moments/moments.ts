import { checkCount, checkFinite, engineError } from '../errors/index.ts';

/** What a set of numbers comes to: enough for means, variances and their intervals, and mergeable without loss. */
export interface Moments {
  /** How many values. */
  readonly n: number;
  readonly mean: number;
  /** Sum of squared deviations from the mean. */
  readonly m2: number;
}

export const NO_MOMENTS: Moments = { n: 0, mean: 0, m2: 0 };

/**
 * Two sets as one (Chan, Golub, LeVeque 1979, eq. 2.1): no cancellation, whatever the size of the sums. O(1).
 *
 * @example mergeMoments(momentsOf([1, 2]), momentsOf([3])) // { n: 3, mean: 2, m2: 2 }
 */
export const mergeMoments = (a: Moments, b: Moments): Moments => {
  if (a.n === 0) return b;
  if (b.n === 0) return a;
  const n = a.n + b.n;
  const delta = b.mean - a.mean;
  return {
    n,
    mean: a.mean + (delta * b.n) / n,
    m2: a.m2 + b.m2 + delta * delta * ((a.n * b.n) / n),
  };
};

/**
 * Moments of `n` values of which `ones` are 1 and the others 0.
 *
 * @throws EngineError `negative_count`, `count_above_total`
 */
export const momentsOfCounts = (n: number, ones: number): Moments => {
  checkCount('n', n);
  checkCount('ones', ones);
  if (ones > n) throw engineError('count_above_total', `${ones} ones among ${n} values`, { n, ones });
  return n === 0 ? NO_MOMENTS : { n, mean: ones / n, m2: (ones * (n - ones)) / n };
};

export interface MomentsCollector {
  /** @throws EngineError `nan`, `not_finite` */
  readonly add: (value: number) => void;
  /** The same value `count` times, in O(1). */
  readonly addRepeated: (value: number, count: number) => void;
  readonly merge: (other: Moments) => void;
  readonly result: () => Moments;
}

/**
 * Streaming moments (Welford 1962): one pass, constant memory, about 3 ns a value.
 *
 * @example
 * const spent = collectMoments();
 * for (const value of [10, 0, 25]) spent.add(value);
 * sampleVariance(spent.result()); // 158.33…
 */
export const collectMoments = (): MomentsCollector => {
  let n = 0;
  let mean = 0;
  let m2 = 0;
  const merge = (other: Moments): void => {
    ({ n, mean, m2 } = mergeMoments({ n, mean, m2 }, other));
  };
  return {
    add: (value) => {
      if (value - value !== 0) checkFinite('a value', value);
      n += 1;
      const delta = value - mean;
      mean += delta / n;
      m2 += delta * (value - mean);
    },
    addRepeated: (value, count) => {
      merge({ n: checkCount('count', count), mean: checkFinite('a value', value), m2: 0 });
    },
    merge,
    result: () => ({ n, mean, m2 }),
  };
};

/**
 * Moments of an array in one pass. O(n), no allocation per value.
 *
 * @throws EngineError `nan`, `not_finite`
 * @example momentsOf([1e12 + 1, 1e12 + 3]) // { n: 2, mean: 1e12 + 2, m2: 2 }: nothing cancels
 */
export const momentsOf = (values: ArrayLike<number>): Moments => {
  let mean = 0;
  let m2 = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value - value !== 0) checkFinite(`values[${i}]`, value);
    const delta = value - mean;
    mean += delta / (i + 1);
    m2 += delta * (value - mean);
  }
  return { n: values.length, mean, m2 };
};

/** Sample variance (divided by n - 1). @throws EngineError `too_few` for fewer than two values */
export const sampleVariance = (moments: Moments): number => {
  if (moments.n < 2)
    throw engineError('too_few', `a variance needs 2 values, got ${moments.n}`, { n: moments.n });
  return moments.m2 / (moments.n - 1);
};

/** Standard error of the mean. @throws EngineError `too_few` for fewer than two values */
export const standardErrorOfMean = (moments: Moments): number =>
  Math.sqrt(sampleVariance(moments) / moments.n);
