import { createRandom, type Random } from '../../../src/random/index.ts';
import { type Bucket, dailyBuckets } from '../../../src/trend/index.ts';

export type PlantedShape = 'spike' | 'shift' | 'drift';

/** What was planted: from `at` on the mean is multiplied (a spike for one day, a drift for 42 days up to the factor). */
export interface Planted {
  readonly series: number;
  readonly shape: PlantedShape;
  readonly at: number;
  readonly factor: number;
  /** Mean count a day of that series before. */
  readonly mean: number;
}

export interface WorldOptions {
  readonly seed: string;
  readonly series: number;
  readonly days: number;
  readonly planted: readonly Planted[];
  /** Range of mean counts a day, log-uniform. */
  readonly means: readonly [number, number];
  /** Relative spread of days that all series of a group share. */
  readonly sharedNoise?: number;
  /** Standard deviation of a day's step of each series' log-level: 0 is a level that stands still. */
  readonly walk?: number;
}

export interface World {
  readonly buckets: readonly Bucket[];
  readonly counts: Float64Array;
  readonly groups: Uint32Array;
}

export const DRIFT_DAYS = 42;
const GROUPS = 20;

/** What a planted change makes of its series' mean on a day. */
export const factorAt = (planted: Planted | undefined, day: number): number => {
  if (!planted || day < planted.at) return 1;
  if (planted.shape === 'spike') return day === planted.at ? planted.factor : 1;
  if (planted.shape === 'shift') return planted.factor;
  return planted.factor ** Math.min(1, (day - planted.at + 1) / DRIFT_DAYS);
};

const drawCount = (random: Random, mean: number, dispersion: number): number =>
  random.poisson(dispersion > 0 ? random.gamma(1 / dispersion, mean * dispersion) : mean);

/**
 * Days of counts: weekly seasons by group and series, dispersions from 0 to 0.5, a fifth of the series with 2 to 20 % of zero days,
 * two kinds of special days, days missing in 1 % of the series' days, two days of 23 and 25 hours a year.
 */
export const makeWorld = (options: WorldOptions): World => {
  const { seed, series, days, planted, means, sharedNoise = 0, walk = 0 } = options;
  const random = createRandom(seed);
  const holiday = new Uint8Array(days);
  for (let day = 20; day < days; day += 61) holiday[day] = 1;
  for (let day = 35; day < days; day += 122) holiday[day] = 2;
  const hours = new Float64Array(days).fill(24);
  for (let day = 90; day < days; day += 365) hours[day] = 23;
  for (let day = 300; day < days; day += 365) hours[day] = 25;
  const buckets = dailyBuckets({ firstWeekday: 0, days, holiday, hours });
  const groupWeek = Array.from({ length: GROUPS }, () =>
    Array.from({ length: 7 }, () => random.lognormal(0, 0.3)),
  );
  const shared = Array.from({ length: GROUPS }, () =>
    Array.from({ length: days }, () => random.lognormal(0, sharedNoise)),
  );
  const plan = new Map(planted.map((one) => [one.series, one]));
  const counts = new Float64Array(days * series);
  const groups = new Uint32Array(series);
  for (let i = 0; i < series; i++) {
    const own = random.stream(`series/${i}`);
    const group = (groups[i] = i % GROUPS);
    const drawn = Math.exp(own.between(Math.log(means[0]), Math.log(means[1])));
    const level = plan.get(i)?.mean ?? drawn;
    const week = (groupWeek[group] as number[]).map((factor) => factor * own.lognormal(0, 0.1));
    const dispersion = own.choice([0, 0.05, 0.1, 0.2, 0.5]);
    const closed = own.chance(0.2) ? own.between(0.02, 0.2) : 0;
    const special = [1, 1.8 * own.lognormal(0, 0.1), 0.4 * own.lognormal(0, 0.1)];
    let wander = 0;
    for (let day = 0; day < days; day++) {
      wander += walk * own.normal();
      const { slot, exposure = 1 } = buckets[day] as Bucket;
      const mean =
        level *
        Math.exp(wander) *
        exposure *
        (week[slot] as number) *
        (special[holiday[day] as number] as number) *
        ((shared[group] as number[])[day] as number) *
        factorAt(plan.get(i), day);
      const count = own.chance(closed) ? 0 : drawCount(own, mean, dispersion);
      counts[day * series + i] = own.chance(0.01) ? Number.NaN : count;
    }
  }
  return { buckets, counts, groups };
};
