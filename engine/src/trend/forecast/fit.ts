import { checkCount, engineError } from '../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { type BacktestOutcome, backtest } from './backtest.ts';
import { fitSmoothing } from './fit-smoothing.ts';
import { fitIntermittent } from './intermittent.ts';
import type { Backtest, Dynamics, ForecastModel, NoForecast } from './model.ts';
import { runSmoothing } from './smooth.ts';
import { nameOf } from './spec.ts';

export interface ForecastInput {
  /** Counts bucket by bucket, >= 0 (sums of money too; shares times some whole, since ends are whole numbers); NaN where missing. */
  readonly values: ArrayLike<number>;
  /** Buckets in a season: 7 for days, 24 or 168 for hours, 1 for none. */
  readonly period: number;
  /** Buckets that shall be forecast, and over which the backtest measures (default two seasons, at least 7). */
  readonly horizon?: number;
  /** Of the simulated futures (default 1). */
  readonly seed?: number | string;
}

/** Forecasts in the backtest, at least. */
const ORIGINS = 6;
/** From this share of empty buckets on, demand is intermittent (Syntetos, Boylan and Croston 2005: a mean gap of 1.32 and above). */
const INTERMITTENT_SHARE = 1 - 1 / 1.32;
/** Buckets the backtest should forecast: fewer than 19 say nothing of a 95 % interval. */
const LEAST_RESIDUALS = 40;
/** Intervals that would have to be drawn out further than this say that the series has changed. */
const STRETCH_LIMIT = 4;
/** Coverage below which recalibrated intervals are not delivered. */
const LEAST_COVERAGE = { for80: 0.55, for95: 0.75 };

interface Way {
  readonly name: string;
  readonly dynamicsAt: (origin: number, watch: Watch | undefined) => Dynamics;
}

/** Chooses and fits on the values before `until`; later only the states move on, never the parameters. */
const wayFrom = (
  values: Float64Array,
  until: number,
  { period, watch }: { period: number; watch: Watch | undefined },
): Way => {
  const training = values.subarray(0, until);
  const present = training.filter((value) => !Number.isNaN(value));
  const empty = present.filter((value) => value === 0).length;
  if (empty >= INTERMITTENT_SHARE * present.length && empty < present.length) {
    return {
      name: 'TSB',
      dynamicsAt: (origin, own) => ({
        kind: 'intermittent',
        fit: fitIntermittent(values.subarray(0, origin), own),
      }),
    };
  }
  const { smoothing, first, run } = fitSmoothing(training, period, watch);
  return {
    name: nameOf(smoothing.spec),
    dynamicsAt: (origin) => ({
      kind: 'smoothing',
      smoothing,
      state: runSmoothing(smoothing, values.subarray(0, origin), first).state,
      errors: run.errors,
    }),
  };
};

const checkValues = (given: ArrayLike<number>): Float64Array => {
  const values = Float64Array.from(given);
  values.forEach((value, t) => {
    // An empty cell or a word is not “missing” by intent.
    if (typeof given[t] !== 'number') throw engineError('nan', `values[${t}] is not a number`, { index: t });
    if (value < 0) throw engineError('negative_count', `values[${t}] is below 0: ${value}`, { index: t });
    if (value === Infinity) throw engineError('not_finite', `values[${t}] is infinite`, { index: t });
  });
  return values;
};

/**
 * Fits a forecast of one series, and refuses where the same bucket of the last season does as well. The member of the exponential
 * smoothing family is chosen by AICc (intermittent demand: Teunter–Syntetos–Babai), on the buckets before the backtest; the
 * backtest forecasts from six later buckets on, and both losses have to be below seasonal-naive's. Then all is fitted again on
 * everything; intervals are recalibrated by what the backtest missed, and refused where that does not help. Special days are best masked (NaN) or divided out by the caller. About 10 ms for 730 days.
 *
 * @throws EngineError `negative_count`, `nan`, `not_finite`, `out_of_range`; `cancelled` where `watch` says stop
 * @example
 * const made = fitForecast({ values: countsByDay, period: 7, horizon: 14 });
 * if (made.kind === 'no_answer') made.reason; else forecast(made, { horizon: 14 }).median;
 */
export const fitForecast = (input: ForecastInput, watch?: Watch): ForecastModel | NoForecast => {
  const { period, seed = 1 } = input;
  if (checkCount('period', period) < 1) throw engineError('out_of_range', 'period must be at least 1');
  const horizon = input.horizon ?? Math.max(7, 2 * period);
  if (checkCount('horizon', horizon) < 1) throw engineError('out_of_range', 'horizon must be at least 1');
  tell(watch, 'backtest', 0);
  const values = checkValues(input.values);
  const length = values.length;
  // Six forecasts or more, next to each other where the past is long enough, overlapping where it is not; at least a third to learn from.
  const learning = Math.max(3 * period, 12, Math.ceil(length / 2));
  const forecasts = Math.max(ORIGINS, Math.ceil(LEAST_RESIDUALS / horizon));
  const step = Math.min(horizon, Math.floor((length - horizon - learning) / (forecasts - 1)));
  const present = values.reduce((sum, value) => sum + (value >= 0 ? 1 : 0), 0);
  if (step < 1 || present < Math.max(3 * period, 12)) return { kind: 'no_answer', reason: 'too_short' };
  const origins = Array.from({ length: forecasts }, (_, k) => length - horizon - (forecasts - 1 - k) * step);
  const first = origins[0] as number;
  if (!values.subarray(0, first).some((value) => value > 0))
    return { kind: 'no_answer', reason: 'no_counts' };
  const tried = wayFrom(values, first, { period, watch: watchPart(watch, 0, 0.4) });
  const outcome = backtest(
    { values, period, horizon, origins, seed, dynamicsAt: tried.dynamicsAt },
    watchPart(watch, 0.4, 0.5),
  );
  const { stretch, ...kept }: BacktestOutcome = outcome;
  const { model, naive }: Backtest = kept;
  if (!(model.mase < naive.mase && model.pinball < naive.pinball))
    return { kind: 'no_answer', reason: 'does_not_beat_naive', name: tried.name, backtest: kept };
  const holds =
    kept.coverage80 >= LEAST_COVERAGE.for80 &&
    kept.coverage95 >= LEAST_COVERAGE.for95 &&
    Math.max(stretch.for80, stretch.for95) <= STRETCH_LIMIT;
  if (!holds) return { kind: 'no_answer', reason: 'intervals_do_not_hold', name: tried.name, backtest: kept };
  tell(watch, 'fit', 0.5);
  const final = wayFrom(values, length, { period, watch: watchPart(watch, 0.5, 1) });
  const dynamics = final.dynamicsAt(length, undefined);
  return {
    kind: 'forecast',
    name: final.name,
    dynamics,
    period,
    length,
    stretch,
    backtest: kept,
  };
};
