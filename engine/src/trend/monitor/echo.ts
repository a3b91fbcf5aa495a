import type { Expectation } from './baseline.ts';
import type { TrendMonitor } from './monitor.ts';

/** Sums kept: products of errors one bucket apart and their weights, and the same two buckets apart. */
export const ECHO_SUMS = 4;
/** Chosen on generated worlds, other seeds than those of the tables, with `LEAST_ECHO`: drifts are found as before where nothing swings. */
const ECHO_PRIOR = 84;
/** Below this share of a mean's square, errors of neighbouring buckets are taken for independent. */
const LEAST_ECHO = 0.02;
const KEEP_LEAST = 0.2;
const KEEP_MOST = 0.95;
/** Of a group that has seen nothing. */
const GROUP_PRIOR = 14;
/** Standard deviations beyond which an error is cut. */
const CUT = 4;

/** Swings that come back by themselves: an autoregression of first order of the relative error. */
export interface Swing {
  /** Share that is left after one bucket; 0 where neighbouring buckets are independent. */
  keep: number;
  /** Variance of the swings, relative to the mean's square. */
  variance: number;
}

/** Covariances of relative errors one and two buckets apart, of a group. */
export const groupEchoOf = ({ groupEcho }: TrendMonitor, group: number, lag: 0 | 1): number => {
  const at = ECHO_SUMS * group + 2 * lag;
  return Math.max(0, (groupEcho[at] as number) / ((groupEcho[at + 1] as number) + GROUP_PRIOR));
};

/**
 * Swings by moments: of an AR(1) beneath counting noise, the covariance two buckets apart over that of one apart is the coefficient
 * (noise has none of either), and so its variance. Both shrunk to the group's, at least a quarter of them. O(1).
 */
export const swingInto = (
  { echo }: TrendMonitor,
  series: number,
  { one, two, out }: { readonly one: number; readonly two: number; readonly out: Swing },
): void => {
  const at = ECHO_SUMS * series;
  const near = Math.max(
    ((echo[at] as number) + ECHO_PRIOR * one) / ((echo[at + 1] as number) + ECHO_PRIOR),
    0.25 * one,
  );
  out.keep = 0;
  out.variance = 0;
  if (near <= LEAST_ECHO) return;
  const far = Math.max(
    ((echo[at + 2] as number) + ECHO_PRIOR * two) / ((echo[at + 3] as number) + ECHO_PRIOR),
    0.25 * two,
  );
  // Of short series the own ratio is mostly noise, and too small a one lets swings pass for changes.
  out.keep = Math.min(KEEP_MOST, Math.max(KEEP_LEAST, far / near, one > 0 ? two / one : 0));
  out.variance = near / out.keep;
};

/** An error for its products: cut, and on a scale on which small means do not speak louder than they know. */
export const errorOf = (count: number, mean: number, dispersion: number): number => {
  const limit = CUT * Math.sqrt(mean + dispersion * mean * mean) + 1;
  const off = count - mean;
  return (off > limit ? limit : off < -limit ? -limit : off) / (1 + mean);
};

/** Takes in the product of two errors `lag` + 1 buckets apart; means are those they were errors of. O(1). */
export const learnEcho = (
  { echo }: TrendMonitor,
  at: number,
  { product, weight, keep }: { readonly product: number; readonly weight: number; readonly keep: number },
): void => {
  echo[at] = keep * (echo[at] as number) + product;
  echo[at + 1] = keep * (echo[at + 1] as number) + weight;
};

/** What the swing of the last bucket leaves for this one; `fresh` where it was not counted. Written into `law`. O(1). */
export const foresee = (
  { swing }: TrendMonitor,
  series: number,
  { law, fresh }: { readonly law: Expectation; readonly fresh: boolean },
): void => {
  law.likely = law.mean;
  law.likelySize = law.size;
  if (law.keep === 0) return;
  const x = fresh ? 0 : law.keep * (swing[2 * series] as number);
  const variance = fresh
    ? law.variance
    : law.keep ** 2 * (swing[2 * series + 1] as number) + law.variance * (1 - law.keep ** 2);
  const share = Math.max(0.1, 1 + x);
  law.likely = law.mean * share;
  law.likelySize = 1 / (law.noise + variance / share ** 2);
};

/** Kalman's step: how far the series swings now, by one more count. O(1). */
export const swingOn = (
  { swing }: TrendMonitor,
  series: number,
  { law, count }: { readonly law: Expectation; readonly count: number },
): void => {
  if (law.keep === 0) {
    swing[2 * series] = 0;
    swing[2 * series + 1] = 0;
    return;
  }
  const share = law.likely / law.mean;
  const variance = (1 / law.likelySize - law.noise) * share ** 2;
  const noise = share / law.mean + law.noise * share ** 2;
  const gain = variance / (variance + noise);
  const limit = CUT * Math.sqrt(variance + noise);
  const off = Math.min(limit, Math.max(-limit, count / law.mean - share));
  swing[2 * series] = share - 1 + gain * off;
  swing[2 * series + 1] = (1 - gain) * variance;
};
