import { cpus, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { createRandom } from '@mesure/engine/random';
import type { TasteEvents } from '@mesure/engine/recommend';
import { collectInteractions, fitIals } from '@mesure/engine/recommend';
import type { BenchContext } from '../bench.ts';
import { median, round } from '../measure/median.ts';

const people = 100_000;
const items = 40_000;
const pairs = 2_000_000;
/** One epoch is timed in each of the fits' epochs; the first sees cold memory. */
const epochs = 4;

/** Long tails on both sides: the busiest tenth of people and of items hold about a quarter and two fifths of the pairs. */
export const longTails = (): TasteEvents => {
  const random = createRandom(1, 'train-ials');
  // Some pairs are drawn twice.
  const draws = Math.round(pairs * 1.006);
  const person = new Uint32Array(draws);
  const item = new Uint32Array(draws);
  for (let k = 0; k < draws; k++) {
    person[k] = Math.floor(people * random.uniform() ** 1.6);
    item[k] = Math.floor(items * random.uniform() ** 2.5);
  }
  return { people, items, person, item, atMs: new Float64Array(draws) };
};

/**
 * Median seconds of an epoch of iALS, d = 64, double precision, on 100,000 people × 40,000 items × 2 M pairs, with both threads; and what
 * an epoch takes of one thread's processor time, which does not see the neighbours.
 */
export const ialsEpochSeconds = async ({
  say,
}: BenchContext): Promise<{
  readonly wall: number;
  readonly wallOneThread: number;
  readonly processor: number;
}> => {
  const interactions = collectInteractions(longTails());
  const measure = async (threads: 1 | 2): Promise<{ readonly wall: number; readonly processor: number }> => {
    // The second thread of the fit before ends.
    await wait(50);
    const starts: { wall: number; processor: number; stage: string }[] = [];
    const note = (stage: string): void => {
      if (starts.at(-1)?.stage === stage) return;
      starts.push({ wall: performance.now() / 1000, processor: process.cpuUsage().user / 1e6, stage });
    };
    fitIals(interactions, { factors: 64, epochs, threads, seed: 1 }, ({ stage }) => note(stage));
    const of = (figure: 'wall' | 'processor'): number =>
      median(
        starts.flatMap((start, k) => {
          const next = starts[k + 1];
          return start.stage.startsWith('epoch') && next ? [next[figure] - start[figure]] : [];
        }),
      );
    return { wall: of('wall'), processor: of('processor') };
  };
  const one = await measure(1);
  const two = await measure(2);
  say(
    `iALS d=64, ${interactions.item.length} pairs: an epoch takes ${round(two.wall, 2)} s with two threads, ${round(one.wall, 2)} s with one (${round(one.processor, 2)} s of processor); load ${round(loadavg()[0] ?? 0, 1)} on ${cpus().length} cores`,
  );
  return { wall: two.wall, wallOneThread: one.wall, processor: one.processor };
};
