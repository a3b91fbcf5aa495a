// How long a fit goes on without a word to its watch, at a million rows: node engine/scripts/results/gift-gaps.ts [name …]
// Per fit the longest gap of each of three runs, their median: by the clock, and by the processor's time of this thread, which
// neighbours do not stretch. From the call to the first word and from the last word to the answer count too.

import { loadavg } from 'node:os';
import { fitIsotonic, fitPlatt, fitTemperature } from '../../src/calibration/index.ts';
import type { Watch } from '../../src/fitting/index.ts';
import { createRandom } from '../../src/random/index.ts';
import { fitGiftModel, learnFromCorrections, scoreGifts } from '../../src/recommend/gift/index.ts';
import { collectInteractions } from '../../src/recommend/interactions/index.ts';
import { randomEvents } from '../../testing/random-events.ts';

const ROWS = 1_000_000;
const RUNS = 3;

const threadMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

interface Gap {
  clock: number;
  thread: number;
  after: string;
}

/** The longest gap of one run, and its whole time. */
const runOnce = (work: (watch: Watch) => unknown): { longest: Gap; whole: number; told: number } => {
  const longest: Gap = { clock: 0, thread: 0, after: '' };
  let told = 0;
  let [clock, thread, stage] = [performance.now(), threadMs(), 'start'];
  const started = clock;
  const look = (next: string): void => {
    const [now, used] = [performance.now(), threadMs()];
    if (used - thread > longest.thread) {
      longest.thread = used - thread;
      longest.after = `${stage} → ${next}`;
    }
    longest.clock = Math.max(longest.clock, now - clock);
    [clock, thread, stage] = [now, used, next];
  };
  work(({ stage: next, done }) => {
    told += 1;
    look(`${next} ${done.toFixed(2)}`);
  });
  look('end');
  return { longest, whole: performance.now() - started, told };
};

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const random = createRandom(1, 'gaps');
const events = randomEvents({ people: 100_000, items: 20_000, events: ROWS, seed: 1, returns: 0.02 });
const lines = {
  events,
  price: Float64Array.from(events.item, (item) => 5 + (item % 50)),
  said: Uint8Array.from(events.item, () => (random.chance(0.01) ? random.integer(1, 2) : 0)),
};
const scores = Float64Array.from({ length: ROWS }, () => random.normal());
const outcomes = Float64Array.from(scores, (score) => (random.chance(1 / (1 + Math.exp(-score))) ? 1 : 0));
const basis = { kind: 'held_out' } as const;
const logits = {
  rows: ROWS,
  columns: 3,
  values: Float64Array.from({ length: 3 * ROWS }, () => random.normal()),
};
const labels = Uint8Array.from({ length: ROWS }, () => random.integer(0, 2));
const model = fitGiftModel(lines);

const fits: Readonly<Record<string, (watch: Watch) => unknown>> = {
  collectInteractions: (watch) => collectInteractions(events, {}, watch),
  fitGiftModel: (watch) => fitGiftModel(lines, {}, watch),
  scoreGifts: (watch) => scoreGifts(model, lines, watch),
  learnFromCorrections: (watch) => learnFromCorrections(model, lines, watch),
  fitPlatt: (watch) => fitPlatt({ scores, outcomes, basis }, watch),
  fitIsotonic: (watch) => fitIsotonic({ scores, outcomes, basis }, watch),
  fitTemperature: (watch) => fitTemperature({ logits, labels, basis }, watch),
};

process.stdout.write(
  `load ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')}, ${ROWS} rows\n\n`,
);
process.stdout.write(
  '| fit | longest gap, ms of the thread | by the clock | whole, s | words | where |\n| --- | --- | --- | --- | --- | --- |\n',
);
const asked = process.argv.slice(2);
for (const [name, work] of Object.entries(fits)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const runs = Array.from({ length: RUNS }, () => runOnce(work));
  const of = (value: (run: (typeof runs)[number]) => number): string => middle(runs.map(value)).toFixed(0);
  process.stdout.write(
    `| ${name} | ${of(({ longest }) => longest.thread)} | ${of(({ longest }) => longest.clock)} | ${middle(runs.map(({ whole }) => whole / 1000)).toFixed(2)} | ${of(({ told }) => told)} | ${runs[RUNS >> 1]?.longest.after} |\n`,
  );
}
process.stdout.write(
  `\nload ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')}\n`,
);
