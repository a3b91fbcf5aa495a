import { checkLength, engineError } from '../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { type Bucket, checkBucket } from '../calendar/bucket.ts';
import { contextOf } from './baseline.ts';
import { rejectAmong } from './decide.ts';
import { describeSeries, type TrendSignal } from './describe.ts';
import { sumGroups } from './group-sums.ts';
import { judgeSeries } from './judge.ts';
import { fullBucket, type TrendMonitor } from './monitor.ts';
import { settleSeries } from './settle.ts';
import { learnSpecialDay } from './special-day.ts';
import { startSeries } from './warm-up.ts';

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
  /**
   * The list: all series with evidence enough at this bucket, new or not. The false discovery rate is of this list, and holds where
   * counts follow the law; measured where they do not: engine/README.md, “Trends”.
   */
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

/**
 * Takes in one bucket of all series: what was expected, how much the counts speak against it, which series are signals. The state
 * is moved on in place. O(series × components), about 0.8 µs a series.
 *
 * `counts`: length series; whole numbers >= 0, NaN where missing (not counted is not zero).
 *
 * Promise, where counts follow the stated law given the past (see README.md; swings that come back by themselves are in it, promotions,
 * stock-outs and orders in bulk that nobody said are not: there evidence is discounted by what came back before, and nothing promised): at any one bucket the expected share of wrong series
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
): BucketReport => takeBucket(monitor, { bucket, counts }, undefined);

/** As `observeBucket`; a monitor that was stopped by its watch has half a bucket, and is of no more use. */
export const takeBucket = (
  monitor: TrendMonitor,
  { bucket, counts }: { readonly bucket: Bucket; readonly counts: ArrayLike<number> },
  watch: Watch | undefined,
): BucketReport => {
  const { settings, clock, opened: openedAt } = monitor;
  checkBucket(bucket, settings);
  checkCounts(counts, settings.series);
  const full = fullBucket(bucket);
  const now = clock[0] as number;
  clock[0] = now + 1;
  monitor.recentBucket.set([full.slot, full.holiday, full.exposure], 3 * (now % settings.window));
  const context = contextOf(monitor, full);
  const made = judgeSeries(monitor, { ...full, context, counts }, watchPart(watch, 0, 0.4));
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
  for (const [k, series] of listed.entries()) {
    if ((openedAt[series] as number) >= 0) continue;
    tell(watch, 'signals', 0.4 + (0.1 * k) / listed.length);
    openedAt[series] = now;
    const signal = describeSeries(monitor, series);
    if (signal) opened.push(signal);
  }
  for (const [k, series] of made.settled.entries()) {
    tell(watch, 'levels', 0.5 + (0.1 * k) / made.settled.length);
    close(series, 'settled');
    settleSeries(monitor, series);
  }
  if (full.holiday > 0 && full.exposure > 0)
    learnSpecialDay(monitor, { ...full, context, bucket: now }, watchPart(watch, 0.6, 0.7));
  if (made.started.length > 0) startSeries(monitor, made, watchPart(watch, 0.7, 0.9));
  if (full.exposure > 0) {
    const slots = made.started.length > 0 ? settings.slots : 1;
    for (let k = 0; k < slots; k++)
      sumGroups(
        monitor,
        slots === 1 ? full.slot : k,
        watchPart(watch, 0.9 + (0.1 * k) / slots, 0.9 + (0.1 * (k + 1)) / slots),
      );
  }
  return { bucket: now, opened, closed, listed, judged: made.judged };
};
