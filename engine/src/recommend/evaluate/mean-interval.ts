import { studentQuantile } from '../../special/index.ts';

/** A mean over people, with its interval. */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Interval of the mean of values in [0, most], one per person: Wilson's score interval with the sample size that a binary
 * outcome would need for the variance seen, and Student's quantile (Korn and Graubard 1998, as for complex surveys). One
 * more value of the largest possible variance is assumed, so that equal values do not make it a point; no values say nothing: all of it.
 * It says how other people like these would fare under this model; the model's own training is taken as given. O(n).
 */
export const meanInterval = (
  values: Float64Array,
  { level, most = 1 }: { level: number; most?: number },
): MeanInterval => {
  const n = values.length;
  if (n === 0) return { mean: 0, low: 0, high: most };
  let sum = 0;
  for (let k = 0; k < n; k++) sum += (values[k] as number) / most;
  const mean = Math.min(1, Math.max(0, sum / n));
  let squares = mean * (1 - mean);
  for (let k = 0; k < n; k++) squares += ((values[k] as number) / most - mean) ** 2;
  const t = studentQuantile((1 + level) / 2, n);
  // Values that are all `most` but for rounding have a mean of 1, and no variance to speak of.
  const size = squares > 0 && mean < 1 ? (n * mean * (1 - mean)) / (squares / n) : n;
  const t2 = (t * t) / size;
  const centre = (mean + t2 / 2) / (1 + t2);
  const half = (t / (1 + t2)) * Math.sqrt((mean * (1 - mean)) / size + t2 / (4 * size));
  return {
    mean: most * mean,
    low: most * Math.max(0, centre - half),
    high: most * Math.min(1, centre + half),
  };
};

/** Interval of a mean difference between two values of each person, Student's. A single person has no spread: ±`most`. O(n). */
export const differenceInterval = (
  differences: Float64Array,
  { level, most = 1 }: { level: number; most?: number },
): MeanInterval => {
  const n = differences.length;
  if (n === 0) return { mean: 0, low: -most, high: most };
  const mean = differences.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { mean, low: -most, high: most };
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = studentQuantile((1 + level) / 2, n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { mean, low: Math.max(-most, mean - half), high: Math.min(most, mean + half) };
};
