import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import {
  type CholeskyFactor,
  cholesky,
  dot,
  gram,
  identity,
  inverseDrift,
  inverseQuadraticForm,
  invertCholesky,
  leastSquares,
  logDeterminant,
  type Matrix,
  matrix,
  matrixOf,
  shermanMorrison,
  solveCholesky,
  times,
  timesVector,
  transpose,
  transposeTimesVector,
  updateCholesky,
} from './index.ts';

const randomMatrix = (seed: number, rows: number, columns: number): Matrix => {
  const random = createRandom(seed, `${rows}x${columns}`);
  return matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => random.normal()),
  );
};

/** Positive definite, condition number a few hundred at most. */
const spread = (seed: number, n: number): Matrix => {
  const made = gram(randomMatrix(seed, 2 * n + 3, n));
  for (let i = 0; i < n; i++) made.values[i * n + i] = (made.values[i * n + i] as number) + 1;
  return made;
};

const factorOf = (a: Matrix): CholeskyFactor => {
  const made = cholesky(a);
  if (made.kind !== 'factor') throw new Error(`no factor: row ${made.row}`);
  return made;
};

const far = (a: Float64Array, b: Float64Array): number =>
  a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b[i] as number))), 0);

const sizes = fc.integer({ min: 1, max: 14 });
const seeds = fc.integer({ min: 0, max: 1e6 });

describe('products', () => {
  it('agree with each other', () => {
    fc.assert(
      fc.property(seeds, sizes, sizes, (seed, rows, columns) => {
        const x = randomMatrix(seed, rows, columns);
        expect(far(gram(x).values, times(transpose(x), x).values)).toBeLessThan(1e-12);
        const v = randomMatrix(seed + 1, columns, 1);
        const w = randomMatrix(seed + 2, rows, 1);
        expect(far(timesVector(x, v.values), times(x, v).values)).toBeLessThan(1e-12);
        expect(far(transposeTimesVector(x, w.values), times(transpose(x), w).values)).toBeLessThan(1e-12);
        expect(dot(v.values, v.values)).toBeCloseTo(times(transpose(v), v).values[0] as number, 10);
      }),
    );
  });

  it('weigh rows, and refuse shapes that do not fit', () => {
    expect([
      ...gram(
        matrixOf([
          [1, 2],
          [3, 4],
        ]),
        Float64Array.of(2, 1),
      ).values,
    ]).toEqual([11, 16, 16, 24]);
    expect(() => times(matrix(2, 3), matrix(2, 3))).toThrow(
      expect.objectContaining({ code: 'length_mismatch' }),
    );
    expect(() => dot(new Float64Array(2), new Float64Array(3))).toThrow(
      expect.objectContaining({ code: 'length_mismatch' }),
    );
    expect(() => matrixOf([[1], [1, 2]])).toThrow(expect.objectContaining({ code: 'length_mismatch' }));
  });
});

describe('cholesky', () => {
  it('factors, solves, inverts', () => {
    fc.assert(
      fc.property(seeds, sizes, (seed, n) => {
        const a = spread(seed, n);
        const factor = factorOf(a);
        expect(far(times(factor.lower, transpose(factor.lower)).values, a.values)).toBeLessThan(1e-10);
        const b = randomMatrix(seed, n, 1).values;
        const x = solveCholesky(factor, b);
        expect(far(timesVector(a, x), b)).toBeLessThan(1e-10);
        expect(inverseQuadraticForm(factor, b)).toBeCloseTo(dot(b, x), 10);
        expect(far(times(a, invertCholesky(factor)).values, identity(n).values)).toBeLessThan(1e-10);
      }),
    );
  });

  it('knows a determinant', () => {
    expect(
      logDeterminant(
        factorOf(
          matrixOf([
            [4, 2],
            [2, 3],
          ]),
        ),
      ),
    ).toBeCloseTo(Math.log(8), 14);
  });

  it('says where a matrix is not positive definite, also when rounding hides it', () => {
    expect(
      cholesky(
        matrixOf([
          [1, 2],
          [2, 1],
        ]),
      ),
    ).toMatchObject({ kind: 'not_positive_definite', row: 1 });
    const x = randomMatrix(3, 30, 4);
    const twice = matrix(30, 5);
    for (let i = 0; i < 30; i++) {
      for (let j = 0; j < 4; j++) twice.values[i * 5 + j] = x.values[i * 4 + j] as number;
      twice.values[i * 5 + 4] = (x.values[i * 4] as number) + 0.1 * (x.values[i * 4 + 2] as number);
    }
    expect(cholesky(gram(twice))).toMatchObject({ kind: 'not_positive_definite', row: 4 });
    expect(() => cholesky(matrixOf([[Number.NaN]]))).toThrow(expect.objectContaining({ code: 'nan' }));
  });

  it('follows rank-one updates, a thousand of them', () => {
    const random = createRandom(8);
    const n = 6;
    const a = identity(n);
    const factor = factorOf(a);
    const inverse = identity(n);
    for (let step = 0; step < 1000; step++) {
      const x = Float64Array.from({ length: n }, () => random.normal());
      updateCholesky(factor, x);
      shermanMorrison(inverse, x);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++)
          a.values[i * n + j] = (a.values[i * n + j] as number) + (x[i] as number) * (x[j] as number);
      }
    }
    expect(far(times(factor.lower, transpose(factor.lower)).values, a.values)).toBeLessThan(1e-10 * 1000);
    for (let column = 0; column < n; column++) expect(inverseDrift(a, inverse, column)).toBeLessThan(1e-10);
    expect(() => shermanMorrison(identity(1), Float64Array.of(1), -1)).toThrow(
      expect.objectContaining({ code: 'singular' }),
    );
  });
});

describe('leastSquares', () => {
  it('solves the normal equations without forming them', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 6 }), (seed, columns) => {
        const x = randomMatrix(seed, 25, columns);
        const y = randomMatrix(seed + 7, 25, 1).values;
        const made = leastSquares(x, y);
        if (made.kind !== 'fit') throw new Error('no fit');
        const factor = factorOf(gram(x));
        expect(far(made.coefficients, solveCholesky(factor, transposeTimesVector(x, y)))).toBeLessThan(1e-9);
        expect(far(made.inverseGram.values, invertCholesky(factor).values)).toBeLessThan(1e-9);
        expect(far(transposeTimesVector(x, made.residuals), new Float64Array(columns))).toBeLessThan(1e-10);
        expect(made.degrees).toBe(25 - columns);
      }),
    );
  });

  it('keeps its digits where normal equations lose them all (Läuchli)', () => {
    const e = 1e-9;
    const made = leastSquares(
      matrixOf([
        [1, 1],
        [e, 0],
        [0, e],
      ]),
      Float64Array.of(2, e, e),
    );
    if (made.kind !== 'fit') throw new Error('no fit');
    expect(far(made.coefficients, Float64Array.of(1, 1))).toBeLessThan(1e-6);
  });

  it('names a dependent column', () => {
    const x = matrixOf([
      [1, 2, 1],
      [1, 3, 2],
      [1, 4, 3],
      [1, 9, 8],
    ]);
    expect(leastSquares(x, new Float64Array(4))).toEqual({ kind: 'rank_deficient', column: 2 });
    expect(leastSquares(matrixOf([[0], [0]]), new Float64Array(2))).toEqual({
      kind: 'rank_deficient',
      column: 0,
    });
    expect(() => leastSquares(matrix(1, 2), new Float64Array(1))).toThrow(
      expect.objectContaining({ code: 'too_few' }),
    );
  });
});
