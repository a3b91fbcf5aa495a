import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Matrix, matrix, matrixOf } from '../linear/index.ts';
import { createRandom } from '../random/index.ts';
import {
  type BoostedSettings,
  type BoostedTrees,
  boostedScores,
  fitBoostedTrees,
  predictBoosted,
  shapValues,
  type Tree,
  type TreesFit,
} from './index.ts';

const model = (made: TreesFit): BoostedTrees => {
  if (made.kind === 'no_answer') throw new Error(made.reason);
  return made;
};

/** A step, a product and noise, with some values missing and some repeated. */
const draw = (seed: number, n: number, columns = 3) => {
  const random = createRandom(seed);
  const features = matrix(
    n,
    columns,
    Float64Array.from({ length: n * columns }, (_, i) =>
      random.chance(0.1) ? Number.NaN : i % columns === 1 ? random.integer(0, 4) : random.normal(),
    ),
  );
  const scores = Float64Array.from({ length: n }, (_, i) => {
    const [a = 0, b = 0, c = 0] = features.values.subarray(i * columns, i * columns + columns);
    return (a > 0 ? 1 : -1) + (b > 2 ? c || 0 : 0.5);
  });
  return {
    features,
    scores,
    outcomes: scores.map((s) => s + random.normal(0, 0.3)),
    binary: scores.map((s) => (random.chance(1 / (1 + Math.exp(-s))) ? 1 : 0)),
  };
};

const rowsOf = ({ columns, values }: Matrix, rows: readonly number[]): Matrix =>
  matrixOf(rows.map((i) => [...values.subarray(i * columns, i * columns + columns)]));

const small: BoostedSettings = { trees: 8, depth: 3, leafRows: 3, learningRate: 0.3 };

type Known = readonly [row: Float64Array, known: number];

/** What the tree expects when only the features in `known` are. */
const expected = (tree: Tree, [row, known]: Known, node = 0): number => {
  const j = tree.feature[node] as number;
  if (j < 0) return tree.value[node] as number;
  const [l, r] = [tree.left[node] as number, tree.right[node] as number];
  if ((known >> j) & 1) {
    const x = row[j] as number;
    const left = Number.isNaN(x) ? tree.missingLeft[node] === 1 : x <= (tree.threshold[node] as number);
    return expected(tree, [row, known], left ? l : r);
  }
  const share = (child: number) => (tree.cover[child] as number) / (tree.cover[node] as number);
  return share(l) * expected(tree, [row, known], l) + share(r) * expected(tree, [row, known], r);
};

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** Shapley's definition, over all subsets. */
const shapley = (made: BoostedTrees, row: Float64Array, j: number): number => {
  const p = made.columns;
  let sum = 0;
  for (let known = 0; known < 2 ** p; known++) {
    if ((known >> j) & 1) continue;
    const size = [...Array(p).keys()].filter((k) => (known >> k) & 1).length;
    const weight = (factorial(size) * factorial(p - size - 1)) / factorial(p);
    for (const tree of made.trees)
      sum += weight * (expected(tree, [row, known | (1 << j)]) - expected(tree, [row, known]));
  }
  return sum;
};

describe('boosted trees', () => {
  it('find a step exactly', () => {
    const features = matrixOf(Array.from({ length: 40 }, (_, i) => [i]));
    const outcomes = Array.from({ length: 40 }, (_, i) => (i < 13 ? 2 : 7));
    const settings = { trees: 1, learningRate: 1, depth: 1, leafRows: 1, l2: 0 };
    const made = model(fitBoostedTrees({ features, outcomes, loss: 'squared', settings }));
    expect(made.trees[0]?.threshold[0]).toBe(12.5);
    const found = predictBoosted(made, features);
    outcomes.forEach((y, i) => expect(found[i]).toBeCloseTo(y, 9));
  });

  it('learn what a line cannot, with both losses', () => {
    const train = draw(1, 2000);
    const test = draw(2, 2000);
    const error = (made: BoostedTrees, y: Float64Array) =>
      predictBoosted(made, test.features).reduce((sum, p, i) => sum + (p - (y[i] as number)) ** 2, 0) / 2000;
    const squared = model(fitBoostedTrees({ ...train, loss: 'squared', settings: { trees: 100 } }));
    expect(error(squared, test.outcomes)).toBeLessThan(0.35);
    const logistic = model(
      fitBoostedTrees({ features: train.features, outcomes: train.binary, loss: 'logistic' }),
    );
    expect(
      error(
        logistic,
        test.scores.map((s) => 1 / (1 + Math.exp(-s))),
      ),
    ).toBeLessThan(0.01);
    expect(logistic.diagnostics.lossAfter).toBeLessThan(logistic.diagnostics.lossBefore);
    const p = predictBoosted(logistic, train.features);
    // The base score and the leaves leave the mean where it was.
    expect(p.reduce((a, b) => a + b, 0) / 2000).toBeCloseTo(
      train.binary.reduce((a, b) => a + b, 0) / 2000,
      2,
    );
  });

  it('keep the digits of outcomes around 1e12', () => {
    const { features, binary } = draw(3, 300);
    const settings = { ...small };
    const plain = model(fitBoostedTrees({ features, outcomes: binary, loss: 'squared', settings }));
    const far = model(
      fitBoostedTrees({ features, outcomes: binary.map((y) => y + 1e12), loss: 'squared', settings }),
    );
    const near = predictBoosted(plain, features);
    predictBoosted(far, features).forEach((p, i) => expect(p - 1e12).toBeCloseTo(near[i] as number, 3));
  });

  it('send missing values where they belong', () => {
    const features = matrixOf(Array.from({ length: 60 }, (_, i) => [i % 3 === 0 ? Number.NaN : i]));
    const outcomes = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 5 : 1));
    const settings = { trees: 1, learningRate: 1, depth: 1, leafRows: 1, l2: 0 };
    const made = model(fitBoostedTrees({ features, outcomes, loss: 'squared', settings }));
    const [missing, low, high] = predictBoosted(made, matrixOf([[Number.NaN], [-1e300], [1e300]]));
    expect(missing).toBeCloseTo(5, 9);
    expect(low).toBeCloseTo(1, 9);
    expect(high).toBeCloseTo(1, 9);
  });

  it('count a weight as rows', () => {
    const { features, outcomes } = draw(4, 120);
    const weights = outcomes.map((_, i) => (i % 2 === 0 ? 3 : 1));
    const rows = [...outcomes.keys()].flatMap((i) => (i % 2 === 0 ? [i, i, i] : [i]));
    const settings = { ...small, leafRows: 1, maxBins: 255 };
    const weighted = model(fitBoostedTrees({ features, outcomes, weights, loss: 'squared', settings }));
    const repeated = model(
      fitBoostedTrees({
        features: rowsOf(features, rows),
        outcomes: rows.map((i) => outcomes[i] as number),
        loss: 'squared',
        settings,
      }),
    );
    const other = predictBoosted(repeated, features);
    predictBoosted(weighted, features).forEach((p, i) => expect(p).toBeCloseTo(other[i] as number, 6));
  });
});

describe('properties', () => {
  it('the order of the rows changes nothing, to the last bit', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('squared' as const, 'logistic' as const), (seed, loss) => {
        const { features, outcomes, binary } = draw(seed, 150);
        const y = loss === 'squared' ? outcomes : binary;
        const order = createRandom(seed, 'order').shuffle([...y.keys()]);
        const settings = { ...small, maxBins: 16 };
        const made = fitBoostedTrees({ features, outcomes: y, loss, settings });
        const moved = fitBoostedTrees({
          features: rowsOf(features, order),
          outcomes: order.map((i) => y[i] as number),
          loss,
          settings,
        });
        expect(model(moved).trees).toEqual(model(made).trees);
        expect(model(moved).base).toBe(model(made).base);
      }),
      { numRuns: 15 },
    );
  });

  it('monotone constraints hold everywhere', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 5 }), (seed, depth) => {
        const { features, outcomes, binary } = draw(seed, 200);
        const loss = seed % 2 === 0 ? 'squared' : 'logistic';
        const monotone = [-1, 1, 0];
        const made = model(
          fitBoostedTrees({
            features,
            outcomes: loss === 'squared' ? outcomes : binary,
            loss,
            settings: { ...small, depth, monotone },
          }),
        );
        const random = createRandom(seed, 'points');
        for (let round = 0; round < 40; round++) {
          const point = [
            random.normal(),
            random.integer(0, 4),
            random.chance(0.2) ? Number.NaN : random.normal(),
          ];
          for (const [j, direction] of [
            [0, -1],
            [1, 1],
          ] as const) {
            const other = [...point];
            other[j] = (point[j] as number) + random.exponential(1);
            const [before, after] = boostedScores(made, matrixOf([point, other])) as unknown as [
              number,
              number,
            ];
            expect(direction * (after - before)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('SHAP values sum to the score', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 6 }), (seed, depth) => {
        const { features, binary } = draw(seed, 150, 4);
        const settings = { ...small, depth };
        const made = model(fitBoostedTrees({ features, outcomes: binary, loss: 'logistic', settings }));
        const scores = boostedScores(made, features);
        const { base, values, columns } = shapValues(made, features);
        scores.forEach((score, i) => {
          const sum = values.subarray(i * columns, (i + 1) * columns).reduce((a, b) => a + b, base);
          expect(sum).toBeCloseTo(score, 10);
        });
      }),
      { numRuns: 15 },
    );
  });

  it('SHAP values are those of the definition', () => {
    const { features, outcomes } = draw(7, 200, 4);
    const made = model(
      fitBoostedTrees({ features, outcomes, loss: 'squared', settings: { ...small, depth: 5 } }),
    );
    const rows = rowsOf(features, [0, 1, 2, 3, 4, 5]);
    const { values } = shapValues(made, rows);
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j < 4; j++)
        expect(values[i * 4 + j]).toBeCloseTo(shapley(made, rows.values.subarray(i * 4, i * 4 + 4), j), 10);
    }
  });
});

describe('wrong input', () => {
  const features = matrixOf([[0], [1]]);
  it('has a name', () => {
    const fit = (more: object) => () =>
      fitBoostedTrees({ features, outcomes: [0, 1], loss: 'logistic', ...more });
    expect(fit({ outcomes: [0, 0] })()).toEqual({ kind: 'no_answer', reason: 'one_outcome' });
    for (const [code, more] of [
      ['length_mismatch', { outcomes: [1] }],
      ['length_mismatch', { settings: { monotone: [1, 1] } }],
      ['nan', { outcomes: [Number.NaN, 1] }],
      ['not_finite', { features: matrixOf([[Infinity], [1]]) }],
      ['empty_input', { features: matrixOf([]), outcomes: [] }],
      ['negative_weight', { weights: [-1, 2] }],
      ['probability_out_of_range', { outcomes: [2, 1] }],
      ['out_of_range', { settings: { maxBins: 1 } }],
      ['out_of_range', { settings: { monotone: [2] } }],
      ['out_of_range', { settings: { learningRate: 2 } }],
    ] as const)
      expect(fit(more)).toThrow(expect.objectContaining({ code }));
  });

  it('stops when nothing is left to split', () => {
    const made = model(
      fitBoostedTrees({ features, outcomes: [3, 3], loss: 'squared', settings: { leafRows: 1 } }),
    );
    expect(made.trees).toHaveLength(0);
    expect([...predictBoosted(made, features)]).toEqual([3, 3]);
    expect(shapValues(made, features)).toMatchObject({ base: 3 });
  });
});
