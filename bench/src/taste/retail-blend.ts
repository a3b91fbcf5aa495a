import {
  type BlendSource,
  blendTaste,
  chooseSettings,
  collectInteractions,
  easeTaste,
  evaluateRanking,
  fitBlend,
  fitEase,
  fitItemKnn,
  fitRp3beta,
  fitShopSources,
  linkTaste,
  rankingTask,
  scorerOf,
  splitByTime,
  type TasteEvents,
} from '@mesure/engine/recommend';
import type { TasteSplit } from '../../../engine/testing/taste-data.ts';

/** The test begins here; two validation periods of as many months are before it. */
const TEST_MS = Date.UTC(2011, 6, 1);
const periods = [
  { fromMs: Date.UTC(2011, 2, 1), toMs: Date.UTC(2011, 4, 1) },
  { fromMs: Date.UTC(2011, 4, 1), toMs: TEST_MS },
];
/** The coverage that is wanted, as a share of the catalogue, is asked for with a tenth to spare: the test has other people. */
const TO_SPARE = 1.1;

export interface ChosenModels {
  readonly l2: number;
  readonly shrink: number;
  readonly beta: number;
}

/** λ, shrinkage and β by NDCG@10 of new items on both validation periods. */
export const chooseModels = (known: TasteEvents, say: (line: string) => void): ChosenModels => {
  const tasks = periods.map(({ fromMs, toMs }) => {
    const { before, after } = splitByTime(splitByTime(known, toMs).before, fromMs);
    return rankingTask({
      before: collectInteractions(before, { binary: true }),
      after: collectInteractions(after),
      want: 'new',
    });
  });
  const choose = (name: string, candidates: readonly number[], fit: typeof fitModel): number => {
    const found = chooseSettings({
      candidates,
      periods: tasks,
      scorer: (value, task) => scorerOf(fit(name, value, task.history), task),
    });
    if (found.kind === 'no_answer') throw new Error(found.reason);
    for (const { settings, ndcg, coverage } of found.tried)
      say(
        `${name} ${settings}: validation NDCG@10 ${ndcg.mean.toFixed(4)}, coverage@10 ${(100 * coverage).toFixed(1)} %`,
      );
    return found.settings;
  };
  return {
    l2: choose('EASE, l2', [300, 100, 600], fitModel),
    shrink: choose('ItemKNN, shrink', [10, 50, 200], fitModel),
    beta: choose('RP3beta, beta', [0.6, 0.4, 0.8], fitModel),
  };
};

const fitModel = (name: string, value: number, pairs: Parameters<typeof fitEase>[0]) => {
  if (name.startsWith('EASE')) return easeTaste(fitEase(pairs, { l2: value, threads: 2 }));
  if (name.startsWith('ItemKNN')) return linkTaste(fitItemKnn(pairs, { shrink: value }));
  return linkTaste(fitRp3beta(pairs, { beta: value }));
};

export interface BlendResult {
  readonly ndcg10: { readonly mean: number; readonly low: number; readonly high: number };
  readonly coverage20: number;
  readonly validationNdcg10: number;
  readonly weights: string;
}

/** Learns a blend on the validation periods, fits its sources on all before the test, and opens the test once. */
export const testBlend = (
  split: TasteSplit,
  {
    want,
    leastItems,
    chosen,
  }: { readonly want: 'all' | 'new'; readonly leastItems: number; readonly chosen: ChosenModels },
  cache: Map<number, readonly BlendSource[]>,
): BlendResult => {
  const fitSources = (events: TasteEvents, nowMs: number): readonly BlendSource[] => {
    const known =
      cache.get(nowMs) ?? fitShopSources({ events, nowMs }, { want: 'all', threads: 2, ...chosen });
    cache.set(nowMs, known);
    return want === 'all' ? known : known.filter(({ name }) => !name.startsWith('rebuy'));
  };
  const leastCoverage = (TO_SPARE * leastItems) / split.items.length;
  const fitted = fitBlend(
    { events: split.train, nowMs: TEST_MS, periods, want, fitSources },
    { leastCoverage },
  );
  if (fitted.kind === 'no_answer') throw new Error(fitted.reason);
  const { blend, sources, learned } = fitted;
  const task = rankingTask({
    before: collectInteractions(split.train),
    after: collectInteractions(split.test),
    want,
  });
  const found = evaluateRanking(task, scorerOf(blendTaste(blend, sources), task, TEST_MS), {
    cutoffs: [10, 20],
  });
  const [ten, twenty] = found.kind === 'evaluated' ? found.at : [];
  if (!ten || !twenty) throw new Error('nobody to score');
  return {
    ndcg10: ten.ndcg,
    coverage20: twenty.coverage.items,
    validationNdcg10: learned.ndcg.mean,
    weights: blend.names.map((name, s) => `${name} ${blend.weights[s]}`).join(', '),
  };
};
