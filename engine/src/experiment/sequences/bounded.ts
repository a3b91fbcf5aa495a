import { checkLevel, engineError } from '../../errors/index.ts';

/** Outcomes that cannot leave a known range, fixed before looking. */
export interface BoundedInput {
  /** In order of arrival. */
  readonly values: ArrayLike<number>;
  /** Default [0, 1]. */
  readonly range?: readonly [low: number, high: number];
  /** Error over all looks together, both sides. */
  readonly alpha: number;
}

/** One interval per observation (after 1, 2, … n); intersect them as one likes: they hold together. */
export interface IntervalPath {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Values moved to [0, 1]. @throws EngineError `out_of_range`, `nan`, `empty_input`, `probability_out_of_range` */
export const toUnit = (input: BoundedInput): Float64Array => {
  checkLevel('alpha', input.alpha);
  const [low, high] = input.range ?? [0, 1];
  if (!(low < high)) throw engineError('out_of_range', `range must rise, got ${low} to ${high}`);
  if (input.values.length === 0) throw engineError('empty_input', 'no values');
  return Float64Array.from(input.values, (value, i) => {
    if (Number.isNaN(value)) throw engineError('nan', `values[${i}] is NaN`);
    if (!(value >= low && value <= high))
      throw engineError('out_of_range', `values[${i}] = ${value} is outside ${low} to ${high}`, { index: i });
    return (value - low) / (high - low);
  });
};

export const fromUnit = (path: IntervalPath, range: readonly [number, number] | undefined): IntervalPath => {
  const [low, high] = range ?? [0, 1];
  const back = (x: number): number => low + (high - low) * x;
  return { low: path.low.map(back), high: path.high.map(back) };
};

export const mirrored = (values: Float64Array): Float64Array => values.map((value) => 1 - value);

/**
 * The tightest interval so far at each time: allowed, because all of them hold at once.
 *
 * @example runningIntersection({ low: Float64Array.of(0, 0.3, 0.2), high: Float64Array.of(1, 0.8, 0.9) }).low // [0, 0.3, 0.3]
 */
export const runningIntersection = (path: IntervalPath): IntervalPath => {
  const low = path.low.slice();
  const high = path.high.slice();
  for (let i = 1; i < low.length; i++) {
    low[i] = Math.max(low[i] as number, low[i - 1] as number);
    high[i] = Math.min(high[i] as number, high[i - 1] as number);
  }
  return { low, high };
};
