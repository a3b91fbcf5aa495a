// Result tables of single models and the blend, as Markdown: node engine/scripts/results/taste.ts
// From Online Retail in ../shared/data beside the project where it is there (weights learned on March–April and May–June 2011, asked for
// what customers bought in July and August), from a generated shop otherwise. Under two minutes.
import {
  type BlendSource,
  blendTaste,
  type FittedBlend,
  fitBlend,
  fitShopSources,
} from '../../src/recommend/blend/index.ts';
import {
  compareRankings,
  evaluateRanking,
  type MeanInterval,
  type RankingEvaluation,
  type RankingTask,
  rankingTask,
  scorerOf,
} from '../../src/recommend/evaluate/index.ts';
import {
  collectInteractions,
  splitByTime,
  type TasteEvents,
} from '../../src/recommend/interactions/index.ts';
import { findRetailLines } from '../../testing/online-retail.ts';
import { splitRetail } from '../../testing/taste-data.ts';
import { generateTasteShop } from '../../testing/taste-shop.ts';
import { table } from '../print-tables.ts';

const DAY_MS = 86_400_000;
const LEVELS = { few: 10, some: 50 } as const;
const SEGMENTS = ['up to 10 items before', '11 to 50', 'more'];

interface World {
  readonly name: string;
  readonly train: TasteEvents;
  readonly test: TasteEvents;
  readonly nowMs: number;
  readonly periods: readonly { readonly fromMs: number; readonly toMs: number }[];
}

const world = (): World => {
  const lines = findRetailLines();
  if (lines) {
    const { train, test } = splitRetail(lines, { trainBefore: '2011-07-01' });
    const [march, may, july] = [2, 4, 6].map((month) => Date.UTC(2011, month, 1)) as [number, number, number];
    const periods = [
      { fromMs: march, toMs: may },
      { fromMs: may, toMs: july },
    ];
    return { name: 'UCI Online Retail, July and August 2011', train, test, nowMs: july, periods };
  }
  const { events, splitMs } = generateTasteShop({ people: 3000, items: 1500, seed: 1 });
  const { before, after } = splitByTime(events, splitMs);
  const periods = [60, 30].map((days) => ({
    fromMs: splitMs - days * DAY_MS,
    toMs: splitMs - (days - 30) * DAY_MS,
  }));
  return { name: 'a generated shop, its last 72 days', train: before, test: after, nowMs: splitMs, periods };
};

const digits = (value: number): string => value.toFixed(4).replace(/^0/, '');
const interval = ({ mean, low, high }: MeanInterval): string =>
  `${digits(mean)} [${digits(low)}, ${digits(high)}]`;

const { name, train, test, nowMs, periods } = world();
const cache = new Map<number, readonly BlendSource[]>();
const after = collectInteractions(test);
const before = collectInteractions(train);
const segmentOf = Uint8Array.from({ length: before.people }, (_, u) => {
  const had = (before.start[u + 1] ?? 0) - (before.start[u] ?? 0);
  return had <= LEVELS.few ? 0 : had <= LEVELS.some ? 1 : 2;
});

const evaluate = (task: RankingTask, fitted: FittedBlend, weights: Float64Array): RankingEvaluation => {
  const taste = blendTaste({ ...fitted.blend, weights }, fitted.sources);
  const found = evaluateRanking(task, scorerOf(taste, task, nowMs), {
    cutoffs: [10, 20],
    segments: { names: SEGMENTS, of: segmentOf },
  });
  if (found.kind === 'no_answer') throw new Error(found.reason);
  return found;
};

const row = (label: string, { at: [ten, twenty] }: RankingEvaluation) =>
  ten && twenty
    ? [
        label,
        interval(ten.ndcg),
        digits(twenty.recall.mean),
        digits(twenty.recallMin.mean),
        twenty.coverage.items,
        twenty.novelty.mean.toFixed(2),
      ]
    : [label];

for (const want of ['all', 'new'] as const) {
  const fitSources = (events: TasteEvents, atMs: number): readonly BlendSource[] => {
    const known = cache.get(atMs) ?? fitShopSources({ events, nowMs: atMs }, { want: 'all', threads: 2 });
    cache.set(atMs, known);
    return want === 'all' ? known : known.filter((source) => !source.name.startsWith('rebuy'));
  };
  const fitted = fitBlend({ events: train, nowMs, periods, want, fitSources }, { leastCoverage: 0.4 });
  if (fitted.kind === 'no_answer') throw new Error(fitted.reason);
  const task = rankingTask({ before, after, want });
  const { names, weights } = fitted.blend;
  const singles = names.map((source, s) => ({
    source,
    found: evaluate(task, fitted, new Float64Array(names.length).with(s, 1)),
  }));
  const blend = evaluate(task, fitted, weights);
  process.stdout.write(
    `${want === 'all' ? 'What people buy' : 'What they buy that they had not'}: ${name}, ${blend.people} people, 95 % intervals over people\n\n`,
  );
  table(
    ['model', 'NDCG@10', 'recall@20', 'recall@20 of min', 'items shown in 20', 'novelty, bits'],
    [...singles.map(({ source, found }) => row(source, found)), row('blend', blend)],
  );
  const best = singles.reduce((a, b) =>
    (b.found.at[0]?.ndcg.mean ?? 0) > (a.found.at[0]?.ndcg.mean ?? 0) ? b : a,
  );
  const shown = names.flatMap((source, s) => ((weights[s] ?? 0) > 0 ? [`${source} ${weights[s]}`] : []));
  process.stdout.write(
    `Weights: ${shown.join(', ')}; on the validation periods NDCG@10 ${digits(fitted.learned.ndcg.mean)}. ` +
      `Gain over ${best.source}, paired: ${interval(compareRankings(blend, best.found))}\n\n`,
  );
  table(
    ['blend, by items known', 'people', 'NDCG@10'],
    blend.segments.map(({ segment, at }) => [segment, at[0]?.people ?? 0, at[0] ? interval(at[0].ndcg) : '']),
  );
}
