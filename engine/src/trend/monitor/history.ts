import { checkLength } from '../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import type { Bucket } from '../calendar/index.ts';
import type { TrendSignal } from './describe.ts';
import { makeMonitor, type TrendMonitor } from './monitor.ts';
import { type ClosedSignal, takeBucket } from './observe.ts';
import type { MonitorOptions } from './settings.ts';

export interface HistoryInput {
  readonly options: MonitorOptions;
  readonly buckets: readonly Bucket[];
  /** buckets × series, bucket by bucket; NaN where missing. */
  readonly counts: Float64Array;
}

export interface MonitoredHistory {
  /** Ready for the next bucket. */
  readonly monitor: TrendMonitor;
  readonly opened: readonly TrendSignal[];
  readonly closed: readonly ClosedSignal[];
}

/**
 * A whole history through a new monitor, bucket by bucket: to the bit what `observeBucket` gives one at a time, so nothing later is
 * looked at. O(buckets × series × components).
 *
 * @throws EngineError as `createMonitor` and `observeBucket`; `cancelled` where `watch` says stop
 * @example fitHistory({ options: { series: 3 }, buckets: dailyBuckets({ firstWeekday: 0, days: 90 }), counts }).opened
 */
export const fitHistory = ({ options, buckets, counts }: HistoryInput, watch?: Watch): MonitoredHistory => {
  const monitor = makeMonitor(options, watch);
  const { series } = monitor.settings;
  checkLength('counts', counts.length, buckets.length * series);
  const opened: TrendSignal[] = [];
  const closed: ClosedSignal[] = [];
  buckets.forEach((bucket, t) => {
    tell(watch, 'buckets', t / buckets.length);
    const own = counts.subarray(t * series, (t + 1) * series);
    const report = takeBucket(
      monitor,
      { bucket, counts: own },
      watchPart(watch, t / buckets.length, (t + 1) / buckets.length),
    );
    // Not spread as arguments: a bucket may close more signals than a call can take.
    for (const signal of report.opened) opened.push(signal);
    for (const signal of report.closed) closed.push(signal);
  });
  return { monitor, opened, closed };
};
