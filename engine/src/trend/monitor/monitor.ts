import type { Watch } from '../../fitting/index.ts';
import type { Bucket } from '../calendar/index.ts';
import { tellEvery } from '../watch.ts';
import { componentCount } from './components.ts';
import { DOUBT_SUMS, STAGES } from './doubt.ts';
import { ECHO_SUMS } from './echo.ts';
import { type MonitorOptions, type MonitorSettings, resolveSettings } from './settings.ts';

/** Sums kept for a group and kind of special day: counts and expectations, squared errors and their weights, days seen. */
export const HOLIDAY_SUMS = 5;

/**
 * What is known of all series, as columns; `observeBucket` moves it on. About 0.8 kB a series with 7 slots.
 * Pairs of sums stand beside each other: what was counted, and what was expected.
 */
export interface TrendMonitor {
  readonly kind: 'trend-monitor';
  readonly settings: MonitorSettings;
  /** [buckets observed so far]. */
  readonly clock: Int32Array;
  /** Length series. */
  readonly group: Uint32Array;
  /** Length series: observed buckets of the warm-up; `warmUp` once the series is judged. */
  readonly seen: Uint32Array;
  /** 2 a series: discounted counts, and discounted exposure. */
  readonly level: Float64Array;
  /** 2 × slots a series. */
  readonly season: Float64Array;
  /** 2 a series: squared errors beyond Poisson, and their weights. */
  readonly spread: Float64Array;
  /** 2 a series: zeros beyond the count's own, and room for them. */
  readonly zeros: Float64Array;
  /** `ECHO_SUMS` a series. */
  readonly echo: Float64Array;
  /** 2 a series: the latest swing (relative), and its variance. */
  readonly swing: Float64Array;
  /** One a series and component: see `components.ts`. */
  readonly evidence: Float64Array;
  /** Length series: buckets in a row in which the evidence stood so high that nothing was learned. */
  readonly suspect: Uint32Array;
  /** One a series and component: the latest swing, were the level changed by the component's factor. */
  readonly swings: Float64Array;
  /** `STAGES` a series: largest evidence of a change by the end of each stage; 0 without one. */
  readonly peaks: Float64Array;
  /** `DOUBT_SUMS` a group. */
  readonly groupDoubt: Float64Array;
  /** Length series: the bucket in which the standing signal was opened; -1 without one. */
  readonly opened: Int32Array;
  /** window × series, latest buckets round and round: counts (NaN missing) and expectations (NaN before judged). */
  readonly recentCount: Float32Array;
  readonly recentMean: Float32Array;
  /** 3 × window: slot, holiday, exposure of those buckets. */
  readonly recentBucket: Float64Array;
  /** 2 × slots a group. */
  readonly groupSeason: Float64Array;
  /** 2 a group. */
  readonly groupSpread: Float64Array;
  readonly groupZeros: Float64Array;
  /** `ECHO_SUMS` a group. */
  readonly groupEcho: Float64Array;
  /** `HOLIDAY_SUMS` × holidays a group. */
  readonly groupHoliday: Float64Array;
}

/** A bucket with everything said. */
export type FullBucket = Required<Bucket>;

export const fullBucket = ({ slot, holiday = 0, exposure = 1 }: Bucket): FullBucket => ({
  slot,
  holiday,
  exposure,
});

/**
 * A monitor that has seen nothing. O(series × (window + slots)) bytes.
 *
 * @throws EngineError `negative_count`, `out_of_range`, `length_mismatch`, `probability_out_of_range`, `nan`, `not_finite`;
 *   `out_of_memory` beyond 8 GB
 * @example const monitor = createMonitor({ series: 1200, groups: categoryOf })
 */
export const createMonitor = (options: MonitorOptions): TrendMonitor => makeMonitor(options, undefined);

export const makeMonitor = (options: MonitorOptions, watch: Watch | undefined): TrendMonitor => {
  const settings = resolveSettings(options);
  const { series, slots, holidays, window, groupCount } = settings;
  const group = new Uint32Array(series);
  const unknown = (): Float32Array => {
    const values = new Float32Array(series * window);
    for (let row = 0; row < window; row++) {
      tellEvery(watch, 0, { stage: 'columns', of: 1 });
      values.fill(Number.NaN, row * series, (row + 1) * series);
    }
    return values;
  };
  if (options.groups) for (let i = 0; i < series; i++) group[i] = options.groups[i] as number;
  return {
    kind: 'trend-monitor',
    settings,
    clock: new Int32Array(1),
    group,
    seen: new Uint32Array(series),
    level: new Float64Array(2 * series),
    season: new Float64Array(2 * series * slots),
    spread: new Float64Array(2 * series),
    zeros: new Float64Array(2 * series),
    echo: new Float64Array(ECHO_SUMS * series),
    swing: new Float64Array(2 * series),
    evidence: new Float64Array(series * componentCount(settings)),
    swings: new Float64Array(series * componentCount(settings)),
    suspect: new Uint32Array(series),
    peaks: new Float64Array(STAGES * series),
    groupDoubt: new Float64Array(DOUBT_SUMS * groupCount),
    opened: new Int32Array(series).fill(-1),
    recentCount: unknown(),
    recentMean: unknown(),
    recentBucket: new Float64Array(3 * window),
    groupSeason: new Float64Array(2 * groupCount * slots),
    groupSpread: new Float64Array(2 * groupCount),
    groupZeros: new Float64Array(2 * groupCount),
    groupEcho: new Float64Array(ECHO_SUMS * groupCount),
    groupHoliday: new Float64Array(HOLIDAY_SUMS * groupCount * holidays),
  };
};

/** Where a bucket's row begins in `recentCount` and `recentMean`. */
export const rowOf = ({ settings }: TrendMonitor, bucket: number): number =>
  (bucket % settings.window) * settings.series;

/** The bucket as it was; it must be one of the last `window`. */
export const bucketAt = ({ settings, recentBucket }: TrendMonitor, bucket: number): FullBucket => {
  const at = 3 * (bucket % settings.window);
  return {
    slot: recentBucket[at] as number,
    holiday: recentBucket[at + 1] as number,
    exposure: recentBucket[at + 2] as number,
  };
};
