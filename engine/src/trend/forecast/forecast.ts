import { checkCount, checkLength, engineError } from '../../errors/index.ts';
import { createRandom } from '../../random/index.ts';
import { intervalsOf } from './interval.ts';
import type { ForecastModel } from './model.ts';
import { quantileOf } from './quantile.ts';
import { simulatePaths } from './simulate.ts';

export interface ForecastOptions {
  /** Buckets after the last one seen; at most 10,000. */
  readonly horizon: number;
  /** Of the simulated futures (default 1). */
  readonly seed?: number | string;
  /** Length horizon, >= 0: what is known of those buckets (a special day's factor, a day of 23 hours); 1 each unless said. */
  readonly exposure?: ArrayLike<number>;
}

/** Each of length horizon. */
export interface Forecast {
  readonly mean: Float64Array;
  readonly median: Float64Array;
  /** Ends of the 80 % and 95 % intervals of a bucket's value: whole numbers, never below 0. */
  readonly low80: Float64Array;
  readonly high80: Float64Array;
  readonly low95: Float64Array;
  readonly high95: Float64Array;
}

/** Some 40 MB of futures, and a second. */
const LONGEST_HORIZON = 10_000;

/**
 * What comes next, from 500 simulated futures; intervals are drawn out as the backtest asked, and rounded outwards. O(500 horizon).
 *
 * @throws EngineError `negative_count`, `length_mismatch`, `out_of_range`, `nan`
 * @example forecast(model, { horizon: 14 }).high95[13]
 */
export const forecast = (model: ForecastModel, options: ForecastOptions): Forecast => {
  const { seed = 1, exposure } = options;
  const horizon = checkCount('horizon', options.horizon);
  if (horizon > LONGEST_HORIZON)
    throw engineError('out_of_range', `horizon must be at most ${LONGEST_HORIZON}, got ${horizon}`, {
      horizon,
    });
  if (exposure) checkLength('exposure', exposure.length, horizon);
  const random = createRandom(seed, 'forecast');
  const paths = simulatePaths(model.dynamics, { horizon, length: model.length, random });
  const factors = Float64Array.from(paths, (_, ahead) => {
    const factor = exposure?.[ahead] ?? 1;
    if (!(factor >= 0 && factor < Infinity))
      throw engineError('out_of_range', `exposure[${ahead}] must be >= 0, got ${factor}`, { ahead });
    return factor;
  });
  const made = (of: (sorted: Float64Array) => number): Float64Array =>
    Float64Array.from(paths, (sorted, ahead) =>
      of(sorted.map((value) => value * (factors[ahead] as number))),
    );
  const end = (name: keyof ReturnType<typeof intervalsOf>) => (sorted: Float64Array) =>
    // A bucket in which nothing can be counted has nothing to draw out.
    sorted.at(-1) === 0 && exposure ? 0 : intervalsOf(sorted, model.stretch)[name];
  return {
    mean: made((sorted) => sorted.reduce((sum, value) => sum + value, 0) / sorted.length),
    median: made((sorted) => quantileOf(sorted, 0.5)),
    low80: made(end('low80')),
    high80: made(end('high80')),
    low95: made(end('low95')),
    high95: made(end('high95')),
  };
};
