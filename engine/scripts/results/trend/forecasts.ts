import { createRandom } from '../../../src/random/index.ts';
import { fitForecast, forecast } from '../../../src/trend/index.ts';

export interface ForecastWorld {
  readonly name: string;
  readonly mean: number;
  /** Variance = mean + dispersion mean². */
  readonly dispersion: number;
  readonly week: number;
  /** Standard deviation of a day's step of the log-level. */
  readonly walk: number;
  /** Growth of the log-level a day. */
  readonly growth: number;
}

export const forecastWorlds: readonly ForecastWorld[] = [
  {
    name: 'category, 200 a day, week, level that wanders',
    mean: 200,
    dispersion: 0.01,
    week: 0.4,
    walk: 0.02,
    growth: 0,
  },
  {
    name: 'category, 200 a day, growing 0.3 % a day',
    mean: 60,
    dispersion: 0.02,
    week: 0.4,
    walk: 0.005,
    growth: 0.003,
  },
  { name: 'item, 8 a day, week', mean: 8, dispersion: 0.1, week: 0.3, walk: 0.01, growth: 0 },
  { name: 'item, 1 a day', mean: 1, dispersion: 0.3, week: 0.2, walk: 0.01, growth: 0 },
  { name: 'item, 0.15 a day (intermittent)', mean: 0.15, dispersion: 0.5, week: 0, walk: 0.01, growth: 0 },
  { name: 'the last week again, exactly', mean: 100, dispersion: -1, week: 0.8, walk: 0, growth: 0 },
];

const DAYS = 400;
const HORIZON = 14;

const draw = ({ mean, dispersion, week, walk, growth }: ForecastWorld, seed: string): Float64Array => {
  const random = createRandom(seed);
  const season = Array.from({ length: 7 }, () => random.lognormal(0, week));
  let log = Math.log(mean);
  return Float64Array.from({ length: DAYS + HORIZON }, (_, day) => {
    log += growth + walk * random.normal();
    const expected = Math.exp(log) * (season[day % 7] as number);
    if (dispersion < 0) return Math.round(expected);
    const count = random.poisson(random.gamma(1 / dispersion, expected * dispersion));
    return random.chance(0.01) ? Number.NaN : count;
  });
};

/** Fits on all but the last two weeks and looks at those, which neither the fit nor its backtest has seen. */
export const forecastRow = (world: ForecastWorld, series: number) => {
  const sums = { made: 0, refused: 0, in80: 0, in95: 0, seen: 0, mase: 0, naive: 0, ms: 0 };
  const names = new Map<string, number>();
  for (let i = 0; i < series; i++) {
    const all = draw(world, `${world.name}/${i}`);
    const started = performance.now();
    const model = fitForecast({ values: all.subarray(0, DAYS), period: 7, horizon: HORIZON });
    sums.ms += performance.now() - started;
    if (model.kind === 'no_answer') {
      sums.refused += 1;
      continue;
    }
    sums.made += 1;
    names.set(model.name, (names.get(model.name) ?? 0) + 1);
    const made = forecast(model, { horizon: HORIZON });
    let scale = 0;
    let pairs = 0;
    for (let t = 7; t < DAYS; t++) {
      const step = Math.abs((all[t] as number) - (all[t - 7] as number));
      if (Number.isNaN(step)) continue;
      scale += step;
      pairs += 1;
    }
    for (let ahead = 0; ahead < HORIZON; ahead++) {
      const value = all[DAYS + ahead] as number;
      const before = all[DAYS - 7 + (ahead % 7)] as number;
      if (Number.isNaN(value) || Number.isNaN(before)) continue;
      sums.seen += 1;
      if (value >= (made.low80[ahead] as number) && value <= (made.high80[ahead] as number)) sums.in80 += 1;
      if (value >= (made.low95[ahead] as number) && value <= (made.high95[ahead] as number)) sums.in95 += 1;
      sums.mase += (Math.abs(value - (made.median[ahead] as number)) * pairs) / scale;
      sums.naive += (Math.abs(value - before) * pairs) / scale;
    }
  }
  const common = [...names].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  return {
    refused: sums.refused / series,
    coverage80: sums.in80 / sums.seen,
    coverage95: sums.in95 / sums.seen,
    mase: sums.mase / sums.seen,
    naive: sums.naive / sums.seen,
    msPerSeries: sums.ms / series,
    common,
  };
};
