import { checkCount, checkLevel, engineError } from '../errors/index.ts';
import { sampleQuantile } from '../quantiles/index.ts';
import type { Random } from '../random/index.ts';
import type { Confusion } from './confusion.ts';
import { disparityOf } from './disparity.ts';
import type { Metric } from './rates.ts';

export interface BootstrapOptions {
  readonly random: Random;
  /** Default 1,000. */
  readonly resamples?: number;
  readonly confidence?: number;
}

export interface BootstrapInterval {
  /** Percentile intervals of max - min and of min / max; null where fewer than half of the resamples had one. */
  readonly difference: readonly [low: number, high: number] | null;
  readonly ratio: readonly [low: number, high: number] | null;
  /** Resamples in which the figure existed. */
  readonly usable: number;
}

const intervalOf = (
  values: readonly number[],
  resamples: number,
  confidence: number,
): readonly [number, number] | null => {
  if (values.length < resamples / 2) return null;
  const sorted = Float64Array.from(values).toSorted();
  const tail = (1 - confidence) / 2;
  return [sampleQuantile(sorted, tail, { sorted: true }), sampleQuantile(sorted, 1 - tail, { sorted: true })];
};

/**
 * Bootstrap over people of the extremes between groups. Each person counts Poisson(1) times (Hanley and MacGibbon 2006), so a cell of c
 * people counts Poisson(c) times: O(resamples × groups), whatever the number of people. A group without the rate in a
 * resample is left out of that one. With many equal groups the extremes of resamples are larger than the truth: alarms
 * rest on `compareGroups`, which has no such bias.
 *
 * @throws EngineError `empty_input`, `negative_count`, `probability_out_of_range`, `out_of_range`
 * @example bootstrapDisparity('selection', groups, { random: createRandom(1) }).ratio // [0.52, 0.69]
 */
export const bootstrapDisparity = (
  metric: Metric,
  groups: readonly Confusion[],
  { random, resamples = 1000, confidence = 0.95 }: BootstrapOptions,
): BootstrapInterval => {
  checkLevel('confidence', confidence);
  if (checkCount('resamples', resamples) < 2)
    throw engineError('out_of_range', 'resamples must be at least 2', { resamples });
  const differences: number[] = [];
  const ratios: number[] = [];
  const again = (count: number): number => (count === 0 ? 0 : random.poisson(count));
  for (let i = 0; i < resamples; i++) {
    const drawn = groups.map(({ tp, fp, fn, tn }) => ({
      tp: again(tp),
      fp: again(fp),
      fn: again(fn),
      tn: again(tn),
    }));
    const { difference, ratio } = disparityOf(metric, drawn, 'leave_out');
    if (difference !== null) differences.push(difference);
    if (ratio !== null) ratios.push(ratio);
  }
  return {
    difference: intervalOf(differences, resamples, confidence),
    ratio: intervalOf(ratios, resamples, confidence),
    usable: differences.length,
  };
};
