import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastRow, forecastWorlds } from '../../../scripts/results/trend/forecasts.ts';
import { createRandom } from '../../random/index.ts';
import { backtest } from './backtest.ts';
import { type ForecastModel, fitForecast, forecast, loadForecast, saveForecast } from './index.ts';
import { fitIntermittent } from './intermittent.ts';
import { naiveQuantile, seasonalNaiveOf } from './naive.ts';
import { simulatePaths } from './simulate.ts';
import { firstState, moveOn, runSmoothing, type Smoothing } from './smooth.ts';

const model = (answer: ReturnType<typeof fitForecast>): ForecastModel => {
  if (answer.kind === 'no_answer') throw new Error(answer.reason);
  return answer;
};
const weekly = (days: number, mean: number): Float64Array => {
  const random = createRandom('weekly');
  return Float64Array.from({ length: days }, (_, day) => random.poisson(mean * (day % 7 < 5 ? 1 : 0.4)));
};

describe('exponential smoothing', () => {
  it('is Holt and Winters’ recursion', () => {
    const parameters = { alpha: 0.3, beta: 0.06, gamma: 0.2, phi: 0.9 };
    const spec = { error: 'additive', trend: true, season: 'additive' } as const;
    const smoothing: Smoothing = { spec, parameters, period: 2, floor: 0.1 };
    const values = Float64Array.of(5, 9, 6, 12, 7);
    const first = { level: 6, trend: 1, season: Float64Array.of(-2, 2) };
    let [level, trend] = [6, 1];
    const season = [-2, 2];
    const errors: number[] = [];
    values.forEach((value, t) => {
      // The textbook's form: smooth the deseasonalised value, the level's step, and the detrended value.
      const place = t % 2;
      const before = level + 0.9 * trend;
      const mean = before + (season[place] as number);
      errors.push(value - mean);
      const next = 0.3 * (value - (season[place] as number)) + 0.7 * before;
      trend = 0.2 * (next - level) + 0.8 * 0.9 * trend;
      season[place] = 0.2 * (value - before) + 0.8 * (season[place] as number);
      level = next;
    });
    const run = runSmoothing(smoothing, values, first);
    run.errors.forEach((error, t) => expect(error).toBeCloseTo(errors[t] as number, 12));
    expect(run.state.level).toBeCloseTo(level, 12);
    expect(run.state.trend).toBeCloseTo(trend, 12);
    expect(run.deviance).toBeCloseTo(5 * Math.log(errors.reduce((s, e) => s + e * e, 0) / 5), 12);
  });

  it('passes over missing buckets, and starts from what is there', () => {
    const spec = { error: 'multiplicative', trend: false, season: 'multiplicative' } as const;
    const values = Float64Array.of(Number.NaN, 10, 20, Number.NaN, 10, 20);
    const state = firstState({ spec, period: 3 }, values);
    expect(state).toMatchObject({
      level: 15,
      season: Float64Array.of(1, (20 / 15 + 1) / 3, (40 / 15 + 1) / 3),
    });
    const parameters = { alpha: 0.5, beta: 0, gamma: 0.3, phi: 1 };
    moveOn({ spec, parameters, period: 3, floor: 0.1 }, state, { place: 0, error: 0 });
    expect(state.level).toBe(15);
  });

  it('smooths chance and size of demand that comes now and then', () => {
    const fit = fitIntermittent(Float64Array.from({ length: 300 }, (_, t) => (t % 5 === 0 ? 4 : 0)));
    expect(fit.chance * fit.size).toBeCloseTo(0.8, 0.5);
    const dead = fitIntermittent(
      Float64Array.from({ length: 300 }, (_, t) => (t < 150 && t % 3 === 0 ? 4 : 0)),
    );
    expect(dead.chance).toBeLessThan(0.02);
  });
});

describe('backtest', () => {
  const fit = { alpha: 0.1, beta: 0.1, chance: 0.5, size: 4, sizes: Float64Array.of(1) };

  it('scales losses by what the training knew, and counts what lies inside', () => {
    // Steps of 1 from one bucket to the next in the training, of 100 afterwards.
    const values = Float64Array.from({ length: 30 }, (_, t) => (t < 20 ? t % 2 : 100 * (t % 2)));
    const dynamics = { kind: 'intermittent', fit } as const;
    const input = { values, period: 1, horizon: 2, origins: [20, 22], seed: 1, dynamicsAt: () => dynamics };
    const found = backtest(input);
    expect(found.naive.mase).toBe((1 + 99 + 100 + 0) / 4);
    expect(found.model.mase).toBeLessThan(60);
    expect(found.simulated).toEqual({ coverage80: 0.5, coverage95: 0.5 });
    // A hundred where nought or four was simulated.
    expect(found.stretch.for95).toBeGreaterThan(20);
    expect(found.coverage95).toBeGreaterThan(found.simulated.coverage95);
  });

  it('gives seasonal-naive its due: intervals that grow with the root of the seasons', () => {
    const naive = seasonalNaiveOf(Float64Array.of(10, 20, 11, 22, 12, Number.NaN, 13), 2);
    expect(naive.last).toEqual(Float64Array.of(22, 13));
    expect(naive.differences).toEqual(Float64Array.of(1, 1, 1, 2));
    expect([0, 1, 2, 3].map((ahead) => naiveQuantile(naive, ahead, 1))).toEqual([
      24,
      15,
      22 + 2 * Math.SQRT2,
      13 + 2 * Math.SQRT2,
    ]);
    expect(naiveQuantile(naive, 0, 0.5)).toBe(22);
  });

  it('has no future below 0', () => {
    const spec = { error: 'additive', trend: false, season: 'none' } as const;
    const smoothing = { spec, parameters: { alpha: 0.5, beta: 0, gamma: 0, phi: 1 }, period: 1, floor: 0.1 };
    const state = { level: 1, trend: 0, season: Float64Array.of(0) };
    const dynamics = { kind: 'smoothing', smoothing, state, errors: Float64Array.of(-5, 5) } as const;
    const paths = simulatePaths(dynamics, { horizon: 5, length: 0, random: createRandom(1) });
    expect(paths.every((sorted) => sorted[0] === 0 && (sorted.at(-1) ?? 0) >= 6)).toBe(true);
  });
});

describe('forecast', () => {
  it.each(forecastWorlds.map((world) => [world.name, world] as const))(
    '%s: intervals hold, naive is beaten or refused',
    (_, world) => {
      const row = forecastRow(world, 8);
      if (world.dispersion < 0) expect(row.refused).toBe(1);
      else {
        expect(row.refused).toBeLessThanOrEqual(0.25);
        expect(row.mase).toBeLessThan(row.naive);
        expect(row.coverage80).toBeGreaterThan(0.65);
        expect(row.coverage95).toBeGreaterThan(0.85);
      }
    },
  );

  it('refuses with both losses', () => {
    const same = Float64Array.from({ length: 200 }, (_, day) => 10 + (day % 7));
    expect(fitForecast({ values: same, period: 7 })).toMatchObject({
      reason: 'does_not_beat_naive',
      backtest: { naive: { mase: 0, pinball: 0 }, origins: 6, horizon: 14 },
    });
  });

  it('forecasts whole, ordered intervals, the same from a file, and with exposure', () => {
    for (const values of [weekly(200, 30), weekly(200, 0.4)]) {
      const made = model(fitForecast({ values, period: 7, horizon: 7 }));
      const next = forecast(made, { horizon: 7 });
      expect(forecast(loadForecast(saveForecast(made)), { horizon: 7 })).toEqual(next);
      expect(loadForecast(saveForecast(made))).toEqual(made);
      for (let day = 0; day < 7; day++) {
        const ends = [next.low95, next.low80, next.median, next.high80, next.high95].map(
          (e) => e[day] as number,
        );
        expect(ends).toEqual(ends.toSorted((a, b) => a - b));
        expect(ends[0]).toBeGreaterThanOrEqual(0);
        expect(Number.isInteger(ends[4])).toBe(true);
      }
      const none = forecast(made, { horizon: 7, exposure: [0, 1, 1, 1, 1, 1, 2] });
      expect([none.mean[0], none.high95[0], none.mean[6]]).toEqual([0, 0, 2 * (next.mean[6] as number)]);
      const bytes = saveForecast(made);
      bytes[60] = (bytes[60] as number) ^ 1;
      expect(() => loadForecast(bytes)).toThrow(expect.objectContaining({ code: 'damaged' }));
    }
  });

  it('refuses a horizon of hundreds of megabytes, and a file that does not fit', () => {
    const values = Array.from({ length: 300 }, (_, t) => 10 * (t % 7) + ((t * 7919) % 13));
    const made = fitForecast({ values, period: 7 });
    if (made.kind === 'no_answer') throw new Error(made.reason);
    expect(() => forecast(made, { horizon: 1e6 })).toThrow(expect.objectContaining({ code: 'out_of_range' }));
    const bytes = saveForecast({ ...made, period: 8 });
    expect(() => loadForecast(bytes)).toThrow(expect.objectContaining({ code: 'damaged' }));
  });

  it('is stopped by its watch, and tells a rising share', () => {
    const heard: number[] = [];
    fitForecast({ values: weekly(200, 30), period: 7 }, ({ done }) => void heard.push(done));
    expect(heard.length).toBeGreaterThan(10);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(() => fitForecast({ values: weekly(200, 30), period: 7 }, () => 'stop')).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });

  it('answers or says why not, whatever comes in', () => {
    expect(fitForecast({ values: [], period: 7 })).toMatchObject({ reason: 'too_short' });
    expect(fitForecast({ values: new Float64Array(200), period: 7 })).toMatchObject({ reason: 'no_counts' });
    expect(fitForecast({ values: new Float64Array(200).fill(Number.NaN), period: 7 })).toMatchObject({
      reason: 'too_short',
    });
    const values = fc.array(fc.oneof(fc.constant(0), fc.constant(Number.NaN), fc.nat(9), fc.constant(1e12)), {
      minLength: 40,
      maxLength: 90,
    });
    fc.assert(
      fc.property(values, fc.constantFrom(1, 2, 7), (given, period) => {
        const made = fitForecast({ values: given, period, horizon: 5 });
        if (made.kind === 'no_answer') return;
        for (const list of Object.values(forecast(made, { horizon: 9 })))
          expect(list.every((v: number) => v >= 0 && v < Infinity)).toBe(true);
      }),
      { numRuns: 25 },
    );
    for (const [code, work] of [
      ['negative_count', () => fitForecast({ values: [-1], period: 7 })],
      ['not_finite', () => fitForecast({ values: [Infinity], period: 7 })],
      ['nan', () => fitForecast({ values: [undefined as unknown as number], period: 7 })],
      ['out_of_range', () => fitForecast({ values: [1], period: 0 })],
      ['out_of_range', () => fitForecast({ values: [1], period: 7, horizon: 0 })],
      [
        'length_mismatch',
        () =>
          forecast(model(fitForecast({ values: weekly(99, 9), period: 7 })), { horizon: 2, exposure: [1] }),
      ],
    ] as const)
      expect(work).toThrow(expect.objectContaining({ code }));
  });
});
