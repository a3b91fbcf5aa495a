import { type Watch, watchPart } from '../../fitting/index.ts';
import { tellEvery } from '../watch.ts';
import { contextOf, emptyExpectation, expectInto } from './baseline.ts';
import { ECHO_SUMS, errorOf, learnEcho } from './echo.ts';
import { onGrid, sayOf } from './group-sums.ts';
import { type Discounts, learn, learnZeros, noneOf } from './learn.ts';
import { bucketAt, type FullBucket, rowOf, type TrendMonitor } from './monitor.ts';

/** A usual bucket of the past and what was counted in it. */
interface Seen extends FullBucket {
  readonly count: number;
  readonly bucket: number;
}

/** Buckets' worth of weight that a first robust level has. */
const FIRST_WEIGHT = 7;
const ROUNDS = 6;
const MOST_ROUNDS = 100;
/** Dispersion that is thought usual when a first level is cut robustly. */
const FIRST_SPREAD = 0.3;
/** Series between two looks at the watch: each costs some 50 µs. */
const EACH = 64;

/** Kept usual buckets of one series from `from` on, oldest first; special days and missing ones left out. */
export const seenOf = (monitor: TrendMonitor, series: number, from: number): readonly Seen[] => {
  const now = (monitor.clock[0] as number) - 1;
  const found: Seen[] = [];
  for (let bucket = Math.max(0, from, now - monitor.settings.window + 1); bucket <= now; bucket++) {
    const count = monitor.recentCount[rowOf(monitor, bucket) + series] as number;
    const at = bucketAt(monitor, bucket);
    if (!Number.isNaN(count) && at.holiday === 0) found.push({ ...at, count, bucket });
  }
  return found;
};

/** Counts per exposure, counts far above cut: it falls below a few huge ones, however huge, by a good part in every round. */
export const robustRate = (seen: readonly Seen[], season: (slot: number) => number): number => {
  let exposure = 0;
  for (const { slot, exposure: own } of seen) exposure += own * season(slot);
  let rate = seen.reduce((sum, { count }) => sum + count, 0) / exposure;
  let before = Infinity;
  for (let round = 0; round < ROUNDS || (rate < 0.9 * before && round < MOST_ROUNDS); round++) {
    before = rate;
    let counts = 0;
    for (const { slot, exposure: own, count } of seen) {
      const mean = rate * own * season(slot);
      counts += Math.min(count, mean + 3 * Math.sqrt(mean + FIRST_SPREAD * mean * mean) + 1);
    }
    rate = counts / exposure;
  }
  return rate;
};

/** A group's first season: from its first judged series together, each with a level of its own. */
const startGroupSeason = (
  monitor: TrendMonitor,
  { group, members }: { readonly group: number; readonly members: readonly number[] },
  watch: Watch | undefined,
): void => {
  const { slots } = monitor.settings;
  const sums = monitor.groupSeason.subarray(2 * group * slots, 2 * (group + 1) * slots);
  const factor = (slot: number): number =>
    ((sums[2 * slot] as number) + 12) / ((sums[2 * slot + 1] as number) + 12);
  for (let round = 0; round < 2; round++) {
    const next = new Float64Array(2 * slots);
    for (const [k, series] of members.entries()) {
      tellEvery(watch, k + round * members.length, {
        stage: 'first season',
        of: 2 * members.length,
        each: EACH,
      });
      const seen = seenOf(monitor, series, 0);
      const rate = robustRate(seen, factor);
      const say = sayOf((rate * seen.length) / slots);
      for (const { slot, exposure, count } of seen) {
        const plain = rate * exposure;
        const mean = plain * factor(slot);
        const cut = Math.min(count, 3 * mean + 3 * Math.sqrt(mean) + 1);
        next[2 * slot] = (next[2 * slot] as number) + onGrid(say * cut);
        next[2 * slot + 1] = (next[2 * slot + 1] as number) + onGrid(say * plain);
      }
    }
    sums.set(next);
  }
};

/**
 * Gives series that have seen enough their first level (robust), then lets them learn their kept past in order.
 * O(window) a series, once.
 */
export const startSeries = (
  monitor: TrendMonitor,
  { started, discounts }: { readonly started: readonly number[]; readonly discounts: Discounts },
  watch: Watch | undefined,
): void => {
  const { slots, groupCount } = monitor.settings;
  const byGroup = new Map<number, number[]>();
  for (const [k, series] of started.entries()) {
    tellEvery(watch, k, { stage: 'groups', of: Infinity });
    const g = monitor.group[series] as number;
    const members = byGroup.get(g);
    if (members) members.push(series);
    else byGroup.set(g, [series]);
  }
  for (let g = 0; g < groupCount; g++) {
    const sums = monitor.groupSeason.subarray(2 * g * slots, 2 * (g + 1) * slots);
    if (sums.every((value) => value === 0))
      startGroupSeason(
        monitor,
        { group: g, members: byGroup.get(g) ?? [] },
        watchPart(watch, 0.5 * (g / groupCount), 0.5 * ((g + 1) / groupCount)),
      );
  }
  const out = emptyExpectation();
  const contexts = Array.from({ length: slots }, (_, slot) =>
    contextOf(monitor, { slot, holiday: 0, exposure: 1 }),
  );
  for (const [k, series] of started.entries()) {
    tellEvery(watchPart(watch, 0.5, 1), k, { stage: 'first levels', of: started.length, each: EACH });
    const seen = seenOf(monitor, series, 0);
    const group = monitor.group[series] as number;
    const rate = robustRate(seen, (slot) => contexts[slot]?.season[group] as number);
    monitor.level[2 * series] = FIRST_WEIGHT * rate;
    monitor.level[2 * series + 1] = FIRST_WEIGHT;
    const errors = new Map<number, readonly [error: number, weight: number]>();
    for (const bucket of seen) {
      const context = contexts[bucket.slot] as ReturnType<typeof contextOf>;
      expectInto(monitor, series, { ...bucket, context, out });
      const step = { ...bucket, law: out, none: noneOf(out), discounts };
      learnZeros(monitor, series, step);
      learn(monitor, series, step);
      const own = [errorOf(bucket.count, out.mean, 1 / out.size), out.mean / (1 + out.mean)] as const;
      errors.set(bucket.bucket, own);
      for (const lag of [1, 2]) {
        const other = errors.get(bucket.bucket - lag);
        if (!other) continue;
        learnEcho(monitor, ECHO_SUMS * series + 2 * (lag - 1), {
          product: own[0] * other[0],
          weight: own[1] * other[1],
          keep: discounts.spread,
        });
      }
    }
  }
};
