import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import { type Matrix, matrixOf, symmetricEigen, times, transpose } from './index.ts';

const symmetric = (n: number, of: (i: number, j: number) => number): Matrix => {
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) values[i * n + j] = values[j * n + i] = of(i, j);
  return { rows: n, columns: n, values };
};

/** Largest errors of Q diag Qᵀ against A and of QᵀQ against the identity, the first relative to A. */
const errorsOf = (a: Matrix): readonly [number, number] => {
  const n = a.rows;
  const { values, vectors } = symmetricEigen(a);
  const scaled = { ...vectors, values: vectors.values.map((v, k) => v * (values[k % n] as number)) };
  const again = times(scaled, transpose(vectors)).values;
  const unit = times(transpose(vectors), vectors).values;
  const largest = a.values.reduce((most, v) => Math.max(most, Math.abs(v)), 0) || 1;
  const worst = (found: Float64Array, wanted: (k: number) => number, size: number): number =>
    found.reduce((most, v, k) => {
      const error = Math.abs(v - wanted(k)) / size;
      return error <= most ? most : error;
    }, 0);
  return [
    worst(again, (k) => a.values[k] as number, largest),
    worst(unit, (k) => (k % (n + 1) === 0 ? 1 : 0), 1),
  ];
};

describe('symmetricEigen', () => {
  it('knows small ones by heart', () => {
    expect(
      [
        ...symmetricEigen(
          matrixOf([
            [2, 1],
            [1, 2],
          ]),
        ).values,
      ].map((v) => Math.round(v * 1e12) / 1e12),
    ).toEqual([1, 3]);
    expect([
      ...symmetricEigen(
        matrixOf([
          [3, 0, 0],
          [0, -1, 0],
          [0, 0, 2],
        ]),
      ).values,
    ]).toEqual([-1, 2, 3]);
    expect(symmetricEigen({ rows: 0, columns: 0, values: new Float64Array(0) }).values.length).toBe(0);
  });

  it.each([1, 2, 5, 30, 64])('rebuilds %i rows of noise', (n) => {
    const random = createRandom(n);
    const [rebuilt, unit] = errorsOf(symmetric(n, () => random.normal()));
    expect(rebuilt).toBeLessThan(1e-13);
    expect(unit).toBeLessThan(1e-13);
  });

  it('stands matrices of low rank, of any size, with rows of zeros', () => {
    fc.assert(
      fc.property(
        fc.tuple(
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 0, max: 3 }),
          // Products stay clear of the denormals, where a number keeps few digits.
          fc.integer({ min: -180, max: 180 }),
          fc.nat(1000),
        ),
        ([n, rank, exponent, seed]) => {
          const random = createRandom(seed);
          const x = Array.from({ length: n }, () =>
            Array.from({ length: rank }, () =>
              random.chance(0.3) ? 0 : random.normal() * 10 ** -random.integer(0, 60),
            ),
          );
          const a = symmetric(
            n,
            (i, j) => 10 ** exponent * (x[i] ?? []).reduce((sum, v, k) => sum + v * (x[j]?.[k] as number), 0),
          );
          const [rebuilt, unit] = errorsOf(a);
          expect(rebuilt).toBeLessThan(1e-12);
          expect(unit).toBeLessThan(1e-12);
        },
      ),
    );
  });

  it('refuses what is not a number', () => {
    expect(() => symmetricEigen(matrixOf([[Number.NaN]]))).toThrow(expect.objectContaining({ code: 'nan' }));
  });
});
