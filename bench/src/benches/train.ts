import { loadavg } from 'node:os';
import { createRandom } from '@mesure/engine/random';
import {
  collectInteractions,
  type EaseModel,
  easeTaste,
  fitEase,
  fitItemKnn,
  fitPopularity,
  fitRebuy,
  fitRp3beta,
  historyOf,
  type Interactions,
  type TasteEvents,
} from '@mesure/engine/recommend';
import { findRetail, instantOf, isPaidByCustomer, isProduct } from '../../../engine/testing/online-retail.ts';
import type { Bench } from '../bench.ts';
import { median, round } from '../measure/median.ts';
import { pssMb } from '../measure/process-tree.ts';
import { ialsEpochSeconds, longTails } from './train-ials.ts';

const easeShape = { people: 200_000, items: 4000, each: 20, l2: 300 };
const rounds = 3;
/** People whose scores in single and double precision are compared. */
const compared = 2000;

/** A fit is synchronous: its watch is the only moment to look at the memory. */
const memoryPeak = () => {
  let peak = 0;
  let looked = 0;
  return {
    look: (): void => {
      if (performance.now() - looked < 200) return;
      peak = Math.max(peak, pssMb(process.pid));
      looked = performance.now();
    },
    peak: () => peak,
  };
};

interface Timed<T> {
  readonly made: T;
  readonly wall: number;
  /** Of all threads, the system's work for them included: it does not see the neighbours. */
  readonly processor: number;
}

const timed = <T>(work: () => T): Timed<T> => {
  const started = performance.now();
  const before = process.cpuUsage();
  const made = work();
  const { user, system } = process.cpuUsage(before);
  return { made, wall: (performance.now() - started) / 1000, processor: (user + system) / 1e6 };
};

const spent = ({ wall, processor }: Timed<unknown>): string =>
  `${round(wall)} s (${round(processor)} s of processor)`;

const medians = (runs: readonly Timed<unknown>[]): { readonly wall: number; readonly processor: number } => ({
  wall: round(median(runs.map(({ wall }) => wall))),
  processor: round(median(runs.map(({ processor }) => processor))),
});

/** 20 different items for each of 200,000 people, the busiest tenth of items holding two fifths of them. */
const easeEvents = (): TasteEvents => {
  const { people, items, each } = easeShape;
  const random = createRandom(1, 'train');
  const person = new Uint32Array(people * each);
  const item = new Uint32Array(people * each);
  const had = new Int32Array(items).fill(-1);
  for (let u = 0, k = 0; u < people; u++) {
    for (let held = 0; held < each; ) {
      const drawn = Math.floor(items * random.uniform() ** 2.5);
      if (had[drawn] === u) continue;
      had[drawn] = u;
      person[k] = u;
      item[k++] = drawn;
      held += 1;
    }
  }
  return { people, items, person, item, atMs: new Float64Array(people * each) };
};

/** The largest difference of any score of some people between the two models. */
const scoreError = (interactions: Interactions, models: readonly [EaseModel, EaseModel]): number => {
  const [first, second] = models.map(easeTaste);
  const scores = [new Float64Array(interactions.items), new Float64Array(interactions.items)] as const;
  let worst = 0;
  for (let u = 0; u < compared; u++) {
    first?.score(historyOf(interactions, u), scores[0]);
    second?.score(historyOf(interactions, u), scores[1]);
    for (let i = 0; i < interactions.items; i++)
      worst = Math.max(worst, Math.abs((scores[0][i] as number) - (scores[1][i] as number)));
  }
  return worst;
};

/** The lines that name a customer, a product and a price; orders in sequence of the files. */
const retailEvents = (): TasteEvents | undefined => {
  const lines = findRetail();
  if (!lines) return undefined;
  const numbers = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()] as const;
  const numberOf = (which: 0 | 1 | 2, name: string): number => {
    const known = numbers[which].get(name) ?? numbers[which].size;
    numbers[which].set(name, known);
    return known;
  };
  const rows = lines
    .filter((line) => isProduct(line) && isPaidByCustomer(line))
    .map((line) => ({
      person: numberOf(0, line.customer),
      item: numberOf(1, line.sku),
      order: numberOf(2, line.invoice),
      at: instantOf(line),
      quantity: line.quantity,
    }));
  return {
    people: numbers[0].size,
    items: numbers[1].size,
    person: Uint32Array.from(rows, ({ person }) => person),
    item: Uint32Array.from(rows, ({ item }) => item),
    order: Uint32Array.from(rows, ({ order }) => order),
    atMs: Float64Array.from(rows, ({ at }) => at),
    weight: Float64Array.from(rows, ({ quantity }) => quantity),
  };
};

/** Everything that a shop's nightly training makes of its events; EASE in single precision, which checks itself. */
const trainAll = (events: TasteEvents, watch: () => void): void => {
  const orders = collectInteractions(events);
  const pairs = collectInteractions(events, { binary: true });
  fitPopularity(orders, { windowDays: 30 }, watch);
  fitRebuy(orders, {}, watch);
  fitEase(pairs, { threads: 2, precision: 'f32' }, watch);
  fitRp3beta(pairs, {}, watch);
  fitItemKnn(pairs, {}, watch);
};

export const train: Bench = {
  name: 'train',
  about:
    'recommenders on generated data with long tails: EASE, RP3beta, iALS; and one full training on Online Retail',
  run: async (context) => {
    const { say } = context;
    const memory = memoryPeak();
    const load = loadavg()[0] ?? 0;
    const pairs = collectInteractions(easeEvents(), { binary: true });
    const ease = (precision: 'f32' | 'f64', threads: 1 | 2): Timed<EaseModel> => {
      const found = timed(() => fitEase(pairs, { l2: easeShape.l2, precision, threads }, memory.look));
      say(
        `EASE ${precision}, threads ${threads}: ${spent(found)}, bound ${found.made.errorBound.toExponential(1)}`,
      );
      return found;
    };
    const double = ease('f64', 2);
    // In turn, so that both see the same neighbours.
    const turns = Array.from({ length: rounds }, () => ({ two: ease('f32', 2), one: ease('f32', 1) }));
    const single = turns[0]?.two ?? double;
    const easeMaxScoreError = scoreError(pairs, [single.made, double.made]);

    const walk = collectInteractions(longTails());
    const walks = Array.from({ length: rounds }, () => {
      const found = timed(() => fitRp3beta(walk, {}, memory.look));
      say(`RP3beta: ${walk.item.length} pairs, ${found.made.item.length} links, ${spent(found)}`);
      return found;
    });

    const events = retailEvents();
    const retails = Array.from({ length: events ? rounds : 0 }, () =>
      timed(() => trainAll(events as TasteEvents, memory.look)),
    );
    if (events) say(`Online Retail: ${events.person.length} lines, ${retails.map(spent).join(', ')}`);
    else say('skipped: no ../shared/data/online-retail');

    const ials = await ialsEpochSeconds(context);
    memory.look();
    const two = medians(turns.map((turn) => turn.two));
    const one = medians(turns.map((turn) => turn.one));
    const rp3beta = medians(walks);
    const whole = events ? medians(retails) : { wall: null, processor: null };
    return {
      figures: {
        easeSeconds: two.wall,
        easeProcessorSeconds: two.processor,
        easeSecondsOneThread: one.wall,
        easeProcessorSecondsOneThread: one.processor,
        easeSecondsDouble: round(double.wall),
        easeProcessorSecondsDouble: round(double.processor),
        easeMaxScoreError: Number(easeMaxScoreError.toExponential(2)),
        rp3betaSeconds: rp3beta.wall,
        rp3betaProcessorSeconds: rp3beta.processor,
        ialsEpochSeconds: round(ials.wall),
        ialsEpochSecondsOneThread: round(ials.wallOneThread),
        ialsEpochProcessorSecondsOneThread: round(ials.processor),
        retailSeconds: whole.wall,
        retailProcessorSeconds: whole.processor,
        peakPssMb: round(memory.peak(), 0),
        loadAverage: round(load, 1),
      },
      notes: [
        `easeSeconds is in single precision with two threads, from collected interactions to weights, its check in double precision included; easeMaxScoreError is over all items for ${compared} people, against the model in double precision (whose scores err by some 1e-12).`,
        'retailSeconds: events to popularity, rebuy, EASE (single precision, two threads), RP3beta and ItemKNN; reading the files is not in it.',
        'peakPssMb is looked at every 200 ms while something is fitted; the generated data are in it. numpy and scipy are not run here.',
      ],
    };
  },
};
