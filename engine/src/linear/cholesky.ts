import { checkLength, engineError } from '../errors/index.ts';
import { type Matrix, matrix } from './matrix.ts';

/** L with A = L Lᵀ; what lies above the diagonal is 0. */
export interface CholeskyFactor {
  readonly kind: 'factor';
  readonly lower: Matrix;
  /** Smallest pivot L_ii² divided by the largest, in (0, 1]: near 0 the matrix is badly conditioned. */
  readonly pivotRatio: number;
}

/** A has no Cholesky factor in this precision: the pivot is not above `tolerance` × its diagonal element. */
export interface NotPositiveDefinite {
  readonly kind: 'not_positive_definite';
  /** Row of the first bad pivot. */
  readonly row: number;
  readonly pivot: number;
}

/**
 * Cholesky's factor of a symmetric matrix (only the lower triangle is read). O(n³/3). A column that depends on earlier ones
 * to within `tolerance` of its own size (default 1e-13) is refused, rather than inverted into noise.
 *
 * @throws EngineError `length_mismatch` unless square, `nan`, `not_finite`
 * @example
 * const made = cholesky(matrixOf([[4, 2], [2, 3]]));
 * if (made.kind === 'factor') solveCholesky(made, Float64Array.of(2, 1)); // [0.5, 0]
 */
export const cholesky = (a: Matrix, tolerance = 1e-13): CholeskyFactor | NotPositiveDefinite => {
  checkLength('columns of a square matrix', a.columns, a.rows);
  const n = a.rows;
  const lower = matrix(n, n);
  const l = lower.values;
  let smallest = Infinity;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a.values[i * n + j] as number;
      if (sum - sum !== 0)
        throw engineError(
          Number.isNaN(sum) ? 'nan' : 'not_finite',
          `cholesky: element (${i}, ${j}) is ${sum}`,
        );
      for (let k = 0, p = i * n, q = j * n; k < j; k++, p++, q++) sum -= (l[p] as number) * (l[q] as number);
      if (j < i) l[i * n + j] = sum / (l[j * n + j] as number);
      else {
        const diagonal = a.values[i * n + i] as number;
        if (!(sum > tolerance * diagonal) || !(sum > 0))
          return { kind: 'not_positive_definite', row: i, pivot: sum };
        if (sum < smallest) smallest = sum;
        if (sum > largest) largest = sum;
        l[i * n + i] = Math.sqrt(sum);
      }
    }
  }
  return { kind: 'factor', lower, pivotRatio: n === 0 ? 1 : smallest / largest };
};

/** Solves L y = b in place (b becomes y). O(n²/2). */
export const solveLowerInPlace = (lower: Matrix, b: Float64Array): Float64Array => {
  const n = lower.rows;
  const l = lower.values;
  checkLength('b', b.length, n);
  for (let i = 0; i < n; i++) {
    let sum = b[i] as number;
    for (let k = 0, p = i * n; k < i; k++, p++) sum -= (l[p] as number) * (b[k] as number);
    b[i] = sum / (l[i * n + i] as number);
  }
  return b;
};

/** Solves Lᵀ x = b in place (b becomes x). O(n²/2). */
export const solveLowerTransposedInPlace = (lower: Matrix, b: Float64Array): Float64Array => {
  const n = lower.rows;
  const l = lower.values;
  checkLength('b', b.length, n);
  for (let i = n - 1; i >= 0; i--) {
    const x = (b[i] as number) / (l[i * n + i] as number);
    b[i] = x;
    for (let k = 0, p = i * n; k < i; k++, p++) b[k] = (b[k] as number) - x * (l[p] as number);
  }
  return b;
};

/** The x with A x = b, for the A of the factor; b is kept. O(n²). */
export const solveCholesky = (factor: CholeskyFactor, b: Float64Array): Float64Array =>
  solveLowerTransposedInPlace(factor.lower, solveLowerInPlace(factor.lower, b.slice()));

/** A⁻¹, exactly symmetric. O(n³). */
export const invertCholesky = (factor: CholeskyFactor): Matrix => {
  const n = factor.lower.rows;
  const out = matrix(n, n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    solveLowerTransposedInPlace(factor.lower, solveLowerInPlace(factor.lower, column));
    for (let i = j; i < n; i++) {
      out.values[i * n + j] = column[i] as number;
      out.values[j * n + i] = column[i] as number;
    }
  }
  return out;
};

/** ln det A = 2 Σ ln L_ii. O(n). */
export const logDeterminant = (factor: CholeskyFactor): number => {
  const n = factor.lower.rows;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(factor.lower.values[i * n + i] as number);
  return 2 * sum;
};

/** xᵀ A⁻¹ x >= 0, by one triangular solve. O(n²/2). */
export const inverseQuadraticForm = (factor: CholeskyFactor, x: Float64Array): number => {
  const y = solveLowerInPlace(factor.lower, x.slice());
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += (y[i] as number) ** 2;
  return sum;
};
