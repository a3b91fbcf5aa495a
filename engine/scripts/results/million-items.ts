// What a catalogue of a million items costs, as Markdown: node engine/scripts/results/million-items.ts
// A generated shop with long tails; one thread, no settings changed. Some two minutes where the machine is busy.
import { createRandom } from '../../src/random/index.ts';
import { eligibleItems, openCatalogue, topEligible } from '../../src/recommend/filters/index.ts';
import { collectInteractions, historyOf, type TasteEvents } from '../../src/recommend/interactions/index.ts';
import {
  contentModel,
  contentTaste,
  fitEase,
  fitIals,
  fitItemKnn,
  fitPopularity,
  fitRebuy,
  fitRp3beta,
  fitSequence,
  ialsTaste,
  linkTaste,
  popularityTaste,
  rebuyTaste,
  sequenceTaste,
  type TasteModel,
} from '../../src/recommend/models/index.ts';
import { rerank, selfInformation } from '../../src/recommend/rerank/index.ts';

const ITEMS = 1_000_000;
const PEOPLE = 200_000;
const EVENTS = 3_000_000;
const DAY_MS = 86_400_000;

const random = createRandom('million');
const events: TasteEvents = {
  people: PEOPLE,
  items: ITEMS,
  person: Uint32Array.from({ length: EVENTS }, () => Math.floor(PEOPLE * random.uniform() ** 1.5)),
  item: Uint32Array.from({ length: EVENTS }, () => Math.floor(ITEMS * random.uniform() ** 3)),
  atMs: Float64Array.from({ length: EVENTS }, () => random.integer(0, 300) * DAY_MS),
};

/** This thread's work in ms: others on the machine do not count. */
const nowMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Seconds of work, and the longest silence between two words to the watch. */
const timed = <T>(work: (watch: () => void) => T): { made: T; seconds: number; silence: number } => {
  const from = nowMs();
  let last = from;
  let silence = 0;
  const watch = (): void => {
    const now = nowMs();
    silence = Math.max(silence, now - last);
    last = now;
  };
  const made = work(watch);
  watch();
  return { made, seconds: (last - from) / 1000, silence };
};

const row = (cells: readonly (string | number)[]): void =>
  void process.stdout.write(`| ${cells.join(' | ')} |\n`);
const heap = (): string => `${(process.memoryUsage().rss / 2 ** 30).toFixed(1)} GB`;

const collected = timed(() => collectInteractions(events, { binary: true }));
const interactions = collected.made;
const history = historyOf(interactions, 5);
const category = { of: Uint32Array.from({ length: ITEMS }, (_, i) => i % 200), count: 200 };
const node = Int32Array.from(category.of);
const price = Float64Array.from({ length: ITEMS }, () => random.lognormal(3, 1));

const fits: Readonly<Record<string, (watch: () => void) => TasteModel>> = {
  popularity: (watch) =>
    popularityTaste(fitPopularity(interactions, { category }, watch), { categoryLift: 2 }),
  rebuy: (watch) => rebuyTaste(fitRebuy(interactions, { category }, watch)),
  ItemKNN: (watch) => linkTaste(fitItemKnn(interactions, {}, watch)),
  RP3beta: (watch) => linkTaste(fitRp3beta(interactions, {}, watch)),
  sequence: (watch) => sequenceTaste(fitSequence(events, {}, watch)),
  content: () =>
    contentTaste(
      contentModel({
        items: ITEMS,
        category: { tree: { parent: new Int32Array(200).fill(-1) }, node },
        price,
      }),
    ),
  'iALS, d = 8, 2 epochs': (watch) => ialsTaste(fitIals(interactions, { factors: 8, epochs: 2 }, watch)),
  EASE: () => {
    fitEase(interactions);
    throw new Error('EASE of a million items was not refused');
  },
};

row([
  '1,000,000 items, 200,000 people, 3,000,000 lines',
  'fit, s',
  'longest silence, ms',
  'score, ms',
  'explain, ms',
  'memory',
]);
row(['---', '---', '---', '---', '---', '---']);
row(['collecting', collected.seconds.toFixed(1), '', '', '', heap()]);
const scores = new Float64Array(ITEMS);
for (const [name, fit] of Object.entries(fits)) {
  try {
    const { made, seconds, silence } = timed(fit);
    made.score(history, scores);
    const scored = timed(() => made.score(history, scores));
    const explained = timed(() => made.explain?.(history, 7));
    row([
      name,
      seconds.toFixed(1),
      silence.toFixed(0),
      (1000 * scored.seconds).toFixed(0),
      (1000 * explained.seconds).toFixed(1),
      heap(),
    ]);
  } catch (error) {
    row([name, `refused: ${(error as { code?: string }).code}`, '', '', '', heap()]);
  }
}
const rules = { ...openCatalogue(ITEMS), rebuyDays: new Float64Array(ITEMS).fill(30) };
const filtered = timed(() => eligibleItems(rules, { nowMs: 300 * DAY_MS, history }));
row(['filters', '', '', (1000 * filtered.seconds).toFixed(0), '', heap()]);
const top = timed(() => topEligible(scores, filtered.made, 200));
row(['200 best', '', '', (1000 * top.seconds).toFixed(0), '', heap()]);
const informed = timed(() => selfInformation(interactions));
row(['bits', informed.seconds.toFixed(1), '', '', '', heap()]);
const likeness = (a: number, b: number): number => (a % 200 === b % 200 ? 1 : 0);
for (const [name, candidates] of [
  ['rerank, 10 of 200', top.made],
  ['rerank, 10 of all', { item: Uint32Array.from({ length: ITEMS }, (_, i) => i), score: scores }],
] as const) {
  const reranked = timed(() =>
    rerank(candidates, {
      count: 10,
      novelty: { bits: informed.made, strength: 0.1 },
      diversity: { likeness, strength: 0.3 },
      surprise: { share: 0.1, random },
    }),
  );
  row([name, '', '', (1000 * reranked.seconds).toFixed(0), '', heap()]);
}
