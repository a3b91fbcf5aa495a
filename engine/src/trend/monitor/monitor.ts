import type { Bucket } from '../calendar/index.ts';
import { componentCount } from './components.ts';
import { type MonitorOptions, type MonitorSettings, resolveSettings } from './settings.ts';

/** Sums kept for a group and kind of special day: counts and expectations, squared errors and their weights, days seen. */
export const HOLIDAY_SUMS = 5;

/**
 * What is known of all series, as columns; `observeBucket` moves it on. About 0.7 kB a series with 7 slots.
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
  /** One a series and component: see `components.ts`. */
  readonly evidence: Float64Array;
  /** Length series: buckets in a row in which the evidence stood so high that nothing was learned. */
  readonly suspect: Uint32Array;
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
 * @throws EngineError `negative_count`, `out_of_range`, `length_mismatch`, `probability_out_of_range`, `nan`, `not_finite`
 * @example const monitor = createMonitor({ series: 1200, groups: categoryOf })
 */
export const createMonitor = (options: MonitorOptions): TrendMonitor => {
  const settings = resolveSettings(options);
  const { series, slots, holidays, window, groupCount } = settings;
  return {
    kind: 'trend-monitor',
    settings,
    clock: new Int32Array(1),
    group: Uint32Array.from({ length: series }, (_, i) => options.groups?.[i] ?? 0),
    seen: new Uint32Array(series),
    level: new Float64Array(2 * series),
    season: new Float64Array(2 * series * slots),
    spread: new Float64Array(2 * series),
    zeros: new Float64Array(2 * series),
    evidence: new Float64Array(series * componentCount(settings)),
    suspect: new Uint32Array(series),
    opened: new Int32Array(series).fill(-1),
    recentCount: new Float32Array(series * window).fill(Number.NaN),
    recentMean: new Float32Array(series * window).fill(Number.NaN),
    recentBucket: new Float64Array(3 * window),
    groupSeason: new Float64Array(2 * groupCount * slots),
    groupSpread: new Float64Array(2 * groupCount),
    groupZeros: new Float64Array(2 * groupCount),
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
