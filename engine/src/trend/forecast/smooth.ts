import type { SmoothingParameters, SmoothingSpec } from './spec.ts';

/** Where a series stands after its last bucket. */
export interface SmoothingState {
  level: number;
  trend: number;
  /** Length period, by place in the season. */
  readonly season: Float64Array;
}

export interface Smoothing {
  readonly spec: SmoothingSpec;
  readonly parameters: SmoothingParameters;
  readonly period: number;
  /** Multiplicative expectations stay above this: a small part of the series' mean. */
  readonly floor: number;
}

/** Expectation of a place in the season, one step ahead. */
export const expectNext = (
  { spec, parameters, floor }: Smoothing,
  state: SmoothingState,
  place: number,
): number => {
  const base = state.level + parameters.phi * state.trend;
  if (spec.season === 'none') return spec.error === 'additive' ? base : Math.max(floor, base);
  const season = state.season[place] as number;
  return spec.season === 'additive' ? base + season : Math.max(floor, base) * Math.max(floor / 1e3, season);
};

/**
 * Takes in one error (additive: count minus expectation; multiplicative: that over the expectation); 0 for a missing bucket.
 * Source: Hyndman et al. 2008, tables 2.2 and 2.3.
 */
export const moveOn = (
  { spec, parameters, floor }: Smoothing,
  state: SmoothingState,
  { place, error }: { readonly place: number; readonly error: number },
): void => {
  const { alpha, beta, gamma, phi } = parameters;
  const base = state.level + phi * state.trend;
  const scale = spec.error === 'additive' ? 1 : Math.max(floor, base);
  state.level = base + alpha * scale * error;
  state.trend = phi * state.trend + beta * scale * error;
  if (spec.season === 'none') return;
  const season = state.season[place] as number;
  state.season[place] =
    spec.season === 'additive' ? season + gamma * error : Math.max(floor / 1e3, season * (1 + gamma * error));
  if (spec.error === 'multiplicative') state.level = Math.max(floor, state.level);
};

export interface SmoothingRun {
  readonly state: SmoothingState;
  /** Errors of the buckets that were there. */
  readonly errors: Float64Array;
  /** -2 ln likelihood, up to a constant of the number of buckets. */
  readonly deviance: number;
}

/** From `first` on over all values (NaN is missing). O(length). */
export const runSmoothing = (
  smoothing: Smoothing,
  values: Float64Array,
  first: SmoothingState,
): SmoothingRun => {
  const state = { level: first.level, trend: first.trend, season: first.season.slice() };
  const errors = new Float64Array(values.length);
  const multiplicative = smoothing.spec.error === 'multiplicative';
  let [found, squares, logs] = [0, 0, 0];
  for (let t = 0; t < values.length; t++) {
    const place = t % smoothing.period;
    const value = values[t] as number;
    const mean = expectNext(smoothing, state, place);
    const missing = value !== value;
    const error = missing ? 0 : multiplicative ? value / mean - 1 : value - mean;
    moveOn(smoothing, state, { place, error });
    if (missing) continue;
    errors[found++] = error;
    squares += error * error;
    if (multiplicative) logs += Math.log(mean);
  }
  const deviance = found * Math.log(Math.max(squares / found, 1e-300)) + 2 * logs;
  return { state, errors: errors.slice(0, found), deviance };
};

/** First states: mean of the first periods, and the season's mean deviation (or ratio) in them, half drawn to none. O(length). */
export const firstState = (
  { spec, period }: Pick<Smoothing, 'spec' | 'period'>,
  values: Float64Array,
): SmoothingState => {
  const head = values.subarray(0, Math.min(values.length, 4 * period));
  let [sum, found] = [0, 0];
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  head.forEach((value, t) => {
    if (Number.isNaN(value)) return;
    sum += value;
    found += 1;
    sums[t % period] = (sums[t % period] as number) + value;
    counts[t % period] = (counts[t % period] as number) + 1;
  });
  const level = found === 0 ? 0 : sum / found;
  const season = sums.map((total, place) => {
    const seen = counts[place] as number;
    if (spec.season === 'additive') return seen === 0 ? 0 : (total - seen * level) / (seen + 1);
    return level > 0 ? (total / level + 1) / (seen + 1) : 1;
  });
  return { level, trend: 0, season };
};
