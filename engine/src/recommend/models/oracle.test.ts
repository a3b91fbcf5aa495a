import { describe, expect, it } from 'vitest';
import { findOracle, type OracleCase } from '../../../testing/beside-the-project.ts';
import { findRetailLines } from '../../../testing/online-retail.ts';
import { findMovieLens, splitRetail, type TasteSplit } from '../../../testing/taste-data.ts';
import { evaluateRanking, rankingTask, scorerOf } from '../evaluate/index.ts';
import { collectInteractions, historyOf, type Interactions } from '../interactions/index.ts';
import {
  easeTaste,
  fitEase,
  fitItemKnn,
  fitPopularity,
  fitRebuy,
  fitRp3beta,
  linkTaste,
  popularityTaste,
  rebuyTaste,
  type TasteModel,
} from './index.ts';

const oracle = findOracle('recommend.json') ?? [];

type Figures = Readonly<Record<string, number>>;
type Grid = readonly (readonly number[])[];

const caseOf = (name: string): OracleCase => {
  const found = oracle.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the reference has no case ${name}`);
  return found;
};

/** What the file's `note` says: 5e-4 for POP, REBUY and EASE, 1e-3 for ItemKNN and RP3beta, 2 % for coverage. */
const toleranceOf = (model: string): number => (model === 'ItemKNN' || model === 'RP3beta' ? 1e-3 : 5e-4);

const fitted = (model: string, params: Figures, interactions: Interactions): TasteModel => {
  switch (model) {
    case 'POP':
      return popularityTaste(fitPopularity(interactions));
    case 'REBUY':
      return rebuyTaste(fitRebuy(interactions), { by: 'orders' });
    case 'EASE':
      return easeTaste(fitEase(interactions, { l2: params['lambda'] as number }));
    case 'ItemKNN':
      return linkTaste(
        fitItemKnn(interactions, { neighbours: params['k'] as number, shrink: params['shrink'] as number }),
      );
    default:
      return linkTaste(
        fitRp3beta(interactions, {
          alpha: params['alpha'] as number,
          beta: params['beta'] as number,
          neighbours: params['k'] as number,
        }),
      );
  }
};

/** Fitted once for the tasks it is measured on. */
const models = new Map<string, TasteModel>();
const once = (name: string, fit: () => TasteModel): TasteModel => {
  const model = models.get(name) ?? fit();
  models.set(name, model);
  return model;
};

const compare = (split: TasteSplit, name: string, want: 'all' | 'new'): void => {
  const found = caseOf(name);
  const { model, params } = found.input as { readonly model: string; readonly params: Figures };
  const expected = found.expected as Figures;
  // REBUY counts orders; the others see pairs.
  const before = collectInteractions(split.train, { binary: model !== 'REBUY' });
  const task = rankingTask({ before, after: collectInteractions(split.test), want });
  const taste = once(name.replace(/_(ALL|NEW)_/, '_'), () => fitted(model, params, before));
  const answer = evaluateRanking(task, scorerOf(taste, task), { cutoffs: [10, 20, 50, 100] });
  if (answer.kind !== 'evaluated') throw new Error(answer.reason);
  expect(answer.people).toBe(expected['users']);
  for (const { k, recall, recallMin, ndcg, coverage } of answer.at) {
    for (const [metric, { mean }] of Object.entries({ recall, recall_min: recallMin, ndcg })) {
      const wanted = expected[`${metric}@${k}`];
      if (wanted !== undefined) expect(Math.abs(mean - wanted), metric).toBeLessThan(toleranceOf(model));
    }
    const covered = expected[`coverage@${k}`];
    if (covered !== undefined) expect(Math.abs(coverage.items / covered - 1)).toBeLessThan(0.02);
  }
};

const namesOf = (start: string): readonly string[] =>
  oracle
    .map(({ name }) => name)
    .filter((name) => name.startsWith(start) && !/iALS|counts|spot|sensitivity/.test(name));

const eventsOf = (grid: Grid): Interactions => {
  const cells = grid.flatMap((row, person) =>
    row.flatMap((value, item) => (value > 0 ? [{ person, item }] : [])),
  );
  return collectInteractions({
    people: grid.length,
    items: grid[0]?.length ?? 0,
    person: Uint32Array.from(cells, ({ person }) => person),
    item: Uint32Array.from(cells, ({ item }) => item),
    atMs: new Float64Array(cells.length),
  });
};

const scoresOf = (model: TasteModel, interactions: Interactions): number[][] =>
  Array.from({ length: interactions.people }, (_, person) => {
    const out = new Float64Array(model.items);
    model.score(historyOf(interactions, person), out);
    return [...out];
  });

const near = (found: Grid, expected: unknown): void => {
  const wanted = expected as Grid;
  expect(found.length).toBe(wanted.length);
  for (const [r, row] of found.entries())
    for (const [c, value] of row.entries())
      expect(Math.abs(value - (wanted[r]?.[c] ?? Number.NaN))).toBeLessThan(1e-10);
};

describe.each(oracle.filter(({ name }) => name.startsWith('tiny')))('$name', ({ input, expected }) => {
  const grid = input['matrix_users_by_items'] as Grid;
  const interactions = eventsOf(grid);
  const settings = (name: string) => input[name] as Figures & { readonly neighbours: readonly number[] };
  const unit = grid[0]?.map((_, item) =>
    historyOf(eventsOf([grid[0]?.map((__, other) => (other === item ? 1 : 0)) ?? []]), 0),
  );
  /** Row i: what one unit of item i adds to every score. */
  const rowsOf = (model: TasteModel): Grid =>
    (unit ?? []).map((history) => {
      const out = new Float64Array(model.items);
      model.score(history, out);
      return [...out];
    });

  it('EASE', () => {
    const model = easeTaste(fitEase(interactions, { l2: settings('ease')['lambda'] as number }));
    near(rowsOf(model), expected['ease_weights']);
    near(scoresOf(model, interactions), expected['ease_scores_all_users']);
  });

  it.each([
    [0, 'all_neighbours'],
    [1, 'top_2'],
  ] as const)('neighbours %i', (which, name) => {
    const knn = fitItemKnn(interactions, {
      neighbours: settings('itemknn').neighbours[which] as number,
      shrink: settings('itemknn')['shrink'] as number,
    });
    // S is by the item that is scored: its rows are our columns.
    const similarity = expected[`itemknn_similarity_${name}`] as Grid;
    near(
      rowsOf(linkTaste(knn)),
      similarity.map((row, r) => row.map((_, c) => similarity[c]?.[r])),
    );
    const walk = fitRp3beta(interactions, {
      alpha: settings('rp3beta')['alpha'] as number,
      beta: settings('rp3beta')['beta'] as number,
      neighbours: settings('rp3beta').neighbours[which] as number,
    });
    near(rowsOf(linkTaste(walk)), expected[`rp3beta_${name}`]);
    if (which === 0) return;
    near(scoresOf(linkTaste(knn), interactions), expected['itemknn_scores_all_users_top_2']);
    near(scoresOf(linkTaste(walk), interactions), expected['rp3beta_scores_all_users_top_2']);
  });
});

const lines = oracle.length > 0 ? findRetailLines() : undefined;

describe.runIf(lines !== undefined)('UCI Online Retail', () => {
  const split = splitRetail(lines ?? [], { trainBefore: '2011-07-01' });
  const train = collectInteractions(split.train, { binary: true });

  it('has the counts of the reference', () => {
    const expected = caseOf('online_retail_counts').expected as Figures;
    expect(lines?.length).toBe(expected['clean_rows']);
    expect(split.train.person.length).toBe(expected['train_rows']);
    expect(split.people.length).toBe(expected['train_customers']);
    expect(split.items.length).toBe(expected['train_items']);
    expect(train.item.length).toBe(expected['train_pairs']);
    expect(collectInteractions(split.test).item.length).toBe(expected['test_pairs_all']);
  });

  /** Weights of the reference for some items, and figures of all of them. `note` says 1e-8 for these, 1e-6 relative for EASE's sums. */
  const spotCodes = (): readonly number[] =>
    (caseOf('online_retail_spot_checks').input['stock_codes'] as readonly string[]).map((code) =>
      split.items.indexOf(code),
    );
  interface Spots {
    readonly B?: Grid;
    readonly S?: Grid;
    readonly W?: Grid;
    readonly nnz?: number;
    readonly sum: number;
    readonly sum_abs?: number;
    readonly max?: number;
    readonly min?: number;
  }
  const spotsOf = (name: string): Spots => caseOf('online_retail_spot_checks').expected[name] as Spots;

  it.each([100, 300, 1000])('EASE has the weights of the reference, λ = %d', (l2) => {
    const wanted = spotsOf(`ease_${l2}`);
    const codes = spotCodes();
    // One unit of an item scores its row of B.
    const model = once(`online_retail_EASE_${l2}`, () => easeTaste(fitEase(train, { l2 })));
    const row = new Float64Array(model.items);
    let sum = 0;
    let absolute = 0;
    let most = 0;
    let least = 0;
    for (let i = 0; i < model.items; i++) {
      const one = Float64Array.of(1);
      const orders = Uint32Array.of(1);
      model.score({ item: Uint32Array.of(i), weight: one, firstAtMs: one, lastAtMs: one, orders }, row);
      for (const weight of row) {
        sum += weight;
        absolute += Math.abs(weight);
        most = Math.max(most, weight);
        least = Math.min(least, weight);
      }
      const checked = codes.indexOf(i);
      for (const [c, code] of checked < 0 ? [] : codes.entries())
        expect(Math.abs((row[code] as number) - (wanted.B?.[checked]?.[c] ?? Number.NaN))).toBeLessThan(1e-8);
    }
    expect(Math.abs(sum / wanted.sum - 1)).toBeLessThan(1e-6);
    expect(Math.abs(absolute / (wanted.sum_abs ?? Number.NaN) - 1)).toBeLessThan(1e-6);
    expect(Math.abs(most - (wanted.max ?? Number.NaN))).toBeLessThan(1e-8);
    expect(Math.abs(least - (wanted.min ?? Number.NaN))).toBeLessThan(1e-8);
  });

  it.each([
    ['itemknn', 'S', () => fitItemKnn(train, { neighbours: 100, shrink: 10 })],
    ['rp3beta', 'W', () => fitRp3beta(train, { alpha: 0.8, beta: 0.6, neighbours: 500 })],
  ] as const)('%s has the links of the reference', (name, grid, fit) => {
    const wanted = spotsOf(name);
    const codes = spotCodes();
    const { start, item, weight } = fit();
    const linkOf = (from: number, to: number): number => {
      const at = item.subarray(start[from], start[from + 1]).indexOf(to);
      return at < 0 ? 0 : (weight[(start[from] as number) + at] as number);
    };
    for (const [r, one] of codes.entries())
      for (const [c, other] of codes.entries()) {
        // S is by the item that is scored, W by the past one.
        const found = name === 'itemknn' ? linkOf(other, one) : linkOf(one, other);
        expect(Math.abs(found - (wanted[grid]?.[r]?.[c] ?? Number.NaN)), `${r} ${c}`).toBeLessThan(1e-8);
      }
    expect(weight.length).toBe(wanted.nnz);
    expect(Math.abs(weight.reduce((a, b) => a + b, 0) - wanted.sum)).toBeLessThan(1e-8);
  });

  it.each(namesOf('online_retail'))('%s', (name) => {
    compare(split, name, name.includes('_NEW_') ? 'new' : 'all');
  });
});

const movies = oracle.length > 0 ? findMovieLens() : undefined;

describe.runIf(movies !== undefined)('MovieLens-100k', () => {
  it.each(namesOf('movielens_100k'))('%s', (name) => {
    if (movies) compare(movies, name, 'new');
  });
});
