// Result tables of iALS, sequence, content fallback and reranking, as Markdown: node engine/scripts/results/taste-lists.ts
// From Online Retail in ../shared/data beside the project where it is there (trained before July 2011, asked for what each customer
// bought in July and August that they had not bought before), and from generated shops. Some two minutes.

import { createRandom } from '../../src/random/index.ts';
import {
  evaluateRanking,
  type RankingTask,
  rankingTask,
  scorerOf,
} from '../../src/recommend/evaluate/index.ts';
import { eligibleItems, openCatalogue, topEligible } from '../../src/recommend/filters/index.ts';
import {
  collectInteractions,
  historyOf,
  splitByTime,
  type TasteEvents,
} from '../../src/recommend/interactions/index.ts';
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
  type Dial,
  type JudgedList,
  type LearnedCost,
  learnCost,
  measureCost,
  type RerankSettings,
  selfInformation,
  strengthWithin,
} from '../../src/recommend/rerank/index.ts';
import { findRetailLines } from '../../testing/online-retail.ts';
import { splitRetail } from '../../testing/taste-data.ts';
import { generateTasteShop } from '../../testing/taste-shop.ts';
import { table } from '../print-tables.ts';

const digits = (value: number | undefined, count = 4): string =>
  (value ?? Number.NaN).toFixed(count).replace(/^0/, '');
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const ndcg = (task: RankingTask, model: TasteModel) => {
  const found = evaluateRanking(task, scorerOf(model, task), { cutoffs: [10, 20] });
  if (found.kind === 'no_answer') throw new Error(found.reason);
  return found.at;
};

/** The 100 best of each person of the task that they do not have. */
const listsOf = (task: RankingTask, model: TasteModel, nowMs: number): readonly JudgedList[] => {
  const scores = new Float64Array(task.items);
  const rules = { ...openCatalogue(task.items), rebuyDays: new Float64Array(task.items).fill(Infinity) };
  return Array.from(task.person, (person, row) => {
    const history = historyOf(task.history, person);
    model.score(history, scores);
    const eligible = eligibleItems(rules, { nowMs, history });
    const taken = task.wanted.subarray(task.start[row], task.start[row + 1]);
    return { candidates: topEligible(scores, eligible, 100), taken };
  });
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

  const [may, july] = [Date.UTC(2011, 4, 1), Date.UTC(2011, 6, 1)] as const;
  const early = splitRetail(lines, { trainBefore: '2011-05-01', testBefore: '2011-07-01' });
  const fit = (one: TasteEvents): TasteModel =>
    ialsTaste(fitIals(collectInteractions(one, { binary: true }), { factors: 64, seed: 0 }));
  tellCosts('Online Retail, iALS: May and June, then July and August', {
    earlier: periodOf({ before: early.train, after: early.test, nowMs: may, model: fit(early.train) }),
    later: periodOf({ before: train, after: test, nowMs: july, model }),
  });
};

/** A period that is over: lists of a model of the time before it, and what the dials need of that time. */
interface Period {
  readonly lists: readonly JudgedList[];
  readonly bits: Float64Array;
  readonly likeness: (a: number, b: number) => number;
}

const periodOf = (input: {
  readonly before: TasteEvents;
  readonly after: TasteEvents;
  readonly nowMs: number;
  readonly model: TasteModel;
}): Period => {
  const before = collectInteractions(input.before, { binary: true });
  const after = collectInteractions(input.after, { binary: true });
  return {
    lists: listsOf(rankingTask({ before, after, want: 'new' }), input.model, input.nowMs),
    bits: selfInformation(before),
    likeness: overlapOf(input.before),
  };
};

interface Periods {
  readonly earlier: Period;
  readonly later: Period;
}

const draws = createRandom('lists');
const settingsOf = (
  dial: Dial,
  { bits, likeness }: Period,
  amount: { strength: number; learned?: LearnedCost },
) => {
  const { strength, ...rest } = amount;
  if (dial === 'novelty') return { count: 10, novelty: { bits, ...amount } };
  if (dial === 'diversity') return { count: 10, diversity: { likeness, ...amount } };
  return { count: 10, surprise: { share: strength, random: draws, ...rest } };
};

const learnedOf = (dial: Dial, period: Period, strengths?: readonly number[]): LearnedCost => {
  const at = (strength: number): RerankSettings => settingsOf(dial, period, { strength });
  const found = learnCost(period.lists, { dial, at, ...(strengths && { strengths }) });
  if (found.kind === 'no_answer') throw new Error(found.reason);
  return found;
};

/** What was stated and what was paid, in the later period, with the cost learned in the earlier one. */
const paid = (dial: Dial, { later }: Periods, amount: { strength: number; learned: LearnedCost }) => {
  const found = measureCost(later.lists, { at: () => settingsOf(dial, later, amount) });
  if (found.kind === 'no_answer') throw new Error(found.reason);
  if (found.stated.kind === 'no_answer') throw new Error(found.stated.reason);
  return { predicted: found.predicted, stated: found.stated, cost: found.cost };
};

const range = ({ estimate, low, high }: { estimate: number; low: number; high: number }): string =>
  `${percent(estimate)} (${percent(low)} to ${percent(high)})`;
const RATED = 0.01;
const ratio = (said: number, cost: number): string => (cost >= RATED ? (said / cost).toFixed(2) : '–');

const tellCosts = (name: string, periods: Periods): void => {
  const rows: (readonly (string | number)[])[] = [];
  for (const dial of ['novelty', 'diversity', 'surprise'] as const) {
    const learned = learnedOf(dial, periods.earlier);
    const most = strengthWithin(learned, 0.03);
    for (const strength of [0.1, 0.25, 0.4, 0.5, 0.6, ...(dial === 'surprise' ? [] : [most])]) {
      const { predicted, stated, cost } = paid(dial, periods, { strength, learned });
      rows.push([
        dial,
        strength === most ? `${strength.toFixed(2)}, at most 3 %` : strength.toFixed(2),
        percent(predicted),
        range(stated),
        range(cost),
        ratio(predicted, cost.estimate),
        ratio(stated.estimate, cost.estimate),
      ]);
    }
  }
  table(
    [
      `${name} (${periods.later.lists.length} people)`,
      'strength',
      'predicted from scores',
      'stated',
      'measured',
      'predicted / measured',
      'stated / measured',
    ],
    rows,
  );
};

const DAY_MS = 86_400_000;
const PERIOD_MS = 72 * DAY_MS;

const shopPeriods = (seed: number, people: number): Periods => {
  const { events, splitMs } = generateTasteShop({ people, items: people / 2, seed });
  const until = (nowMs: number): Period => {
    const { before, after } = splitByTime(events, nowMs);
    const model = ialsTaste(fitIals(collectInteractions(before, { binary: true }), { factors: 16, seed: 0 }));
    return periodOf({ before, after: splitByTime(after, nowMs + PERIOD_MS).before, nowMs, model });
  };
  return { earlier: until(splitMs - PERIOD_MS), later: until(splitMs) };
};

/** How often what was stated and what was then measured agree, each being known within its interval. */
const agreement = (): void => {
  const found = new Map<string, { within: number; stated: number[]; predicted: number[] }>();
  const seeds = 8;
  const strengths = [0.2, 0.4, 0.6];
  for (let seed = 1; seed <= seeds; seed++) {
    const periods = shopPeriods(100 + seed, 800);
    for (const dial of ['novelty', 'diversity', 'surprise'] as const) {
      const learned = learnedOf(dial, periods.earlier, strengths);
      const one = found.get(dial) ?? { within: 0, stated: [], predicted: [] };
      found.set(dial, one);
      for (const strength of strengths) {
        const { predicted, stated, cost } = paid(dial, periods, { strength, learned });
        const half = Math.hypot(stated.high - stated.estimate, cost.high - cost.estimate);
        one.within += Math.abs(stated.estimate - cost.estimate) <= half ? 1 : 0;
        if (cost.estimate < RATED) continue;
        one.stated.push(stated.estimate / cost.estimate);
        one.predicted.push(predicted / cost.estimate);
      }
    }
  }
  const middle = (values: readonly number[]): string => {
    const sorted = values.toSorted((a, b) => a - b);
    const at = (share: number): string =>
      (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(2);
    return `${at(0.5)} (${at(0.25)} to ${at(0.75)})`;
  };
  table(
    [
      `${seeds} generated shops, at ${strengths.join(', ')}`,
      'within both 95 % intervals',
      'predicted / measured, median (quartiles)',
      'stated / measured',
    ],
    [...found].map(([dial, { within, stated, predicted }]) => [
      dial,
      `${within} of ${seeds * strengths.length}`,
      middle(predicted),
      middle(stated),
    ]),
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
tellCosts('Generated shop, iALS: two periods of 72 days', shopPeriods(1, 2000));
agreement();
