import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastSquares, matrix, matrixOf } from '../linear/index.ts';
import { createRandom } from '../random/index.ts';
import { fitLinearModel, type LinearFit, type LinearModel, linearScores, predictLinear } from './index.ts';

const model = (made: LinearFit): LinearModel => {
  if (made.kind === 'no_answer') throw new Error(made.reason);
  return made;
};

const draw = (seed: number, n: number, columns: number) => {
  const random = createRandom(seed);
  const features = matrix(
    n,
    columns,
    Float64Array.from({ length: n * columns }, () => random.normal(3, 2)),
  );
  const score = (i: number) => 0.4 * (features.values[i * columns] as number) - 1.2;
  const outcomes = Float64Array.from({ length: n }, (_, i) =>
    random.chance(1 / (1 + Math.exp(-score(i)))) ? 1 : 0,
  );
  return { features, outcomes };
};

describe('ridge regression', () => {
  it('without a penalty is least squares', () => {
    const { features, outcomes } = draw(1, 200, 3);
    const withOne = matrixOf(
      Array.from({ length: 200 }, (_, i) => [1, ...features.values.subarray(i * 3, i * 3 + 3)]),
    );
    const exact = leastSquares(withOne, outcomes);
    if (exact.kind !== 'fit') throw new Error(exact.kind);
    const found = model(fitLinearModel({ features, outcomes, link: 'identity', penalty: 0 }));
    found.coefficients.forEach((b, j) => expect(b).toBeCloseTo(exact.coefficients[j + 1] as number, 12));
    predictLinear(found, features).forEach((p, i) =>
      expect(p).toBeCloseTo((outcomes[i] as number) - (exact.residuals[i] as number), 11),
    );
    expect(found.diagnostics.effectiveDegrees).toBeCloseTo(4, 10);
  });

  it('keeps the digits of outcomes around 1e12', () => {
    const { features, outcomes } = draw(2, 300, 2);
    const plain = model(fitLinearModel({ features, outcomes, link: 'identity' }));
    const far = model(
      fitLinearModel({ features, outcomes: outcomes.map((y) => y + 1e12), link: 'identity' }),
    );
    far.coefficients.forEach((b, j) => expect(b).toBeCloseTo(plain.coefficients[j] as number, 9));
  });

  it('shrinks more with a larger penalty, and knows a weight from two rows', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.1, max: 100, noNaN: true }), (seed, penalty) => {
        const { features, outcomes } = draw(seed, 60, 2);
        const size = (p: number) =>
          model(fitLinearModel({ features, outcomes, link: 'identity', penalty: p })).coefficients.reduce(
            (sum, b) => sum + b * b,
            0,
          );
        expect(size(penalty * 4)).toBeLessThanOrEqual(size(penalty) + 1e-12);
        const weights = outcomes.map((_, i) => (i % 3 === 0 ? 2 : 1));
        const rows = [...outcomes.keys()].flatMap((i) => (i % 3 === 0 ? [i, i] : [i]));
        const twice = matrixOf(rows.map((i) => [...features.values.subarray(i * 2, i * 2 + 2)]));
        const link = 'identity';
        const weighted = model(fitLinearModel({ features, outcomes, weights, penalty, link }));
        const repeated = model(
          fitLinearModel({
            features: twice,
            outcomes: rows.map((i) => outcomes[i] as number),
            penalty,
            link,
          }),
        );
        weighted.coefficients.forEach((b, j) => expect(b).toBeCloseTo(repeated.coefficients[j] as number, 9));
      }),
      { numRuns: 20 },
    );
  });
});

describe('ridge-logistic regression', () => {
  it('stands where the penalised gradient is 0', () => {
    const { features, outcomes } = draw(3, 400, 2);
    const found = model(fitLinearModel({ features, outcomes, link: 'logistic', penalty: 3 }));
    const p = predictLinear(found, features);
    const residual = outcomes.map((y, i) => y - (p[i] as number));
    expect(residual.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 8);
    for (let j = 0; j < 2; j++) {
      const column = outcomes.map((_, i) => features.values[i * 2 + j] as number);
      const mean = column.reduce((a, b) => a + b, 0) / 400;
      const variance = column.reduce((a, x) => a + (x - mean) ** 2, 0) / 400;
      const pull = residual.reduce((a, r, i) => a + r * ((column[i] as number) - mean), 0);
      expect(pull).toBeCloseTo(3 * variance * (found.coefficients[j] as number), 7);
    }
    expect((found.coefficients[0] as number) / (found.standardErrors[0] as number)).toBeGreaterThan(3);
  });

  it('does not mind the order of the rows', () => {
    const { features, outcomes } = draw(4, 200, 2);
    const order = createRandom(5).shuffle([...outcomes.keys()]);
    const moved = matrixOf(order.map((i) => [...features.values.subarray(i * 2, i * 2 + 2)]));
    const found = model(fitLinearModel({ features, outcomes, link: 'logistic' }));
    const other = model(
      fitLinearModel({
        features: moved,
        outcomes: order.map((i) => outcomes[i] as number),
        link: 'logistic',
      }),
    );
    other.coefficients.forEach((b, j) => expect(b).toBeCloseTo(found.coefficients[j] as number, 9));
  });

  it('gives missing values a coefficient of their own', () => {
    const random = createRandom(6);
    const values = Float64Array.from({ length: 2000 }, (_, i) =>
      i % 4 === 0 ? Number.NaN : random.normal(),
    );
    const outcomes = values.map((x) => (random.chance(Number.isNaN(x) ? 0.8 : 0.3) ? 1 : 0));
    const found = model(fitLinearModel({ features: matrix(2000, 1, values), outcomes, link: 'logistic' }));
    const [absent, present] = predictLinear(found, matrixOf([[Number.NaN], [0]]));
    expect(absent).toBeGreaterThan(0.75);
    expect(present).toBeLessThan(0.35);
    expect(linearScores(found, matrixOf([[0]]))[0]).toBeCloseTo(
      Math.log((present as number) / (1 - (present as number))),
    );
  });
});

describe('what cannot be answered', () => {
  const features = matrixOf([[0], [1], [2], [3]]);
  it('has a reason', () => {
    expect(fitLinearModel({ features, outcomes: [0, 0, 0, 0], link: 'logistic' })).toEqual({
      kind: 'no_answer',
      reason: 'one_outcome',
    });
    expect(fitLinearModel({ features, outcomes: [0, 0, 1, 1], link: 'logistic', penalty: 0 })).toMatchObject({
      reason: 'separated',
    });
    const twice = matrixOf([
      [0, 0],
      [1, 2],
      [2, 4],
      [3, 6],
    ]);
    expect(
      fitLinearModel({ features: twice, outcomes: [0, 2, 1, 1], link: 'identity', penalty: 0 }),
    ).toMatchObject({ reason: 'collinear' });
  });

  it('takes constant columns for nothing', () => {
    const constant = matrixOf([
      [5, 0],
      [5, 1],
      [5, 2],
    ]);
    const found = model(
      fitLinearModel({ features: constant, outcomes: [1, 2, 3], link: 'identity', penalty: 0 }),
    );
    expect(found.coefficients[0]).toBe(0);
    expect(found.coefficients[1]).toBeCloseTo(1, 12);
  });

  it.each([
    ['length_mismatch', { features, outcomes: [1] }],
    ['nan', { features, outcomes: [1, Number.NaN, 0, 1] }],
    ['empty_input', { features: matrixOf([]), outcomes: [] }],
    ['negative_weight', { features, outcomes: [1, 0, 1, 0], weights: [1, -1, 1, 1] }],
    ['out_of_range', { features, outcomes: [1, 0, 1, 0], penalty: -1 }],
    ['not_finite', { features: matrixOf([[Infinity], [1]]), outcomes: [1, 0] }],
    ['probability_out_of_range', { features, outcomes: [2, 0, 1, 0] }],
  ] as const)('throws %s', (code, input) => {
    expect(() => fitLinearModel({ link: 'logistic', ...input })).toThrow(expect.objectContaining({ code }));
  });
});
