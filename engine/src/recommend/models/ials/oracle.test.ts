import { describe, expect, it } from 'vitest';
import { findOracle } from '../../../../testing/beside-the-project.ts';
import { findRetailLines } from '../../../../testing/online-retail.ts';
import { findMovieLens, splitRetail, type TasteSplit } from '../../../../testing/taste-data.ts';
import { evaluateRanking, rankingTask, scorerOf } from '../../evaluate/index.ts';
import { collectInteractions } from '../../interactions/index.ts';
import { fitIals, type IalsModel, ialsTaste } from './index.ts';

const oracle = findOracle('recommend.json');

type Expected = Readonly<Record<string, { readonly mean: number }>>;

interface Case {
  readonly name: string;
  readonly want: 'all' | 'new';
}

type Figures = Readonly<Record<string, number>>;

/** The reference's own seeds are 2.4 % from their mean in recall@10: two of ours, as it asks for 3 % of the mean. */
const SEEDS = [0, 1];

const fitOn = ({ train }: TasteSplit, unobservedWeight: number): readonly IalsModel[] =>
  SEEDS.map((seed) =>
    fitIals(collectInteractions(train, { binary: true }), {
      factors: 64,
      unobservedWeight,
      regularisation: 0.01,
      epochs: 16,
      seed,
    }),
  );

const figuresOf = ({ train, test }: TasteSplit, want: 'all' | 'new', model: IalsModel): Figures => {
  const task = rankingTask({
    before: collectInteractions(train, { binary: true }),
    after: collectInteractions(test, { binary: true }),
    want,
  });
  const found = evaluateRanking(task, scorerOf(ialsTaste(model), task), { cutoffs: [10, 20] });
  const [ten, twenty] = found.kind === 'evaluated' ? found.at : [];
  return {
    users: ten?.people ?? 0,
    'ndcg@10': ten?.ndcg.mean ?? 0,
    'recall@10': ten?.recall.mean ?? 0,
    'recall@20': twenty?.recall.mean ?? 0,
    'ndcg@20': twenty?.ndcg.mean ?? 0,
    'coverage@20': twenty?.coverage.items ?? 0,
  };
};

const compare = (split: TasteSplit, { name, want }: Case, models: readonly IalsModel[]): void => {
  const expected = oracle?.find((found) => found.name === name)?.expected as Expected;
  const found = models.map((model) => figuresOf(split, want, model));
  for (const figure of Object.keys(found[0] as Figures)) {
    const mean = found.reduce((sum, figures) => sum + (figures[figure] as number), 0) / found.length;
    expect(Math.abs(mean / (expected[figure]?.mean as number) - 1), figure).toBeLessThan(0.03);
  }
};

const lines = oracle && findRetailLines();
describe.runIf(lines)('UCI Online Retail', () => {
  const split = lines && splitRetail(lines, { trainBefore: '2011-07-01', testBefore: '2011-09-01' });
  const models = split ? fitOn(split, 0.1) : [];
  it.each(['all', 'new'] as const)('%s, d = 64', (want) => {
    compare(split as TasteSplit, { name: `online_retail_${want.toUpperCase()}_iALS_d64`, want }, models);
  });
});

const movies = oracle && findMovieLens();
describe.runIf(movies)('MovieLens-100k', () => {
  it('d = 64', () => {
    const split = movies as TasteSplit;
    compare(split, { name: 'movielens_100k_iALS_d64', want: 'new' }, fitOn(split, 0.5));
  });
});
