import { checkCount, checkFinite, engineError } from '../errors/index.ts';

/** What an arm's outcomes come to: one row per person. */
export interface Moments {
  /** People. */
  readonly n: number;
  readonly mean: number;
  /** Sum of squared deviations from the mean. */
  readonly m2: number;
  /** People whose outcome is not zero. */
  readonly nonZero: number;
}

export const NO_MOMENTS: Moments = { n: 0, mean: 0, m2: 0, nonZero: 0 };

/**
 * Two groups as one (Chan, Golub, LeVeque 1979): no cancellation, whatever the size of the sums.
 *
 * @example mergeMoments(momentsOf([1, 2]), momentsOf([0])) // { n: 3, mean: 1, m2: 2, nonZero: 2 }
 */
export const mergeMoments = (a: Moments, b: Moments): Moments => {
  const n = a.n + b.n;
  if (n === 0) return NO_MOMENTS;
  const delta = b.mean - a.mean;
  return {
    n,
    mean: a.mean + (delta * b.n) / n,
    m2: a.m2 + b.m2 + delta * delta * ((a.n * b.n) / n),
    nonZero: a.nonZero + b.nonZero,
  };
};

/**
 * Moments of `n` people of whom `nonZero` have outcome 1 and the others 0.
 *
 * @example momentsOfCounts(10, 4) // { n: 10, mean: 0.4, m2: 2.4, nonZero: 4 }
 */
export const momentsOfCounts = (n: number, nonZero: number): Moments => {
  if (checkCount('nonZero', nonZero) > checkCount('n', n))
    throw engineError('count_above_total', `momentsOfCounts: ${nonZero} outcomes of ${n} people`, {
      n,
      nonZero,
    });
  return n === 0 ? NO_MOMENTS : { n, mean: nonZero / n, m2: (nonZero * (n - nonZero)) / n, nonZero };
};

/**
 * Sample variance (divided by n - 1); 0 for fewer than two people.
 *
 * @example varianceOf(momentsOf([1, 2, 3])) // 1
 */
export const varianceOf = (moments: Moments): number => (moments.n < 2 ? 0 : moments.m2 / (moments.n - 1));

export interface MomentsCollector {
  readonly add: (value: number) => void;
  /** `count` people with the outcome 0, at once. */
  readonly addZeros: (count: number) => void;
  readonly result: () => Moments;
}

/**
 * Streaming moments (Welford 1962): one pass, constant memory.
 *
 * @throws EngineError `nan`, `not_finite` from `add`; `negative_count` from `addZeros`
 * @example
 * const spent = collectMoments();
 * spent.add(12.5);
 * spent.addZeros(19);
 * spent.result(); // { n: 20, mean: 0.625, … , nonZero: 1 }
 */
export const collectMoments = (): MomentsCollector => {
  let n = 0;
  let mean = 0;
  let m2 = 0;
  let nonZero = 0;
  return {
    add: (value) => {
      if (value - value !== 0) checkFinite('an outcome', value);
      n += 1;
      const delta = value - mean;
      mean += delta / n;
      m2 += delta * (value - mean);
      if (value !== 0) nonZero += 1;
    },
    addZeros: (count) => {
      const zeros = { n: checkCount('count', count), mean: 0, m2: 0, nonZero: 0 };
      const merged = mergeMoments({ n, mean, m2, nonZero }, zeros);
      ({ n, mean, m2 } = merged);
    },
    result: () => ({ n, mean, m2, nonZero }),
  };
};

/** Moments of one outcome per person. O(n). @throws EngineError `nan`, `not_finite` @example momentsOf([0, 3, 3]).nonZero // 2 */
export const momentsOf = (values: Iterable<number>): Moments => {
  const collector = collectMoments();
  for (const value of values) collector.add(value);
  return collector.result();
};
