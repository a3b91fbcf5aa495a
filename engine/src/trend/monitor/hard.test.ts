import { describe, expect, it } from 'vitest';
import { detect } from '../../../scripts/results/trend/detection.ts';
import { type Breakage, makeHardWorld } from '../../../scripts/results/trend/hard-world.ts';
import type { Planted } from '../../../scripts/results/trend/world.ts';
import { createRandom } from '../../random/index.ts';
import { dailyBuckets } from '../calendar/index.ts';
import { contextOf, emptyExpectation, expectInto } from './baseline.ts';
import { likeliestChange } from './change.ts';
import { ECHO_SUMS, foresee, swingOn } from './echo.ts';
import { createMonitor, describeSeries, fitHistory, loadMonitor, saveMonitor } from './index.ts';
import { learnNeighbours } from './learn.ts';
import { settleSeries } from './settle.ts';

const planted = Array.from(
  { length: 10 },
  (_, k): Planted => ({ series: 7 * k, shape: 'shift', factor: 4, mean: 40, at: 150 + 5 * k }),
);
const world = { seed: 'hard', series: 400, days: 250, means: [0.5, 100] as const, planted, said: false };
const row = (...breaks: readonly Breakage[]) => detect({ ...world, breaks });

describe('counts that do not follow the law', () => {
  // Without the means against it these were 25 (swings), 95 (promotions) and 87 (orders in bulk) per 1,000 series and month.
  it('cost few false alarms where they swing and come back by themselves, and changes are found still', () => {
    const found = row('autocorrelation');
    expect(found.wrongPerThousandMonths).toBeLessThan(4);
    expect(found.found.size).toBeGreaterThanOrEqual(5);
  });

  it('cost fewer once it was seen how promotions come back', () => {
    const found = row('promotions');
    expect(found.wrongPerThousandMonthsLate).toBeLessThan(15);
    expect(found.found.size).toBeGreaterThanOrEqual(5);
  });

  it('cost fewer once it was seen how orders in bulk come back', () => {
    const found = row('bulk orders');
    expect(found.wrongPerThousandMonthsLate).toBeLessThan(15);
    expect(found.found.size).toBeGreaterThanOrEqual(8);
  });

  it('cost none where the shop says what it knows', () => {
    const said = { ...world, said: true, breaks: ['promotions', 'stock-outs', 'launches and ends'] as const };
    const found = detect(said);
    expect(found.wrong).toBeLessThanOrEqual(2);
    expect(found.found.size).toBeGreaterThanOrEqual(8);
  });
});

describe('swings', () => {
  /** Two Poisson series of 50 a day: independent, and with an AR(1) log-rate of 0.8 and 0.4. */
  const days = 400;
  const random = createRandom('swings');
  let log = 0;
  const counts = Float64Array.from({ length: 2 * days }, (_, k) => {
    if (k % 2 === 0) return random.poisson(50);
    log = 0.8 * log + 0.4 * 0.6 * random.normal();
    return random.poisson(50 * Math.exp(log));
  });
  const buckets = dailyBuckets({ firstWeekday: 0, days });
  const { monitor } = fitHistory({ options: { series: 2, groups: [0, 1] }, buckets, counts });

  it('are told apart from independent counts, and said', () => {
    const [still, swings] = [describeSeries(monitor, 0), describeSeries(monitor, 1)];
    expect(still?.swings).toEqual({ keep: 0, deviation: 0 });
    expect(swings?.swings.keep).toBeGreaterThan(0.5);
    expect(swings?.swings.deviation).toBeGreaterThan(0.25);
    expect(swings?.swings.deviation).toBeLessThan(0.6);
  });

  it('widen the interval of a ratio and of its start', () => {
    const width = (series: number): number => {
      const { low, high } = describeSeries(monitor, series)?.ratio ?? { low: 1, high: 1 };
      return Math.log(high / low);
    };
    expect(width(1)).toBeGreaterThan(2 * width(0));
  });

  it('make a level less sure than as many independent counts do', () => {
    const [still, swings] = [0, 1].map((series) => {
      const out = emptyExpectation();
      const at = { slot: 0, holiday: 0, exposure: 1 };
      expectInto(monitor, series, { ...at, context: contextOf(monitor, at), out });
      return out.error;
    });
    expect(still).toBeLessThan(0.03);
    expect(swings).toBeGreaterThan(0.07);
  });

  it('do not speak for the time after a level settled, nor are they learned from special days', () => {
    const copy = loadMonitor(saveMonitor(monitor));
    copy.swing.fill(0.5);
    copy.swings.fill(0.5);
    settleSeries(copy, 1);
    expect([...copy.swing]).toEqual([0.5, 0.5, 0, 0]);
    expect(copy.swings.indexOf(0)).toBe(copy.swings.length / 2);
    const step = { bucket: days - 1, size: 5, keep: 0.99, late: true };
    for (const [ago, learned] of [
      [0, 0],
      [1, 1],
    ] as const) {
      const other = loadMonitor(saveMonitor(monitor));
      // The bucket itself, or the one before, was a special day.
      other.recentBucket[3 * ((days - 1 - ago) % other.settings.window) + 1] = 1;
      learnNeighbours(other, 1, step);
      const moved = [ECHO_SUMS, ECHO_SUMS + 2].filter((at) => other.echo[at] !== monitor.echo[at]);
      expect(moved.length).toBe(learned);
      expect(other.spread[2] !== monitor.spread[2]).toBe(learned === 1);
    }
  });

  it('are carried on by their share, and not over a bucket that was not counted', () => {
    const copy = loadMonitor(saveMonitor(monitor));
    copy.swing.set([0.5, 0.01], 2);
    const law = { ...emptyExpectation(), mean: 50, size: 5, keep: 0.8, variance: 0.16, noise: 0.05 };
    foresee(copy, 1, { law, fresh: false });
    expect(law.likely).toBeCloseTo(50 * 1.4, 9);
    // 0.8² × 0.01 is left, 0.16 (1 - 0.8²) is new; relative to the mean that is likely now.
    expect(1 / law.likelySize).toBeCloseTo(0.05 + (0.64 * 0.01 + 0.16 * 0.36) / 1.4 ** 2, 9);
    foresee(copy, 1, { law, fresh: true });
    expect([law.likely, law.likelySize]).toEqual([50, 1 / 0.21]);
  });

  it('are followed by a Kalman filter, one huge count cut', () => {
    const copy = loadMonitor(saveMonitor(monitor));
    const law = { ...emptyExpectation(), mean: 50, size: 5, keep: 0.8, variance: 0.16, noise: 0.05 };
    foresee(copy, 1, { law, fresh: true });
    swingOn(copy, 1, { law, count: 75 });
    const gain = 0.16 / (0.16 + 1 / 50 + 0.05);
    expect(copy.swing[2]).toBeCloseTo(0.5 * gain, 9);
    expect(copy.swing[3]).toBeCloseTo((1 - gain) * 0.16, 9);
    swingOn(copy, 1, { law, count: 1e9 });
    expect(copy.swing[2]).toBeCloseTo(4 * Math.sqrt(0.23) * gain, 9);
    const still = createMonitor({ series: 1 });
    swingOn(still, 0, { law: { ...law, keep: 0 }, count: 75 });
    expect(still.swing).toEqual(new Float64Array(2));
  });
});

it('says less exactly since when, where counts of one swing say the same thing', () => {
  const count = Array.from({ length: 40 }, (_, t) => (t < 20 ? 10 : 15) + ((t * 7919) % 5) - 2);
  const track = { bucket: count.map((_, t) => t), count, mean: count.map(() => 10), size: 50, zeros: 0 };
  const width = (repeat: number): number => {
    const { earliest, latest } = likeliestChange({ ...track, repeat }, 'step', 'rise');
    return latest - earliest;
  };
  expect(width(5)).toBeGreaterThan(width(1));
});

it('the second generator follows the law where nothing breaks it, and masks what is said', () => {
  const days = 200;
  const plain = makeHardWorld({ ...world, days, planted: [], breaks: [] });
  expect(plain.counts.every((count) => !(count < 0))).toBe(true);
  const told = makeHardWorld({ ...world, days, planted: [], breaks: ['stock-outs'], said: true });
  const missing = (counts: Float64Array): number => counts.filter(Number.isNaN).length / counts.length;
  expect(missing(plain.counts)).toBeLessThan(0.02);
  expect(missing(told.counts)).toBeGreaterThan(0.03);
});
