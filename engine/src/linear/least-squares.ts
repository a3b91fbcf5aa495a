import { checkAllFinite, checkLength, engineError } from '../errors/index.ts';
import { type Matrix, matrix } from './matrix.ts';

export interface LeastSquaresFit {
  readonly kind: 'fit';
  /** Length columns. */
  readonly coefficients: Float64Array;
  /** y - X b, length rows. */
  readonly residuals: Float64Array;
  readonly residualSumOfSquares: number;
  /** rows - columns. */
  readonly degrees: number;
  /** (XᵀX)⁻¹, columns × columns. */
  readonly inverseGram: Matrix;
}

/** A column is a combination of earlier ones: there is no single answer. */
export interface RankDeficient {
  readonly kind: 'rank_deficient';
  /** The first such column. */
  readonly column: number;
}

/** Householder's reflections on a copy of X (column-major here) and of y; |R_jj| in the answer's diagonal. */
const factorise = (x: Matrix, y: Float64Array) => {
  const { rows, columns } = x;
  const q = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) q[j * rows + i] = x.values[i * columns + j] as number;
  }
  const diagonal = new Float64Array(columns);
  const reflect = (j: number, target: Float64Array, offset: number): void => {
    let product = 0;
    for (let i = j; i < rows; i++) product += (q[j * rows + i] as number) * (target[offset + i] as number);
    product /= q[j * rows + j] as number;
    for (let i = j; i < rows; i++)
      target[offset + i] = (target[offset + i] as number) - product * (q[j * rows + i] as number);
  };
  for (let j = 0; j < columns; j++) {
    let size = 0;
    for (let i = 0; i < rows; i++) size = Math.hypot(size, q[j * rows + i] as number);
    let norm = 0;
    for (let i = j; i < rows; i++) norm = Math.hypot(norm, q[j * rows + i] as number);
    // `size` is the whole column's norm, which the reflections keep: what is left of it must not be rounding noise.
    if (!(norm > 1e-12 * size)) return { kind: 'rank_deficient' as const, column: j };
    const signed = (q[j * rows + j] as number) < 0 ? -norm : norm;
    for (let i = j; i < rows; i++) q[j * rows + i] = (q[j * rows + i] as number) / signed;
    q[j * rows + j] = (q[j * rows + j] as number) + 1;
    diagonal[j] = -signed;
    for (let k = j + 1; k < columns; k++) reflect(j, q, k * rows);
    reflect(j, y, 0);
  }
  return { kind: 'factor' as const, q, diagonal };
};

/**
 * The b that minimises |y - X b|², by Householder's QR (Golub and Van Loan, algorithm 5.2.1): no squared condition number, unlike
 * the normal equations. X is rows × columns with rows >= columns, y has length rows. O(rows × columns²).
 *
 * @throws EngineError `length_mismatch`, `too_few`, `nan`, `not_finite`
 * @example
 * const made = leastSquares(matrixOf([[1, 0], [1, 1], [1, 2]]), Float64Array.of(1, 3, 5));
 * if (made.kind === 'fit') made.coefficients; // [1, 2]
 */
export const leastSquares = (x: Matrix, y: Float64Array): LeastSquaresFit | RankDeficient => {
  const { rows, columns } = x;
  checkLength('y', y.length, rows);
  if (rows < columns)
    throw engineError('too_few', `${columns} coefficients need as many rows, got ${rows}`, { rows, columns });
  checkAllFinite('x', x.values);
  checkAllFinite('y', y);
  const rotated = y.slice();
  const made = factorise(x, rotated);
  if (made.kind === 'rank_deficient') return made;
  const { q, diagonal } = made;
  const coefficients = new Float64Array(columns);
  for (let j = columns - 1; j >= 0; j--) {
    let sum = rotated[j] as number;
    for (let k = j + 1; k < columns; k++) sum -= (q[k * rows + j] as number) * (coefficients[k] as number);
    coefficients[j] = sum / (diagonal[j] as number);
  }
  const residuals = new Float64Array(rows);
  let residualSumOfSquares = 0;
  for (let i = 0; i < rows; i++) {
    let fitted = 0;
    for (let j = 0; j < columns; j++)
      fitted += (x.values[i * columns + j] as number) * (coefficients[j] as number);
    const residual = (y[i] as number) - fitted;
    residuals[i] = residual;
    residualSumOfSquares += residual * residual;
  }
  return {
    kind: 'fit',
    coefficients,
    residuals,
    residualSumOfSquares,
    degrees: rows - columns,
    inverseGram: inverseGramOf(q, diagonal, rows),
  };
};

/** R⁻¹ R⁻ᵀ. */
const inverseGramOf = (q: Float64Array, diagonal: Float64Array, rows: number): Matrix => {
  const n = diagonal.length;
  const inverse = matrix(n, n);
  const r = inverse.values;
  for (let j = 0; j < n; j++) {
    r[j * n + j] = 1 / (diagonal[j] as number);
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++) sum += (q[k * rows + i] as number) * (r[k * n + j] as number);
      r[i * n + j] = -sum / (diagonal[i] as number);
    }
  }
  const out = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += (r[i * n + k] as number) * (r[j * n + k] as number);
      out.values[i * n + j] = sum;
      out.values[j * n + i] = sum;
    }
  }
  return out;
};
