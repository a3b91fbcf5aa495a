import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from '../../../scripts/results/trend/detection.ts';
import { makeWorld, type Planted } from '../../../scripts/results/trend/world.ts';
import { isEngineError } from '../../errors/index.ts';
import { createRandom } from '../../random/index.ts';
import { type Bucket, dailyBuckets, hourlyBuckets } from '../calendar/index.ts';
import {
  createMonitor,
  describeSeries,
  fitHistory,
  loadMonitor,
  observeBucket,
  saveMonitor,
  type TrendMonitor,
} from './index.ts';

const planted: readonly Planted[] = [
  { series: 3, shape: 'shift', factor: 3, mean: 20, at: 120 },
  { series: 40, shape: 'spike', factor: 50, mean: 20, at: 130 },
  { series: 77, shape: 'shift', factor: 0.2, mean: 20, at: 140 },
  { series: 90, shape: 'drift', factor: 4, mean: 20, at: 110 },
];
const world = { seed: 'monitor', series: 200, days: 200, means: [0.05, 60] as const, planted };
const made = makeWorld(world);
const options = { series: 200, groups: made.groups, holidays: 2 };

/** One quiet Poisson series of `mean`, changed by `change`. */
const one = (mean: number, days: number, change: (count: number, day: number) => number) => {
  const random = createRandom('one');
  const counts = Float64Array.from({ length: days }, (_, day) => change(random.poisson(mean), day));
  return fitHistory({ options: { series: 1 }, buckets: dailyBuckets({ firstWeekday: 0, days }), counts });
};
const usual = (monitor: TrendMonitor): number => (monitor.level[0] as number) / (monitor.level[1] as number);

describe('monitor', () => {
  const whole = fitHistory({ options, ...made });

  it('finds what was planted, says since when, how strong, which way', () => {
    const signals = new Map(
      whole.opened.filter(({ bucket }) => bucket >= 110).map((signal) => [signal.series, signal]),
    );
    expect(signals.get(3)).toMatchObject({ direction: 'rise', since: { estimate: 120 } });
    expect(signals.get(3)?.ratio.low).toBeLessThan(3);
    expect(signals.get(3)?.ratio.high).toBeGreaterThan(2);
    expect(signals.get(40)).toMatchObject({
      direction: 'rise',
      shape: 'spike',
      bucket: 130,
      since: { estimate: 130 },
    });
    expect(signals.get(40)?.chance).toBeLessThan(1e-3);
    expect(signals.get(77)).toMatchObject({ direction: 'drop' });
    expect(Math.abs((signals.get(77)?.since.estimate ?? 0) - 140)).toBeLessThanOrEqual(2);
    const drift = signals.get(90);
    expect(drift?.since.earliest).toBeLessThanOrEqual(125);
    expect(drift?.since.latest).toBeGreaterThanOrEqual(drift?.since.estimate ?? 1e9);
    expect(
      whole.opened.filter(({ series }) => !planted.some((p) => p.series === series)).length,
    ).toBeLessThanOrEqual(1);
  });

  it('goes on to the bit from a file, and its past is not changed by what comes later', () => {
    const half = 97;
    const first = fitHistory({
      options,
      buckets: made.buckets.slice(0, half),
      counts: made.counts.subarray(0, half * 200),
    });
    expect(whole.opened.slice(0, first.opened.length)).toEqual(first.opened);
    const bytes = saveMonitor(first.monitor);
    const loaded = loadMonitor(bytes);
    expect(saveMonitor(loaded)).toEqual(bytes);
    const later = [];
    for (let day = half; day < 200; day++) {
      const counts = made.counts.subarray(day * 200, (day + 1) * 200);
      later.push(...observeBucket(loaded, made.buckets[day] as Bucket, counts).opened);
    }
    expect([...first.opened, ...later]).toEqual(whole.opened);
    expect(saveMonitor(loaded)).toEqual(saveMonitor(whole.monitor));
    expect(() => loadMonitor(bytes.slice(0, -1))).toThrow(expect.objectContaining({ code: 'damaged' }));
    bytes[900] = (bytes[900] as number) ^ 1;
    expect(() => loadMonitor(bytes)).toThrow(expect.objectContaining({ code: 'damaged' }));
  });

  it('does not mind the order of the series', () => {
    const order = createRandom('order').shuffle(Array.from({ length: 200 }, (_, i) => i));
    const counts = made.counts.map(
      (_, k) => made.counts[k - (k % 200) + (order[k % 200] as number)] as number,
    );
    const groups = Uint32Array.from(order, (series) => made.groups[series] as number);
    const moved = fitHistory({ options: { ...options, groups }, buckets: made.buckets, counts });
    const back = moved.opened.map((signal) => ({ ...signal, series: order[signal.series] as number }));
    const sorted = (signals: typeof back) =>
      signals.toSorted((a, b) => a.bucket - b.bucket || a.series - b.series);
    expect(sorted(back)).toEqual(sorted([...whole.opened]));
  });

  it('is stopped by its watch', () => {
    const stages: string[] = [];
    const stop = () =>
      fitHistory({ options, ...made }, ({ stage, done }) => {
        stages.push(stage);
        return done > 0.1 ? 'stop' : undefined;
      });
    expect(stop).toThrow(expect.objectContaining({ code: 'cancelled' }));
    expect(new Set(stages)).toEqual(new Set(['columns', 'buckets', 'counts', 'groups', 'special day']));
  });
});

it('looks at its watch after some thousand series in every part of a bucket', () => {
  const series = 20_000;
  const days = 30;
  const looks = new Map<string, number>();
  const shares: number[] = [];
  const holiday = Uint8Array.from({ length: days }, (_, day) => (day === 29 ? 1 : 0));
  const counts = Float64Array.from({ length: days * series }, (_, k) => k % 3);
  fitHistory(
    { options: { series, holidays: 1 }, buckets: dailyBuckets({ firstWeekday: 0, days, holiday }), counts },
    ({ stage, done }) => {
      looks.set(stage, (looks.get(stage) ?? 0) + 1);
      shares.push(done);
    },
  );
  // 5 looks a pass of 20,000 at 4,096 apart; 313 at 64 apart (20,000 is not a multiple of 64); two rounds each of the first season and a special day.
  expect(looks.get('counts')).toBe(days * 5);
  expect(looks.get('special day')).toBe(10);
  expect(looks.get('first season')).toBe(2 * 313 - 1);
  expect(looks.get('first levels')).toBe(313);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

describe('what is usual', () => {
  it('is not moved by one huge day, before or after the warm-up', () => {
    for (const at of [5, 60]) {
      const { monitor, opened } = one(10, 100, (count, day) => (day === at ? 100_000 : count));
      expect(usual(monitor)).toBeCloseTo(10, -0.5);
      expect(opened.map(({ bucket }) => bucket)).toEqual(at === 60 ? [60] : []);
    }
  });

  it('forgets a huge day of the warm-up, however huge', () => {
    for (const huge of [1e6, 1e15]) {
      const made = one(3, 120, (count, day) => (day === 5 ? huge : count));
      expect(made.opened).toEqual([]);
      expect(usual(made.monitor)).toBeLessThan(5);
    }
  });

  it('refuses an exposure that would overflow, and goes on at its limits', () => {
    for (const exposure of [1e-300, 1e300, -1, Number.NaN])
      expect(() => observeBucket(createMonitor({ series: 1 }), { slot: 0, exposure }, [1])).toThrow();
    const monitor = createMonitor({ series: 2 });
    for (let day = 0; day < 90; day++) {
      const exposure = [1e-9, 1, 1e9][day % 3] as number;
      observeBucket(monitor, { slot: day % 7, exposure }, [day % 2 === 0 ? 9e15 : 0, 3]);
    }
    for (const values of [monitor.level, monitor.season, monitor.spread, monitor.zeros, monitor.evidence])
      expect(values.every(Number.isFinite)).toBe(true);
    expect(monitor.recentMean.includes(Infinity)).toBe(false);
  });

  it('refuses a file whose arrays do not fit its settings', () => {
    const monitor = createMonitor({ series: 3 });
    const bytes = saveMonitor({ ...monitor, season: monitor.season.slice(2) });
    expect(() => loadMonitor(bytes)).toThrow(expect.objectContaining({ code: 'damaged' }));
  });

  it('tells missing from zero', () => {
    const zero = one(10, 100, (count, day) => (day >= 80 ? 0 : count));
    expect(zero.opened[0]).toMatchObject({ direction: 'drop', since: { estimate: 80 } });
    expect(zero.opened[0]?.ratio).toMatchObject({ estimate: 0, low: 0 });
    const missing = one(10, 100, (count, day) => (day >= 80 ? Number.NaN : count));
    expect(missing.opened).toEqual([]);
    expect(usual(missing.monitor)).toBeGreaterThan(8);
  });

  it('becomes what a shift left, and the way back is a signal of its own', () => {
    const { opened, closed, monitor } = one(10, 200, (count, day) =>
      day >= 80 && day < 150 ? 3 * count : count,
    );
    expect(opened.map(({ direction }) => direction)).toEqual(['rise', 'drop']);
    expect(closed[0]?.reason).toBe('settled');
    expect(usual(monitor)).toBeLessThan(13);
  });

  it('leaves out the days on which a series is closed', () => {
    const random = createRandom('closed');
    const { monitor, opened } = one(30, 300, (count) => (random.chance(0.15) ? 0 : count));
    expect(usual(monitor)).toBeCloseTo(30, -0.5);
    expect(opened.length).toBeLessThanOrEqual(1);
  });

  it('closes a signal that is over', () => {
    const { closed } = one(10, 100, (count, day) => (day === 60 ? 60 : count));
    expect(closed).toEqual([{ series: 0, openedAt: 60, closedAt: expect.any(Number), reason: 'over' }]);
  });

  it('knows special days after two of them, and takes no evidence from the first', () => {
    const random = createRandom('special');
    const series = 30;
    const days = 160;
    const holiday = new Uint8Array(days);
    for (const day of [50, 70, 90, 110, 150]) holiday[day] = 1;
    const counts = Float64Array.from({ length: days * series }, (_, k) => {
      const day = Math.floor(k / series);
      return random.poisson(80 * (holiday[day] === 1 && !(day === 150 && k % series === 4) ? 4 : 1));
    });
    const buckets = dailyBuckets({ firstWeekday: 0, days, holiday });
    const { opened } = fitHistory({ options: { series, holidays: 1 }, buckets, counts });
    // Without the factor all would be signals on such days; series 4 does not take part in the last one.
    expect(opened.map((s) => [s.bucket, s.series, s.direction])).toEqual([[150, 4, 'drop']]);
    const unaware = fitHistory({
      options: { series },
      buckets: dailyBuckets({ firstWeekday: 0, days }),
      counts,
    });
    expect(unaware.opened.length).toBeGreaterThan(20);
  });

  it('follows hours of the week and exposure', () => {
    const random = createRandom('hours');
    const hours = 168 * 6;
    const buckets = hourlyBuckets({ startMs: 0, hours, offsetMinutes: () => 60 }).map((bucket, t) => ({
      ...bucket,
      exposure: 1 + (t % 5),
    }));
    const counts = Float64Array.from(buckets, ({ slot, exposure }) =>
      random.poisson(exposure * (slot % 24 < 7 ? 1 : 10)),
    );
    const { opened, monitor } = fitHistory({ options: { series: 1, slots: 168 }, buckets, counts });
    expect(opened).toEqual([]);
    expect(observeBucket(monitor, { slot: 3 }, [4]).opened).toMatchObject([]);
    expect(observeBucket(monitor, { slot: 3 }, [60]).opened).toMatchObject([
      { direction: 'rise', shape: 'spike' },
    ]);
  });

  it('leaves drops out where only rises are asked', () => {
    const counts = Float64Array.from({ length: 100 }, (_, day) => (day < 60 ? 50 : 5));
    const buckets = dailyBuckets({ firstWeekday: 0, days: 100 });
    expect(fitHistory({ options: { series: 1, directions: 'rise' }, buckets, counts }).opened).toEqual([]);
    expect(fitHistory({ options: { series: 1 }, buckets, counts }).opened.length).toBe(1);
  });
});

describe('errors over thousands of series', () => {
  it('keeps the share of wrong signals, and is quiet where nothing is', () => {
    const quiet = detect({ seed: 'quiet', series: 800, days: 250, planted: [], means: [0.02, 200] });
    expect(quiet.opened).toBeLessThanOrEqual(5);
    const plan = Array.from(
      { length: 40 },
      (_, k): Planted => ({ series: 10 * k, shape: 'shift', factor: 3, mean: 15, at: 100 + k }),
    );
    const busy = detect({ seed: 'busy', series: 400, days: 200, planted: plan, means: [0.02, 200] });
    expect(busy.wrongShare).toBeLessThanOrEqual(0.1);
    expect(busy.found.size).toBeGreaterThanOrEqual(35);
  });
});

const noNaN = (found: unknown): void =>
  void JSON.stringify(found, (key, value: unknown) => {
    if (Number.isNaN(value)) throw new Error(`${key} is NaN`);
    return value;
  });

describe('whatever comes in', () => {
  const counts = fc.array(
    fc.oneof(
      fc.constant(0),
      fc.constant(Number.NaN),
      fc.integer({ min: 0, max: 20 }),
      fc.constant(Number.MAX_SAFE_INTEGER),
    ),
    { minLength: 60 * 3, maxLength: 60 * 3 },
  );
  it('never gives NaN', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(0, 1e-9, 1, 1e9), (values, exposure) => {
        const monitor = createMonitor({ series: 3, groups: [0, 1, 0], warmUp: 10, settle: 5, holidays: 1 });
        for (let day = 0; day < 60; day++) {
          const bucket = {
            slot: day % 7,
            holiday: day % 13 === 0 ? 1 : 0,
            exposure: day % 4 === 0 ? exposure : 1,
          };
          const report = observeBucket(monitor, bucket, values.slice(3 * day, 3 * day + 3));
          report.opened.forEach(noNaN);
        }
        for (const array of [monitor.level, monitor.season, monitor.spread, monitor.zeros, monitor.evidence])
          expect(array.every(Number.isFinite)).toBe(true);
        for (let i = 0; i < 3; i++) noNaN(describeSeries(monitor, i));
      }),
      { numRuns: 60 },
    );
  });

  it('takes a great many series', () => {
    const series = 100_000;
    const monitor = createMonitor({ series, warmUp: 2, settle: 2 });
    for (let day = 0; day < 4; day++)
      expect(observeBucket(monitor, { slot: day }, new Float64Array(series).fill(day % 2)).opened).toEqual(
        [],
      );
    expect(describeSeries(createMonitor({ series: 1 }), 0)).toBeUndefined();
  });

  it.each([
    ['out_of_range', () => createMonitor({ series: 0 })],
    ['negative_count', () => createMonitor({ series: -1 })],
    ['length_mismatch', () => createMonitor({ series: 2, groups: [0] })],
    ['out_of_range', () => createMonitor({ series: 2, groups: [0, 5] })],
    ['out_of_range', () => createMonitor({ series: 1, tolerance: -1 })],
    ['out_of_range', () => createMonitor({ series: 1, directions: 'drop' as 'rise' })],
    ['out_of_range', () => createMonitor({ series: 1, settle: 1e9 })],
    ['out_of_range', () => createMonitor({ series: 1, warmUp: 1e9 })],
    ['out_of_range', () => createMonitor({ series: 1, slots: 1e9 })],
    ['out_of_memory', () => createMonitor({ series: 1e9 })],
    ['out_of_range', () => describeSeries(createMonitor({ series: 1 }), 1)],
    ['nan', () => describeSeries(createMonitor({ series: 1 }), Number.NaN)],
    ['probability_out_of_range', () => createMonitor({ series: 1, falseDiscoveryRate: 1 })],
    ['length_mismatch', () => observeBucket(createMonitor({ series: 2 }), { slot: 0 }, [1])],
    ['negative_count', () => observeBucket(createMonitor({ series: 1 }), { slot: 0 }, [-1])],
    ['negative_count', () => observeBucket(createMonitor({ series: 1 }), { slot: 0 }, [0.5])],
    ['negative_count', () => observeBucket(createMonitor({ series: 1 }), { slot: 0 }, [Infinity])],
    ['out_of_range', () => observeBucket(createMonitor({ series: 1 }), { slot: 7 }, [1])],
    ['out_of_range', () => observeBucket(createMonitor({ series: 1 }), { slot: 0, holiday: 1 }, [1])],
    ['out_of_range', () => observeBucket(createMonitor({ series: 1 }), { slot: 0, exposure: -1 }, [1])],
    ['nan', () => observeBucket(createMonitor({ series: 1 }), { slot: 0, exposure: Number.NaN }, [1])],
  ])('throws %s', (code, work) => {
    let found: unknown;
    try {
      work();
    } catch (error) {
      found = isEngineError(error) ? error.code : error;
    }
    expect(found).toBe(code);
  });
});
