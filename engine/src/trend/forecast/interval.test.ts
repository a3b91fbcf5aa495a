import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/index.ts';
import { fitForecast, forecast } from './index.ts';
import { AS_SIMULATED, coverageOf, crossCoverageOf, intervalsOf, residualOf, stretchOf } from './interval.ts';

const futures = Float64Array.from({ length: 501 }, (_, k) => 50 + k / 5);

describe('intervals', () => {
  it('are whole numbers, drawn out around the median, the wider never inside the other', () => {
    expect(intervalsOf(futures, AS_SIMULATED)).toEqual({ low80: 60, high80: 140, low95: 52, high95: 148 });
    expect(intervalsOf(futures, { for80: 1.5, for95: 1 })).toEqual({
      low80: 40,
      high80: 160,
      low95: 40,
      high95: 160,
    });
    const point = new Float64Array(20).fill(7);
    expect(intervalsOf(point, AS_SIMULATED)).toMatchObject({ low95: 7, high95: 7 });
    expect(intervalsOf(point, { for80: 4, for95: 20 })).toEqual({
      low80: 5,
      high80: 9,
      low95: 0,
      high95: 17,
    });
  });

  it('are recalibrated by the finite-sample quantile, the largest of too few', () => {
    // Values at 100 + 2 k: half of the 80 % interval is 40.
    const residuals = (n: number) =>
      Array.from({ length: n }, (_, k) => residualOf(k, 100 + 2 * (k + 1) * (100 / n), futures));
    expect(stretchOf(residuals(100)).for80).toBeCloseTo((2 * 81) / 40, 6);
    expect(stretchOf(residuals(100)).for95).toBeCloseTo((2 * 96) / 47.5, 6);
    expect(stretchOf(residuals(10)).for95).toBeCloseTo(200 / 47.5, 6);
    expect(stretchOf([])).toEqual(AS_SIMULATED);
    expect(stretchOf([residualOf(0, 100, futures)])).toEqual(AS_SIMULATED);
  });

  it('hold for what comes next, in the mean, however wrong the simulation was', () => {
    const random = createRandom('conformal');
    let [in80, in95] = [0, 0];
    const rounds = 1500;
    for (let round = 0; round < rounds; round++) {
      const draw = () => residualOf(0, Math.max(0, random.normal(100, 150)), futures);
      const stretch = stretchOf(Array.from({ length: 39 }, draw));
      const next = coverageOf([draw()], () => stretch);
      in80 += next.coverage80;
      in95 += next.coverage95;
    }
    // Four standard errors: 4.1 and 2.3 points.
    expect(in80 / rounds).toBeGreaterThan(0.76);
    expect(in95 / rounds).toBeGreaterThan(0.927);
    expect(in80 / rounds).toBeLessThan(0.85);
  });

  it('judge a forecast by the others only', () => {
    const residuals = [0, 0, 0, 1, 1, 1].map((origin) =>
      residualOf(origin, origin === 0 ? 100 : 900, futures),
    );
    // Calibrated on the quiet one the loud one is missed; the other way round all is covered.
    expect(crossCoverageOf(residuals)).toEqual({ coverage80: 0.5, coverage95: 0.5 });
    expect(coverageOf(residuals, () => stretchOf(residuals))).toEqual({ coverage80: 1, coverage95: 1 });
  });
});

/** A week's pattern whose noise grows by `louder` before the backtest begins. */
const louder = (times: number): Float64Array => {
  const random = createRandom('loud');
  return Float64Array.from({ length: 316 }, (_, day) =>
    Math.max(0, Math.round(200 + 40 * (day % 7) + (day < 205 ? 2 : 2 * times) * random.normal())),
  );
};

describe('a forecast whose intervals missed', () => {
  it('is recalibrated, and says what it was before', () => {
    const made = fitForecast({ values: louder(6), period: 7, horizon: 14 });
    if (made.kind === 'no_answer') throw new Error(made.reason);
    expect(made.backtest.simulated.coverage80).toBeLessThan(0.5);
    expect(made.backtest.coverage80).toBeGreaterThan(0.7);
    expect(made.backtest.coverage95).toBeGreaterThan(0.9);
    const wide = forecast(made, { horizon: 1 });
    const plain = forecast({ ...made, stretch: AS_SIMULATED }, { horizon: 1 });
    expect((wide.high80[0] as number) - (wide.low80[0] as number)).toBeGreaterThan(
      2 * ((plain.high80[0] as number) - (plain.low80[0] as number)),
    );
  });

  it('is refused where that does not help', () => {
    expect(fitForecast({ values: louder(20), period: 7, horizon: 14 })).toMatchObject({
      kind: 'no_answer',
      reason: 'intervals_do_not_hold',
      backtest: { simulated: { coverage80: expect.closeTo(0.12, 1) } },
    });
  });

  it('is judged by 40 buckets at least, however near its horizon', () => {
    const made = fitForecast({ values: louder(1), period: 7, horizon: 1 });
    if (made.kind === 'no_answer') throw new Error(made.reason);
    expect(made.backtest.origins).toBe(40);
  });
});
