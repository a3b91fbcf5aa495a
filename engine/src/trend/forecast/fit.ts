import { checkCount, engineError } from '../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { type BacktestOutcome, backtest } from './backtest.ts';
import { fitSmoothing } from './fit-smoothing.ts';
import { fitIntermittent } from './intermittent.ts';
import type { Backtest, Dynamics, ForecastModel, NoForecast } from './model.ts';
import { quantileOf } from './quantile.ts';
import { runSmoothing } from './smooth.ts';
import { nameOf } from './spec.ts';

export interface ForecastInput {
  /** Counts bucket by bucket, >= 0 (shares and sums of money too); NaN where missing. */
  readonly values: ArrayLike<number>;
  /** Buckets in a season: 7 for days, 24 or 168 for hours, 1 for none. */
  readonly period: number;
  /** Buckets that shall be forecast, and over which the backtest measures (default two seasons, at least 7). */
  readonly horizon?: number;
  /** Of the simulated futures (default 1). */
  readonly seed?: number | string;
}

/** Forecasts in the backtest. */
const ORIGINS = 6;
/** From this share of empty buckets on, demand is intermittent (Syntetos, Boylan and Croston 2005: a mean gap of 1.32 and above). */
const INTERMITTENT_SHARE = 1 - 1 / 1.32;
/** Intervals are never drawn out by more than this; beyond, the series has changed and the backtest says so. */
const STRETCH_LIMIT = 2.5;

interface Way {
  readonly name: string;
  readonly dynamicsAt: (origin: number) => Dynamics;
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
      dynamicsAt: (origin) => ({ kind: 'intermittent', fit: fitIntermittent(values.subarray(0, origin)) }),
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
    if (value < 0) throw engineError('negative_count', `values[${t}] is below 0: ${value}`, { index: t });
    if (value === Infinity) throw engineError('not_finite', `values[${t}] is infinite`, { index: t });
  });
  return values;
};

/** By how much the 95 % intervals were too narrow: the reach that 95 % of the buckets stayed within (conformal, never below 1). */
const stretchOf = ({ reach }: BacktestOutcome): number =>
  Math.min(
    STRETCH_LIMIT,
    Math.max(1, quantileOf(reach, Math.min(1, 0.95 * (1 + 1 / Math.max(1, reach.length))))),
  );

/**
 * Fits a forecast of one series, and refuses where the same bucket of the last season does as well. The member of the exponential
 * smoothing family is chosen by AICc (intermittent demand: Teunter–Syntetos–Babai), on the buckets before the backtest; the
 * backtest forecasts from six later buckets on, and both losses have to be below seasonal-naive's. Then all is fitted again on
 * everything. Special days are best masked (NaN) or divided out by the caller. About 10 ms for 730 days.
 *
 * @throws EngineError `negative_count`, `not_finite`, `out_of_range`; `cancelled` where `watch` says stop
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
  // Six forecasts, next to each other where the past is long enough, overlapping where it is not; at least a third to learn from.
  const learning = Math.max(3 * period, 12, Math.ceil(length / 2));
  const step = Math.min(horizon, Math.floor((length - horizon - learning) / (ORIGINS - 1)));
  const present = values.reduce((sum, value) => sum + (value >= 0 ? 1 : 0), 0);
  if (step < 1 || present < Math.max(3 * period, 12)) return { kind: 'no_answer', reason: 'too_short' };
  const origins = Array.from({ length: ORIGINS }, (_, k) => length - horizon - (ORIGINS - 1 - k) * step);
  const first = origins[0] as number;
  if (!values.subarray(0, first).some((value) => value > 0))
    return { kind: 'no_answer', reason: 'no_counts' };
  const tried = wayFrom(values, first, { period, watch: watchPart(watch, 0, 0.4) });
  const outcome = backtest(
    { values, period, horizon, origins, seed, dynamicsAt: tried.dynamicsAt },
    watchPart(watch, 0.4, 0.5),
  );
  const { reach: _, ...kept }: BacktestOutcome = outcome;
  const { model, naive }: Backtest = kept;
  if (!(model.mase < naive.mase && model.pinball < naive.pinball))
    return { kind: 'no_answer', reason: 'does_not_beat_naive', name: tried.name, backtest: kept };
  tell(watch, 'fit', 0.5);
  const final = wayFrom(values, length, { period, watch: watchPart(watch, 0.5, 1) });
  const dynamics = final.dynamicsAt(length);
  return {
    kind: 'forecast',
    name: final.name,
    dynamics,
    period,
    length,
    stretch: stretchOf(outcome),
    backtest: kept,
  };
};
