import { checkLength, engineError } from '../../errors/index.ts';
import { type Bucket, checkBucket } from '../calendar/bucket.ts';
import { contextOf, emptyExpectation, expectInto, type GroupContext } from './baseline.ts';
import { componentsOf } from './components.ts';
import { rejectAmong } from './decide.ts';
import { describeSeries, type TrendSignal } from './describe.ts';
import { bettingOf, weigh } from './evidence.ts';
import { sumGroups } from './group-sums.ts';
import { discountsOf, learn, learnZeros, noneOf } from './learn.ts';
import { type FullBucket, fullBucket, rowOf, type TrendMonitor } from './monitor.ts';
import { settleSeries } from './settle.ts';
import { learnSpecialDay } from './special-day.ts';
import { startSeries } from './warm-up.ts';

/** From this evidence on a series learns nothing more: what is being looked at shall not become usual. */
const SUSPECT = 2;

export interface ClosedSignal {
  readonly series: number;
  readonly openedAt: number;
  readonly closedAt: number;
  /** `over`: counts are as expected again · `settled`: the changed level became the usual one. */
  readonly reason: 'over' | 'settled';
}

export interface BucketReport {
  /** Number of the bucket, from 0. */
  readonly bucket: number;
  /** Signals that came on the list now. */
  readonly opened: readonly TrendSignal[];
  readonly closed: readonly ClosedSignal[];
  /** The list: all series with evidence enough at this bucket, new or not. The false discovery rate is of this list. */
  readonly listed: readonly number[];
  /** Series that were judged: the family of the false discovery rate. */
  readonly judged: number;
}

const checkCounts = (counts: ArrayLike<number>, series: number): void => {
  checkLength('counts', counts.length, series);
  for (let i = 0; i < series; i++) {
    const count = counts[i] as number;
    if (!(Number.isNaN(count) || (count >= 0 && Number.isSafeInteger(count))))
      throw engineError('negative_count', `counts[${i}] must be a whole number >= 0 or NaN, got ${count}`, {
        index: i,
      });
  }
};

/** Judges and learns all series; returns evidence that could be on a list, and the series whose warm-up just ended. */
const pass = (
  monitor: TrendMonitor,
  counts: ArrayLike<number>,
  at: FullBucket & { readonly context: GroupContext; readonly row: number },
) => {
  const { settings, group, seen, suspect, evidence, opened, recentCount, recentMean } = monitor;
  const { series, warmUp, horizon, tolerance, memory, settle, window, falseDiscoveryRate } = settings;
  const now = (monitor.clock[0] as number) - 1;
  const { context, row, holiday, exposure, slot } = at;
  const factors = componentsOf(settings);
  const betting = bettingOf(factors, horizon, tolerance);
  const discounts = discountsOf(memory);
  const width = factors.length;
  const law = emptyExpectation();
  const expecting = { ...at, out: law };
  // One object for all series: an allocation for each point would cost as much as the arithmetic.
  const step = { count: 0, none: 0, slot, exposure, law, discounts, betting };
  const started: number[] = [];
  const over: number[] = [];
  const settled: number[] = [];
  const candidates: number[] = [];
  const logE: number[] = [];
  let judged = 0;
  for (let i = 0; i < series; i++) {
    const count = counts[i] as number;
    const live = (seen[i] as number) >= warmUp;
    if (live) judged++;
    recentMean[row + i] = Number.NaN;
    recentCount[row + i] = exposure > 0 ? count : Number.NaN;
    if (Number.isNaN(count) || exposure === 0) continue;
    if (!live) {
      if (holiday > 0) continue;
      seen[i] = (seen[i] as number) + 1;
      if (seen[i] === warmUp) started.push(i);
      continue;
    }
    expectInto(monitor, i, expecting);
    recentMean[row + i] = law.mean;
    step.count = count;
    if (context.known[group[i] as number] === 1) {
      const found = weigh(evidence, i * width, step);
      if (found * falseDiscoveryRate >= 1) {
        candidates.push(i);
        logE.push(Math.log(found));
      } else if (found < 1 && (opened[i] as number) >= 0) over.push(i);
      suspect[i] = found >= SUSPECT ? (suspect[i] as number) + 1 : 0;
      const told = opened[i] as number;
      if ((suspect[i] as number) >= window || (told >= 0 && now - told >= settle)) settled.push(i);
    }
    if (holiday > 0) continue;
    step.none = noneOf(law);
    learnZeros(monitor, i, step);
    if (suspect[i] === 0) learn(monitor, i, step);
  }
  return { candidates, logE, judged, started, over, settled, discounts };
};

/**
 * Takes in one bucket of all series: what was expected, how much the counts speak against it, which series are signals. The state
 * is moved on in place. O(series × components), about 0.6 µs a series.
 *
 * `counts`: length series; whole numbers >= 0, NaN where missing (not counted is not zero).
 *
 * Promise, where counts follow the stated law given the past (see README.md): at any one bucket the expected share of wrong series
 * among `listed` is at most `falseDiscoveryRate`, whatever the dependence of the series (e-BH: Wang and Ramdas 2022); at a
 * moment chosen by looking, within `horizon` buckets of the start, the same (Dandapanthula and Ramdas 2025, arXiv 2501.04130).
 * One series by itself needs evidence judged/(listed × rate) at least, which without a change comes once in horizon times
 * as many buckets or more seldom (its average run length). Of `opened` alone nothing is promised: a list with many true series
 * needs less evidence for the next one.
 *
 * @throws EngineError `length_mismatch`, `negative_count`, `out_of_range`, `nan`, `not_finite`
 * @example observeBucket(monitor, { slot: 0 }, counts).opened // [{ series: 17, direction: 'rise', … }]
 */
export const observeBucket = (
  monitor: TrendMonitor,
  bucket: Bucket,
  counts: ArrayLike<number>,
): BucketReport => {
  const { settings, clock, opened: openedAt } = monitor;
  checkBucket(bucket, settings);
  checkCounts(counts, settings.series);
  const full = fullBucket(bucket);
  const now = clock[0] as number;
  clock[0] = now + 1;
  monitor.recentBucket.set([full.slot, full.holiday, full.exposure], 3 * (now % settings.window));
  const context = contextOf(monitor, full);
  const made = pass(monitor, counts, { ...full, context, row: rowOf(monitor, now) });
  const closed: ClosedSignal[] = [];
  const close = (series: number, reason: ClosedSignal['reason']): void => {
    if ((openedAt[series] as number) >= 0)
      closed.push({ series, openedAt: openedAt[series] as number, closedAt: now, reason });
    openedAt[series] = -1;
  };
  for (const series of made.over) close(series, 'over');
  const rejected = rejectAmong(made.logE, made.judged, settings.falseDiscoveryRate);
  const listed = made.candidates.filter((_, k) => rejected[k]);
  const opened: TrendSignal[] = [];
  for (const series of listed) {
    if ((openedAt[series] as number) >= 0) continue;
    openedAt[series] = now;
    const signal = describeSeries(monitor, series);
    if (signal) opened.push(signal);
  }
  for (const series of made.settled) {
    close(series, 'settled');
    settleSeries(monitor, series);
  }
  if (full.holiday > 0 && full.exposure > 0) learnSpecialDay(monitor, now, { ...full, context });
  if (made.started.length > 0) startSeries(monitor, made.started, made.discounts);
  if (full.exposure > 0) {
    if (made.started.length > 0) for (let slot = 0; slot < settings.slots; slot++) sumGroups(monitor, slot);
    else sumGroups(monitor, full.slot);
  }
  return { bucket: now, opened, closed, listed, judged: made.judged };
};
