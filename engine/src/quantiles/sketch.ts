import { checkCount, checkFinite, checkProbability, engineError } from '../errors/index.ts';
import { type Buckets, createBuckets } from './buckets.ts';

/** A stored sketch: plain numbers, to be sent or kept. Bucket i of `positive` counts γ^(first + i - 1) < x <= γ^(first + i). */
export interface SketchState {
  readonly version: 1;
  readonly relativeError: number;
  readonly zeros: number;
  readonly min: number;
  readonly max: number;
  readonly positive: { readonly first: number; readonly counts: readonly number[] };
  readonly negative: { readonly first: number; readonly counts: readonly number[] };
}

/** A quantile with what is certain about it. */
export interface SketchQuantile {
  readonly value: number;
  /** The exact sample quantile lies in [low, high]. */
  readonly low: number;
  readonly high: number;
}

export interface QuantileSketch {
  readonly relativeError: number;
  /** @throws EngineError `nan`, `not_finite`, `negative_count` */
  readonly add: (value: number, count?: number) => void;
  /** Takes in another sketch with the same error. @throws EngineError `not_mergeable` */
  readonly merge: (other: SketchState) => void;
  readonly count: () => number;
  /**
   * The value of rank ⌈share · n⌉ (at least 1) of all values, 0 <= share <= 1; `undefined` when there are none.
   *
   * @throws EngineError `probability_out_of_range`
   */
  readonly quantile: (share: number) => SketchQuantile | undefined;
  /** How many values are certainly at most `value`, and how many may be. */
  readonly rank: (value: number) => { readonly atLeast: number; readonly atMost: number };
  readonly state: () => SketchState;
}

/** Up to this size a value is 0: the buckets' numbers stay small, and money never comes near. */
const SMALLEST = 1e-300;

/**
 * Quantiles of a stream in little memory: DDSketch (Masson, Rim, Lee, VLDB 2019, arXiv 1908.10693). Every quantile is within
 * `relativeError` of the true sample quantile, relative to its size, for certain and not only probably. Merging is exact: the
 * merged sketch is the same as that of all values together, in any order. About 20 ns a value; memory grows with the
 * logarithm of the range (1 %: 115 buckets per power of ten).
 *
 * @throws EngineError `out_of_range` unless 1e-5 <= relativeError <= 0.5
 * @example
 * const sketch = createQuantileSketch(0.01);
 * for (let i = 1; i <= 1000; i++) sketch.add(i);
 * sketch.quantile(0.5); // value within 1 % of 500
 */
export const createQuantileSketch = (relativeError = 0.01): QuantileSketch => {
  if (!(relativeError >= 1e-5 && relativeError <= 0.5))
    throw engineError(
      'out_of_range',
      `a sketch's relative error must be in [1e-5, 0.5], got ${relativeError}`,
    );
  const gamma = (1 + relativeError) / (1 - relativeError);
  const logGamma = Math.log1p((2 * relativeError) / (1 - relativeError));
  const positive = createBuckets();
  const negative = createBuckets();
  let zeros = 0;
  let min = Infinity;
  let max = -Infinity;

  /** The k with γ^(k-1) < size <= γ^k, up to rounding: the bounds below allow for it. */
  const bucketOf = (size: number): number => Math.ceil(Math.log(size) / logGamma);
  const upper = (bucket: number): number => Math.exp(bucket * logGamma);
  const clamp = (value: number): number => Math.min(max, Math.max(min, value));
  const found = (bucket: number, sign: 1 | -1): SketchQuantile => {
    const size = upper(bucket);
    // Beyond the edges by 1e-12: rounding may have put a value on an edge into the neighbour.
    const outer = clamp(sign * size * (1 + 1e-12));
    const inner = clamp(sign * (size / gamma) * (1 - 1e-12));
    return {
      value: clamp((sign * 2 * size) / (gamma + 1)),
      low: Math.min(inner, outer),
      high: Math.max(inner, outer),
    };
  };

  const count = (): number => negative.total() + zeros + positive.total();

  return {
    relativeError,
    count,
    add: (value, times = 1) => {
      checkFinite('a value', value);
      if (times !== 1 && checkCount('count', times) === 0) return;
      if (value < min) min = value;
      if (value > max) max = value;
      if (value > SMALLEST) positive.add(bucketOf(value), times);
      else if (value < -SMALLEST) negative.add(bucketOf(-value), times);
      else zeros += times;
    },
    merge: (other) => {
      if (other.version !== 1)
        throw engineError(
          'version_mismatch',
          `a sketch of version 1 cannot take in version ${String(other.version)}`,
        );
      if (other.relativeError !== relativeError) {
        throw engineError('not_mergeable', `errors differ: ${relativeError} and ${other.relativeError}`, {
          ours: relativeError,
          theirs: other.relativeError,
        });
      }
      addAll(positive, other.positive);
      addAll(negative, other.negative);
      zeros += other.zeros;
      min = Math.min(min, other.min);
      max = Math.max(max, other.max);
    },
    quantile: (share) => {
      checkProbability('share', share);
      const n = count();
      if (n === 0) return undefined;
      const rank = Math.max(1, Math.ceil(share * n));
      const below = negative.total();
      // Negative values in ascending order are their sizes in descending order.
      if (rank <= below) return found(negative.bucketAt(below - rank + 1), -1);
      if (rank <= below + zeros) return { value: 0, low: 0, high: 0 };
      return found(positive.bucketAt(rank - below - zeros), 1);
    },
    rank: (value) => {
      checkFinite('value', value);
      const size = Math.abs(value);
      if (size <= SMALLEST) {
        const certain = negative.total() + zeros;
        return { atLeast: certain, atMost: certain };
      }
      const bucket = bucketOf(size);
      if (value > 0) {
        const before = negative.total() + zeros;
        return {
          atLeast: before + positive.upTo(bucket - 2),
          atMost: before + positive.upTo(bucket + 1),
        };
      }
      const all = negative.total();
      return { atLeast: all - negative.upTo(bucket + 1), atMost: all - negative.upTo(bucket - 2) };
    },
    state: () => ({
      version: 1,
      relativeError,
      zeros,
      min,
      max,
      positive: positive.state(),
      negative: negative.state(),
    }),
  };
};

const addAll = (buckets: Buckets, from: SketchState['positive']): void => {
  from.counts.forEach((count, i) => {
    if (checkCount('a bucket', count) > 0) buckets.add(from.first + i, count);
  });
};
