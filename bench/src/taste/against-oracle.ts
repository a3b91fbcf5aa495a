import {
  collectInteractions,
  easeTaste,
  evaluateRanking,
  fitEase,
  fitItemKnn,
  fitPopularity,
  fitRebuy,
  fitRp3beta,
  type Interactions,
  linkTaste,
  popularityTaste,
  rankingTask,
  rebuyTaste,
  scorerOf,
  type TasteModel,
} from '@mesure/engine/recommend';
import type { OracleCase } from '../../../engine/testing/beside-the-project.ts';
import type { TasteSplit } from '../../../engine/testing/taste-data.ts';

type Figures = Readonly<Record<string, number>>;

/** As the file's note has it. */
const toleranceOf = (model: string): number => (model === 'ItemKNN' || model === 'RP3beta' ? 1e-3 : 5e-4);
const COVERAGE_TOLERANCE = 0.02;

const fitAs = (model: string, params: Figures, pairs: Interactions): TasteModel | undefined => {
  const { lambda = 0, k = 0, shrink = 0, alpha = 0, beta = 0 } = params;
  switch (model) {
    case 'POP':
      return popularityTaste(fitPopularity(pairs));
    case 'REBUY':
      return rebuyTaste(fitRebuy(pairs), { by: 'orders' });
    case 'EASE':
      return easeTaste(fitEase(pairs, { l2: lambda, threads: 2 }));
    case 'ItemKNN':
      return linkTaste(fitItemKnn(pairs, { neighbours: k, shrink }));
    case 'RP3beta':
      return linkTaste(fitRp3beta(pairs, { alpha, beta, neighbours: k }));
    default:
      return undefined;
  }
};

export interface Compared {
  readonly name: string;
  readonly ndcg10: number;
  readonly coverage20: number;
  /** Largest difference of any metric over its tolerance; within where <= 1. */
  readonly worst: number;
}

/** Each deterministic single model of the reference on the split, fitted once for both tasks. */
export const compareModels = (split: TasteSplit, cases: readonly OracleCase[]): readonly Compared[] => {
  const fitted = new Map<string, TasteModel>();
  const after = collectInteractions(split.test);
  return cases.flatMap(({ name, input, expected }) => {
    const {
      model = '',
      params = {},
      task: taskName,
    } = input as { model?: string; params?: Figures; task?: string };
    const key = `${model} ${JSON.stringify(params)}`;
    // REBUY counts orders, the others see pairs.
    const before = collectInteractions(split.train, { binary: model !== 'REBUY' });
    const taste = fitted.get(key) ?? fitAs(model, params, before);
    if (!taste) return [];
    fitted.set(key, taste);
    const want = taskName === 'ALL' ? 'all' : 'new';
    const task = rankingTask({ before, after, want });
    const found = evaluateRanking(task, scorerOf(taste, task), { cutoffs: [10, 20, 50, 100] });
    if (found.kind === 'no_answer') return [];
    const wanted = expected as Figures;
    let worst = 0;
    for (const { k, recall, recallMin, ndcg, coverage } of found.at) {
      for (const [metric, { mean }] of Object.entries({ recall, recall_min: recallMin, ndcg })) {
        const value = wanted[`${metric}@${k}`];
        if (value !== undefined) worst = Math.max(worst, Math.abs(mean - value) / toleranceOf(model));
      }
      const covered = wanted[`coverage@${k}`];
      if (covered !== undefined)
        worst = Math.max(worst, Math.abs(coverage.items / covered - 1) / COVERAGE_TOLERANCE);
    }
    const [ten, twenty] = found.at;
    return [{ name, ndcg10: ten?.ndcg.mean ?? 0, coverage20: twenty?.coverage.items ?? 0, worst }];
  });
};
