import type { CountLaw } from '../counts/index.ts';
import { groupEchoOf, swingInto } from './echo.ts';
import { type FullBucket, HOLIDAY_SUMS, type TrendMonitor } from './monitor.ts';

/** Prior counts of a level (Jeffreys) and of a season's place; prior buckets of a dispersion, zeros and a special day. */
const LEVEL_PRIOR = 0.5;
const SEASON_PRIOR = 12;
const SPREAD_PRIOR = 14;
const ZEROS_PRIOR = 14;
/** Share of buckets with nothing for another reason, before anything is known: one empty day alone is never proof. */
const ZEROS_GUESS = 0.005;
const GROUP_PRIOR = 14;
/** Dispersion before anything is known: variance = mean + 0.2 mean². */
const SPREAD_GUESS = 0.2;
/** Days of a kind after which its factor is trusted to judge such a day. */
const HOLIDAY_MINIMUM = 2;
/** A size above this is Poisson to nine digits. */
const SIZE_LIMIT = 1e9;

/** What a bucket is expected to be for one series; written in place, since it is made for every point. */
export interface Expectation {
  mean: number;
  size: number;
  zeros: number;
  /** Relative standard error of the level itself. */
  error: number;
  /** Mean without the level: season × special day × exposure. */
  factor: number;
  /** Swings that come back by themselves: see `echo.ts`. */
  keep: number;
  variance: number;
  /** Dispersion without the swings, the level's own uncertainty included. */
  noise: number;
  /** Mean and size given also the swing of the bucket before: what evidence is weighed against. */
  likely: number;
  likelySize: number;
}

export const emptyExpectation = (): Expectation & CountLaw => ({
  mean: 1,
  size: 1,
  zeros: 0,
  error: 0,
  factor: 1,
  keep: 0,
  variance: 0,
  noise: 1,
  likely: 1,
  likelySize: 1,
});

/** What is common to all series of a group in a bucket. */
export interface GroupContext {
  /** Length groups. */
  readonly season: Float64Array;
  readonly spread: Float64Array;
  readonly zeros: Float64Array;
  /** Covariances of relative errors one and two buckets apart. */
  readonly echoOne: Float64Array;
  readonly echoTwo: Float64Array;
  readonly holiday: Float64Array;
  /** Least dispersion on this special day; 0 on usual days. */
  readonly leastSpread: Float64Array;
  /** 1 where the bucket can be judged: 0 on a kind of special day seen too rarely. */
  readonly known: Uint8Array;
}

const ratio = (counted: number, expected: number, prior: number): number =>
  (counted + prior) / (expected + prior);

/** Of two sums beside each other: their ratio, with `GROUP_PRIOR` of a guess. */
const shrunk = (sums: Float64Array, group: number, guess: number): number =>
  ((sums[2 * group] as number) + GROUP_PRIOR * guess) / ((sums[2 * group + 1] as number) + GROUP_PRIOR);

export const contextOf = (monitor: TrendMonitor, { slot, holiday }: FullBucket): GroupContext => {
  const { groupCount, slots, holidays } = monitor.settings;
  const make = (of: (group: number) => number): Float64Array =>
    Float64Array.from({ length: groupCount }, (_, group) => of(group));
  const sum = (group: number, which: number): number =>
    holiday === 0
      ? 0
      : (monitor.groupHoliday[HOLIDAY_SUMS * (group * holidays + holiday - 1) + which] as number);
  return {
    season: make((group) => {
      const at = 2 * (group * slots + slot);
      return ratio(monitor.groupSeason[at] as number, monitor.groupSeason[at + 1] as number, SEASON_PRIOR);
    }),
    spread: make((group) => Math.max(0, shrunk(monitor.groupSpread, group, SPREAD_GUESS))),
    zeros: make((group) => Math.max(ZEROS_GUESS, shrunk(monitor.groupZeros, group, ZEROS_GUESS))),
    echoOne: make((group) => groupEchoOf(monitor, group, 0)),
    echoTwo: make((group) => groupEchoOf(monitor, group, 1)),
    holiday: make((group) => ratio(sum(group, 0), sum(group, 1), 1)),
    leastSpread: make((group) => (sum(group, 3) === 0 ? 0 : Math.max(0, sum(group, 2) / sum(group, 3)))),
    known: Uint8Array.from({ length: groupCount }, (_, group) =>
      holiday === 0 || sum(group, 4) >= HOLIDAY_MINIMUM ? 1 : 0,
    ),
  };
};

/**
 * The count's law given the past: gamma–Poisson level with discounted counts (Harvey and Fernandes 1989, J. Bus. Econ. Stat. 7,
 * eqs. 2.5–2.9), times season (shrunk to the group's), special day and exposure; dispersion by moments, shrunk to the group's.
 */
export const expectInto = (
  monitor: TrendMonitor,
  series: number,
  at: FullBucket & { context: GroupContext; out: Expectation },
): void => {
  const { level, season, spread, zeros, settings } = monitor;
  const { context, out } = at;
  const group = monitor.group[series] as number;
  const counts = (level[2 * series] as number) + LEVEL_PRIOR;
  const rate = counts / (level[2 * series + 1] as number);
  const dispersion = Math.max(
    ((spread[2 * series] as number) + SPREAD_PRIOR * (context.spread[group] as number)) /
      ((spread[2 * series + 1] as number) + SPREAD_PRIOR),
    0.25 * (context.spread[group] as number),
    context.leastSpread[group] as number,
  );
  // Overdispersed counts say less: a place's prior counts as many of them.
  const prior = SEASON_PRIOR * (1 + dispersion * rate * at.exposure);
  const cell = 2 * (series * settings.slots + at.slot);
  const own =
    ((season[cell] as number) + prior * (context.season[group] as number)) /
    ((season[cell + 1] as number) + prior);
  out.factor = at.exposure * (context.holiday[group] as number) * own;
  out.mean = rate * out.factor;
  out.size = Math.min(SIZE_LIMIT, 1 / (dispersion + 1 / counts));
  out.zeros = Math.max(
    ZEROS_GUESS,
    ((zeros[2 * series] as number) + ZEROS_PRIOR * (context.zeros[group] as number)) /
      ((zeros[2 * series + 1] as number) + ZEROS_PRIOR),
  );
  const [one, two] = [context.echoOne[group] as number, context.echoTwo[group] as number];
  swingInto(monitor, series, { one, two, out });
  out.variance = Math.min(out.variance, dispersion);
  out.noise = Math.max(dispersion - out.variance, 0.25 * dispersion) + 1 / counts;
  // An exponential average of m buckets has the variance of 1/(2m) of one bucket's; swings fill (1 + keep)/(1 - keep) buckets each.
  const spell = dispersion + (2 * out.variance * out.keep) / (1 - out.keep);
  out.error = Math.sqrt(0.5 / counts + (0.5 * spell) / settings.memory);
};
