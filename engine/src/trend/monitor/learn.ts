import type { Expectation } from './baseline.ts';
import { ECHO_SUMS, errorOf, learnEcho } from './echo.ts';
import { rowOf, type TrendMonitor } from './monitor.ts';

/** Places of the season are remembered for this many rounds (weeks). */
const SEASON_ROUNDS = 26;
/** Errors beyond this many standard deviations are cut: a level is not moved by one bulk order (Gelper, Fried and Croux 2010). */
const LEVEL_CUT = 3;
const SPREAD_CUT = 4;

/** Discounts of one bucket. */
export interface Discounts {
  readonly level: number;
  readonly season: number;
  /** Dispersion and zeros change more slowly than the level. */
  readonly spread: number;
}

export const discountsOf = (memory: number): Discounts => ({
  level: 1 - 1 / (memory + 1),
  season: 1 - 1 / SEASON_ROUNDS,
  spread: 1 - 1 / (2 * memory + 1),
});

/** One bucket of one series. */
export interface Step {
  readonly count: number;
  readonly slot: number;
  readonly exposure: number;
  readonly law: Expectation;
  /** Chance of a zero of the count's own: `noneOf(law)`. */
  readonly none: number;
  readonly discounts: Discounts;
}

/** Chance that the negative binomial part gives nothing. */
export const noneOf = ({ mean, size }: Expectation): number =>
  Math.exp(-size * Math.log((mean + size) / size));

/** Zeros are learned also while a series is suspect: a shop that is closed now and then shall not be a signal each time. O(1). */
export const learnZeros = (
  { zeros }: TrendMonitor,
  series: number,
  { count, none, discounts }: Step,
): void => {
  const two = 2 * series;
  zeros[two] = discounts.spread * (zeros[two] as number) + (count === 0 ? 1 : 0) - none;
  zeros[two + 1] = discounts.spread * (zeros[two + 1] as number) + 1 - none;
};

/** Takes one usual bucket into a series' level, season and dispersion. O(1). */
export const learn = (
  monitor: TrendMonitor,
  series: number,
  { count, slot, exposure, law, none, discounts }: Step,
): void => {
  const { level, season, spread, settings } = monitor;
  const { mean, size } = law;
  // A zero that is not the count's own (out of stock) says nothing about the level: it weighs as much as it is one's own.
  const weight = count === 0 && law.zeros > 0 ? 1 - law.zeros / (law.zeros + (1 - law.zeros) * none) : 1;
  const deviation = Math.sqrt(mean + (mean * mean) / size);
  const high = mean + LEVEL_CUT * deviation + 1;
  const low = mean - LEVEL_CUT * deviation;
  const cut = count > high ? high : count < low ? low : count;
  const two = 2 * series;
  const rate = (level[two] as number) / (level[two + 1] as number);
  // What weighs nothing makes nothing forgotten either.
  const keepLevel = 1 - weight * (1 - discounts.level);
  const keepSeason = 1 - weight * (1 - discounts.season);
  const keepSpread = 1 - weight * (1 - discounts.spread);
  level[two] = keepLevel * (level[two] as number) + weight * cut;
  level[two + 1] = keepLevel * (level[two + 1] as number) + weight * law.factor;
  const cell = 2 * (series * settings.slots + slot);
  season[cell] = keepSeason * (season[cell] as number) + weight * cut;
  season[cell + 1] = keepSeason * (season[cell + 1] as number) + weight * rate * exposure;
  const off = Math.min(Math.abs(count - mean), SPREAD_CUT * deviation + 1);
  const scale = weight / (1 + mean) ** 2;
  spread[two] = keepSpread * (spread[two] as number) + scale * (off * off - mean);
  spread[two + 1] = keepSpread * (spread[two + 1] as number) + scale * mean * mean;
};

/**
 * Takes in how the errors of a judged bucket go with those of the two before it. With `spread` also the error itself: for buckets that
 * were not learned when they were counted, since something looked changed, and came back by itself. O(1).
 */
export const learnNeighbours = (
  monitor: TrendMonitor,
  series: number,
  {
    bucket,
    size,
    keep,
    late,
  }: { readonly bucket: number; readonly size: number; readonly keep: number; readonly late: boolean },
): void => {
  const { recentCount, recentMean, recentBucket, settings, spread } = monitor;
  const at = rowOf(monitor, bucket) + series;
  const mean = recentMean[at] as number;
  const count = recentCount[at] as number;
  if (!(mean > 0) || recentBucket[3 * (bucket % settings.window) + 1] !== 0) return;
  const error = errorOf(count, mean, 1 / size);
  const share = mean / (1 + mean);
  for (let lag = 1; lag <= 2 && lag <= bucket; lag++) {
    const row = rowOf(monitor, bucket - lag) + series;
    const other = recentMean[row] as number;
    if (!(other > 0) || recentBucket[3 * ((bucket - lag) % settings.window) + 1] !== 0) continue;
    const product = error * errorOf(recentCount[row] as number, other, 1 / size);
    const weight = (share * other) / (1 + other);
    learnEcho(monitor, ECHO_SUMS * series + 2 * (lag - 1), { product, weight, keep });
  }
  if (!late) return;
  const two = 2 * series;
  spread[two] = keep * (spread[two] as number) + error * error - mean / (1 + mean) ** 2;
  spread[two + 1] = keep * (spread[two + 1] as number) + share * share;
};
