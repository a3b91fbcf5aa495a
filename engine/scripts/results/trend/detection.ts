import { createRandom } from '../../../src/random/index.ts';
import {
  createMonitor,
  fitHistory,
  type MonitorOptions,
  observeBucket,
  type TrendSignal,
} from '../../../src/trend/index.ts';
import { type HardWorldOptions, makeHardWorld } from './hard-world.ts';
import { makeWorld, type Planted, type PlantedShape, type WorldOptions } from './world.ts';

/** Found means: on the list within so many days. */
export const GRACE_DAYS = 56;
/** A true change that is found later than that is late, not wrong. */
const TRUE_DAYS = 100;
const LEARNED_DAYS = 120;

export const kinds: readonly { readonly shape: PlantedShape; readonly factor: number }[] = [
  { shape: 'spike', factor: 3 },
  { shape: 'spike', factor: 6 },
  { shape: 'shift', factor: 1.5 },
  { shape: 'shift', factor: 2 },
  { shape: 'shift', factor: 3 },
  { shape: 'shift', factor: 0.4 },
  { shape: 'drift', factor: 2 },
  { shape: 'drift', factor: 4 },
];
export const meansADay: readonly number[] = [1, 6, 40];

/** Each kind at each mean, as often as said, on days of their own among series of their own. */
export const plant = (each: number, series: number, days: number): readonly Planted[] => {
  const random = createRandom('planted');
  const places = random.shuffle(Array.from({ length: series }, (_, i) => i));
  const makers = kinds.flatMap((kind) =>
    meansADay.flatMap((mean) => Array.from({ length: each }, () => ({ ...kind, mean }))),
  );
  return makers.map((maker, k) => ({
    ...maker,
    series: places[k] as number,
    at: random.integer(100, days - GRACE_DAYS - 1),
  }));
};

/** One run over a world; what was found of what was planted, and what was found where nothing was. */
export const detect = (world: WorldOptions | HardWorldOptions, options: Partial<MonitorOptions> = {}) => {
  const { buckets, counts, groups } = 'breaks' in world ? makeHardWorld(world) : makeWorld(world);
  const { series } = world;
  const plan = new Map(world.planted.map((one) => [one.series, one]));
  const monitor = createMonitor({ series, groups, holidays: 2, ...options });
  const opened: TrendSignal[] = [];
  const falseShares: number[] = [];
  const started = performance.now();
  buckets.forEach((bucket, t) => {
    const report = observeBucket(monitor, bucket, counts.subarray(t * series, (t + 1) * series));
    opened.push(...report.opened);
    const wrongListed = report.listed.filter((i) => t < (plan.get(i)?.at ?? Infinity)).length;
    if (report.judged > 0) falseShares.push(wrongListed / Math.max(1, report.listed.length));
  });
  const seconds = (performance.now() - started) / 1000;
  const first = new Map<number, (typeof opened)[number]>();
  let wrong = 0;
  let wrongOnQuiet = 0;
  let wrongLate = 0;
  for (const signal of opened) {
    const one = plan.get(signal.series);
    const late = one ? signal.bucket - one.at : -1;
    const isTrue =
      one &&
      late >= 0 &&
      late <= (one.shape === 'spike' ? 1 : TRUE_DAYS) &&
      (signal.direction === 'rise') === one.factor > 1;
    if (!isTrue) wrong += 1;
    if (!one) wrongOnQuiet += 1;
    if (!one && signal.bucket >= LEARNED_DAYS) wrongLate += 1;
    if (isTrue && late <= GRACE_DAYS && !first.has(one.series)) first.set(one.series, signal);
  }
  const quietMonths = ((world.series - plan.size) * (world.days - 28)) / 30;
  return {
    found: first,
    opened: opened.length,
    wrong,
    /** What is promised: the mean over all buckets of the share of the list that is nothing planted, or not yet. */
    falseListed: falseShares.reduce((sum, share) => sum + share, 0) / falseShares.length,
    wrongShare: opened.length === 0 ? 0 : wrong / opened.length,
    wrongPerThousandMonths: (1000 * wrongOnQuiet) / quietMonths,
    /** The same from the 120th day on, when the monitor has seen what comes back by itself. */
    wrongPerThousandMonthsLate:
      (1000 * wrongLate * 30) / ((world.series - plan.size) * (world.days - LEARNED_DAYS)),
    pointsPerSecond: (world.series * world.days) / seconds,
  };
};

/** Each series in a monitor of its own, in a world without changes: how often a false alarm comes, against the promised least distance. */
export const aloneRunLength = (world: Omit<WorldOptions, 'planted' | 'series'>, series: number) => {
  const { buckets, counts } = makeWorld({ ...world, series, seed: 'alone', planted: [] });
  const options = { series: 1, holidays: 2, falseDiscoveryRate: 0.05, horizon: 56 };
  let alarms = 0;
  for (let i = 0; i < series; i++) {
    const own = Float64Array.from(buckets, (_, day) => counts[day * series + i] as number);
    alarms += fitHistory({ options, buckets, counts: own }).opened.length;
  }
  return { alarms, days: series * (world.days - 28), promised: options.horizon / options.falseDiscoveryRate };
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
