import { checkLength } from '../../errors/index.ts';
import { tell, type Watch } from '../../fitting/index.ts';
import type { Bucket } from '../calendar/index.ts';
import type { TrendSignal } from './describe.ts';
import { createMonitor, type TrendMonitor } from './monitor.ts';
import { type ClosedSignal, observeBucket } from './observe.ts';
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
  const monitor = createMonitor(options);
  const { series } = monitor.settings;
  checkLength('counts', counts.length, buckets.length * series);
  const opened: TrendSignal[] = [];
  const closed: ClosedSignal[] = [];
  buckets.forEach((bucket, t) => {
    tell(watch, 'buckets', t / buckets.length);
    const report = observeBucket(monitor, bucket, counts.subarray(t * series, (t + 1) * series));
    opened.push(...report.opened);
    closed.push(...report.closed);
  });
  return { monitor, opened, closed };
};
