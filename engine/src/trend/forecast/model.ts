import type { IntermittentFit } from './intermittent.ts';
import type { Stretch } from './interval.ts';
import type { Smoothing, SmoothingState } from './smooth.ts';

/** How a method did at forecasting what it had not seen. */
export interface ForecastLoss {
  /** Mean absolute error of the median over that of seasonal-naive within the training (MASE: Hyndman and Koehler 2006). */
  readonly mase: number;
  /** Mean pinball loss at 2.5, 10, 50, 90, 97.5 %, on the same scale. */
  readonly pinball: number;
}

export interface Backtest {
  /** Forecasts made, each from another bucket on and `horizon` long. */
  readonly origins: number;
  readonly horizon: number;
  readonly model: ForecastLoss;
  readonly naive: ForecastLoss;
  /** Share of the buckets inside the 80 % and 95 % intervals, each forecast's recalibrated on the other forecasts. */
  readonly coverage80: number;
  readonly coverage95: number;
  /** The same of the intervals as simulated, before they were recalibrated. */
  readonly simulated: { readonly coverage80: number; readonly coverage95: number };
}

export type Dynamics =
  | {
      readonly kind: 'smoothing';
      readonly smoothing: Smoothing;
      readonly state: SmoothingState;
      /** One-step errors, of which the future ones are drawn. */
      readonly errors: Float64Array;
    }
  | { readonly kind: 'intermittent'; readonly fit: IntermittentFit };

/** What was learned of one series; plain and serialisable. */
export interface ForecastModel {
  readonly kind: 'forecast';
  /** As “ETS(M,Ad,M)” or “TSB”. */
  readonly name: string;
  readonly dynamics: Dynamics;
  readonly period: number;
  /** Buckets seen: the next one's place in the season is `length` mod `period`. */
  readonly length: number;
  /** Intervals are drawn out by these factors around the median: what the backtest found missing (conformal). */
  readonly stretch: Stretch;
  readonly backtest: Backtest;
}

/**
 * `no_counts`: nothing above 0 before the backtest · `too_short`: not enough for three seasons and a backtest ·
 * `does_not_beat_naive`: the value of a season ago does as well; both losses are in `backtest` ·
 * `intervals_do_not_hold`: even recalibrated they miss too often, or would have to be drawn out beyond use: see its coverages
 */
export type NoForecast =
  | { readonly kind: 'no_answer'; readonly reason: 'no_counts' | 'too_short' }
  | {
      readonly kind: 'no_answer';
      readonly reason: 'does_not_beat_naive' | 'intervals_do_not_hold';
      readonly name: string;
      readonly backtest: Backtest;
    };
