import type { Watch } from '../../../src/fitting/index.ts';
import { createRandom } from '../../../src/random/index.ts';
import { dailyBuckets, fitForecast, fitHistory } from '../../../src/trend/index.ts';

export interface GapRow {
  readonly name: string;
  readonly seconds: number;
  /** Longest time between two looks at the watch, start and end included: of this thread's CPU (other work on the machine not counted), and elapsed. */
  readonly cpuMs: number;
  readonly elapsedMs: number;
  /** What was looked at when the longest (CPU) ended. */
  readonly stage: string;
}

const cpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

const gapsOf = (name: string, work: (watch: Watch) => void): GapRow => {
  const started = performance.now();
  let [cpu, clock] = [cpuMs(), started];
  const most = { cpuMs: 0, elapsedMs: 0, stage: '' };
  const look = (stage: string): void => {
    const [spent, elapsed] = [cpuMs() - cpu, performance.now() - clock];
    if (spent > most.cpuMs) Object.assign(most, { cpuMs: spent, stage });
    most.elapsedMs = Math.max(most.elapsedMs, elapsed);
    [cpu, clock] = [cpuMs(), performance.now()];
  };
  work(({ stage }) => look(stage));
  look('end');
  return { name, seconds: (performance.now() - started) / 1000, ...most };
};

/** How long a fit is silent at most: so many series past their warm-up, and hourly forecasts. 400 bytes × `series` and more. */
export const gapRows = (series: number): readonly GapRow[] => {
  const random = createRandom('gaps');
  const days = 32;
  const holiday = new Uint8Array(days);
  holiday[30] = 1;
  const buckets = dailyBuckets({ firstWeekday: 0, days, holiday });
  const counts = new Float64Array(days * series);
  for (let k = 0; k < counts.length; k++) counts[k] = random.uint32() % 5;
  const hours = (length: number, mean: number): Float64Array =>
    Float64Array.from({ length }, (_, t) => random.poisson(mean * (t % 24 < 7 ? 0.2 : 1)));
  const [year, three, rare] = [hours(8760, 20), hours(26_280, 20), hours(26_280, 0.1)];
  return [
    gapsOf(`monitor, ${series.toLocaleString('en')} series, ${days} days`, (watch) => {
      fitHistory({ options: { series, holidays: 1 }, buckets, counts }, watch);
    }),
    gapsOf('forecast, a year of hours, two weeks ahead', (watch) => {
      fitForecast({ values: year, period: 168 }, watch);
    }),
    gapsOf('forecast, three years of hours, 30 days ahead', (watch) => {
      fitForecast({ values: three, period: 168, horizon: 720 }, watch);
    }),
    gapsOf('forecast, three years of hours, intermittent', (watch) => {
      fitForecast({ values: rare, period: 168, horizon: 720 }, watch);
    }),
  ];
};
