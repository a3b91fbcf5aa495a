// Result tables of iALS, sequence, content fallback and reranking, as Markdown: node engine/scripts/results/taste-lists.ts
// From Online Retail in ../shared/data beside the project where it is there (trained before July 2011, asked for what each customer
// bought in July and August that they had not bought before), and from a generated shop with new items. About a minute.

import type { Calibrator } from '../../src/calibration/index.ts';
import { createRandom } from '../../src/random/index.ts';
import {
  evaluateRanking,
  type RankingTask,
  rankingTask,
  scorerOf,
} from '../../src/recommend/evaluate/index.ts';
import { eligibleItems, openCatalogue, topEligible } from '../../src/recommend/filters/index.ts';
import { collectInteractions, historyOf, type TasteEvents } from '../../src/recommend/interactions/index.ts';
import {
  contentModel,
  contentTaste,
  fallbackTaste,
  fitFallback,
  fitIals,
  fitSequence,
  ialsTaste,
  sequenceTaste,
  type TasteModel,
} from '../../src/recommend/models/index.ts';
import {
  fitRelevanceCurve,
  type JudgedList,
  measureCost,
  type RerankSettings,
  rerank,
  selfInformation,
} from '../../src/recommend/rerank/index.ts';
import { findRetailLines, type RetailLine, splitRetail } from '../../testing/taste-data.ts';

const say = (line = ''): void => void process.stdout.write(`${line}\n`);
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): void => {
  say(`| ${head.join(' | ')} |`);
  say(`| ${head.map(() => '---').join(' | ')} |`);
  for (const row of rows) say(`| ${row.join(' | ')} |`);
  say();
};
const digits = (value: number | undefined, count = 4): string =>
  (value ?? Number.NaN).toFixed(count).replace(/^0/, '');
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const ndcg = (task: RankingTask, model: TasteModel) => {
  const found = evaluateRanking(task, scorerOf(model, task), { cutoffs: [10, 20] });
  if (found.kind === 'no_answer') throw new Error(found.reason);
  return found.at;
};

/** How lists of 10 look: mean bits, mean unlikeness of pairs, distinct items. */
const looksOf = (
  lists: readonly JudgedList[],
  settings: RerankSettings,
  input: { readonly bits: Float64Array; readonly likeness: (a: number, b: number) => number },
) => {
  const shown = new Set<number>();
  let bits = 0;
  let unlike = 0;
  for (const { candidates } of lists) {
    const items = rerank(candidates, settings).list.map(({ item }) => item);
    bits += items.reduce((sum, item) => sum + (input.bits[item] as number), 0) / items.length;
    const pairs = items.flatMap((a, place) => items.slice(0, place).map((b) => input.likeness(a, b)));
    unlike += 1 - pairs.reduce((sum, alike) => sum + alike, 0) / pairs.length;
    for (const item of items) shown.add(item);
  }
  return { bits: bits / lists.length, unlike: unlike / lists.length, shown: shown.size };
};

/** The 100 best of each person of the task that they do not have. */
const listsOf = (task: RankingTask, model: TasteModel): readonly JudgedList[] => {
  const scores = new Float64Array(task.items);
  const rules = { ...openCatalogue(task.items), rebuyDays: new Float64Array(task.items).fill(Infinity) };
  return Array.from(task.person, (person, row) => {
    const history = historyOf(task.history, person);
    model.score(history, scores);
    const eligible = eligibleItems(rules, { nowMs: Date.UTC(2011, 6, 1), history });
    const taken = task.wanted.subarray(task.start[row], task.start[row + 1]);
    return { candidates: topEligible(scores, eligible, 100), taken };
  });
};

/** From a model of December to April, and what was bought in May and June. */
const curveOf = (lines: readonly RetailLine[]): Calibrator => {
  const { train, test } = splitRetail(lines, { trainBefore: '2011-05-01', testBefore: '2011-07-01' });
  const before = collectInteractions(train, { binary: true });
  const task = rankingTask({ before, after: collectInteractions(test, { binary: true }), want: 'new' });
  const lists = listsOf(task, ialsTaste(fitIals(before, { factors: 64, seed: 0 })));
  const curve = fitRelevanceCurve(lists, { kind: 'held_out' });
  if (curve.kind === 'no_answer') throw new Error(curve.reason);
  return curve;
};

/** Share of people who have both among those who have either. */
const overlapOf = (events: TasteEvents): ((a: number, b: number) => number) => {
  const { start, item, people } = collectInteractions(events, { binary: true });
  const having: Set<number>[] = Array.from({ length: events.items }, () => new Set());
  for (let u = 0; u < people; u++)
    for (let p = start[u] as number; p < (start[u + 1] as number); p++) having[item[p] as number]?.add(u);
  return (a, b) => {
    const one = having[a] ?? new Set();
    const other = having[b] ?? new Set();
    let both = 0;
    for (const person of one) both += other.has(person) ? 1 : 0;
    return both / Math.max(1, one.size + other.size - both);
  };
};

const retail = (): void => {
  const lines = findRetailLines();
  if (!lines) return;
  const { train, test } = splitRetail(lines, { trainBefore: '2011-07-01', testBefore: '2011-09-01' });
  const before = collectInteractions(train, { binary: true });
  const after = collectInteractions(test, { binary: true });
  const task = rankingTask({ before, after, want: 'new' });
  const model = ialsTaste(fitIals(before, { factors: 64, seed: 0 }));
  const singles: [string, TasteModel][] = [
    ['iALS, d = 64, defaults', model],
    ['sequence, defaults', sequenceTaste(fitSequence(train))],
    ['sequence, window 1', sequenceTaste(fitSequence(train, { window: 1 }))],
  ];
  table(
    ['Online Retail, items new to the person', 'NDCG@10', 'recall@20', 'coverage@20'],
    singles.map(([name, one]) => {
      const [ten, twenty] = ndcg(task, one);
      return [name, digits(ten?.ndcg.mean), digits(twenty?.recall.mean), twenty?.coverage.items ?? 0];
    }),
  );

  const lists = listsOf(task, model);
  const curve = curveOf(lines);
  const bits = selfInformation(before);
  const likeness = overlapOf(train);
  const random = createRandom('lists');
  const variants: [string, Partial<RerankSettings>][] = [
    ['plain', {}],
    ...[0.01, 0.03, 0.1].flatMap((mostCost): [string, Partial<RerankSettings>][] => [
      [`diversity for at most ${percent(mostCost)}`, { curve, diversity: { likeness, mostCost } }],
      [`the same, without a curve`, { diversity: { likeness, mostCost } }],
      [`novelty for at most ${percent(mostCost)}`, { curve, novelty: { bits, mostCost } }],
    ]),
    ['surprise, a tenth of places', { curve, surprise: { share: 0.1, random } }],
  ];
  table(
    ['iALS, lists of 10 of 100 candidates', 'cost stated', 'cost measured', 'bits', 'unlike', 'items shown'],
    variants.map(([name, chosen]) => {
      const settings = { count: 10, ...chosen };
      const found = measureCost(lists, settings);
      if (found.kind === 'no_answer') throw new Error(found.reason);
      const { estimate, low, high } = found.cost;
      const looks = looksOf(lists, settings, { bits, likeness });
      return [
        name,
        percent(found.stated),
        `${percent(estimate)} (${percent(low)} to ${percent(high)})`,
        looks.bits.toFixed(2),
        looks.unlike.toFixed(3),
        looks.shown,
      ];
    }),
  );
};

/** A shop of 12 categories; people like two of them and a price level; a fifth of the items came at the end. */
const generated = (): void => {
  const random = createRandom('fallback');
  const people = 3000;
  const items = 600;
  const category = Int32Array.from({ length: items }, () => random.integer(0, 11));
  const price = Float64Array.from({ length: items }, () => random.lognormal(2, 0.8));
  const isNew = Uint8Array.from({ length: items }, () => (random.chance(0.2) ? 1 : 0));
  const appeal = Float64Array.from({ length: items }, () => random.lognormal(0, 0.7));
  const lines: { person: number; item: number; late: boolean }[] = [];
  for (let person = 0; person < people; person++) {
    const likes = new Set([random.integer(0, 11), random.integer(0, 11)]);
    const pays = random.normal(2, 0.5);
    const weights = Array.from({ length: items }, (_, i) => {
      const fits = Math.exp(-((Math.log(price[i] as number) - pays) ** 2));
      return (appeal[i] as number) * (likes.has(category[i] as number) ? 1 : 0.03) * fits;
    });
    const all = [...weights.keys()];
    const old = weights.map((weight, i) => (isNew[i] === 1 ? 0 : weight));
    for (let k = 0; k < 12; k++) lines.push({ person, item: random.weighted(all, old), late: false });
    for (let k = 0; k < 4; k++) lines.push({ person, item: random.weighted(all, weights), late: true });
  }
  const eventsOf = (late: boolean): TasteEvents => {
    const chosen = lines.filter((line) => line.late === late);
    return {
      people,
      items,
      person: Uint32Array.from(chosen, ({ person }) => person),
      item: Uint32Array.from(chosen, ({ item }) => item),
      atMs: new Float64Array(chosen.length),
    };
  };
  const interactions = collectInteractions(eventsOf(false), { binary: true });
  const after = collectInteractions(eventsOf(true), { binary: true });
  const task = rankingTask({
    before: interactions,
    after,
    want: 'new',
    candidate: new Uint8Array(items).fill(1),
  });
  const main = ialsTaste(fitIals(interactions, { factors: 32, seed: 0 }));
  const tree = { parent: new Int32Array(12).fill(-1) };
  const content = contentTaste(contentModel({ items, category: { tree, node: category }, price }));
  const fallback = fitFallback({ main, content, interactions });
  const newOnly = { ...task, candidate: isNew };
  const asked = rankingTask({ before: interactions, after, want: 'new', candidate: newOnly.candidate });
  table(
    [
      'Generated shop, a fifth of the items never bought before',
      'NDCG@10, all items',
      'NDCG@10 among new items',
    ],
    [
      ['iALS, d = 32', main],
      ['content', content],
      ['iALS with content by evidence', fallbackTaste(fallback, { main, content })],
    ].map(([name, model]) => [
      name as string,
      digits(ndcg(task, model as TasteModel)[0]?.ndcg.mean),
      digits(ndcg(asked, model as TasteModel)[0]?.ndcg.mean),
    ]),
  );
};

retail();
generated();
