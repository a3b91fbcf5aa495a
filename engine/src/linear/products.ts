import { checkLength } from '../errors/index.ts';
import { type Matrix, matrix } from './matrix.ts';

/**
 * Σ a_i b_i with four accumulators, in a fixed order. O(n); error at most about n/4 ulps of Σ |a_i b_i|.
 *
 * @throws EngineError `length_mismatch`
 * @example dot(Float64Array.of(1, 2), Float64Array.of(3, 4)) // 11
 */
export const dot = (a: Float64Array, b: Float64Array): number => {
  checkLength('b', b.length, a.length);
  const whole = a.length & ~3;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0; i < whole; i += 4) {
    s0 += (a[i] as number) * (b[i] as number);
    s1 += (a[i + 1] as number) * (b[i + 1] as number);
    s2 += (a[i + 2] as number) * (b[i + 2] as number);
    s3 += (a[i + 3] as number) * (b[i + 3] as number);
  }
  let rest = 0;
  for (let i = whole; i < a.length; i++) rest += (a[i] as number) * (b[i] as number);
  return s0 + s1 + (s2 + s3) + rest;
};

/** A x; x has `columns` values, the answer `rows`. O(rows × columns). */
export const timesVector = (a: Matrix, x: Float64Array, out = new Float64Array(a.rows)): Float64Array => {
  checkLength('x', x.length, a.columns);
  const { values, columns } = a;
  for (let i = 0; i < a.rows; i++) {
    let sum = 0;
    for (let j = 0, at = i * columns; j < columns; j++, at++)
      sum += (values[at] as number) * (x[j] as number);
    out[i] = sum;
  }
  return out;
};

/** Aᵀ x; x has `rows` values, the answer `columns`. O(rows × columns). */
export const transposeTimesVector = (a: Matrix, x: Float64Array): Float64Array => {
  checkLength('x', x.length, a.rows);
  const { values, columns } = a;
  const out = new Float64Array(columns);
  for (let i = 0; i < a.rows; i++) {
    const factor = x[i] as number;
    if (factor === 0) continue;
    for (let j = 0, at = i * columns; j < columns; j++, at++)
      out[j] = (out[j] as number) + factor * (values[at] as number);
  }
  return out;
};

/** A B. O(rows × inner × columns); for large matrices see the kernels. */
export const times = (a: Matrix, b: Matrix): Matrix => {
  checkLength('rows of b', b.rows, a.columns);
  const out = matrix(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      const factor = a.values[i * a.columns + k] as number;
      if (factor === 0) continue;
      for (let j = 0; j < b.columns; j++) {
        const at = i * b.columns + j;
        out.values[at] = (out.values[at] as number) + factor * (b.values[k * b.columns + j] as number);
      }
    }
  }
  return out;
};

export const transpose = (a: Matrix): Matrix => {
  const out = matrix(a.columns, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) out.values[j * a.rows + i] = a.values[i * a.columns + j] as number;
  }
  return out;
};

/**
 * Xᵀ diag(w) X, columns × columns, symmetric; w (length rows) is 1 where it is not given. O(rows × columns²/2).
 *
 * @throws EngineError `length_mismatch`
 * @example gram(matrixOf([[1, 2], [3, 4]])).values // 10, 14, 14, 20
 */
export const gram = (x: Matrix, weights?: Float64Array): Matrix => {
  if (weights) checkLength('weights', weights.length, x.rows);
  const { rows, columns, values } = x;
  const out = matrix(columns, columns);
  const g = out.values;
  for (let r = 0; r < rows; r++) {
    const start = r * columns;
    const weight = weights ? (weights[r] as number) : 1;
    for (let i = 0; i < columns; i++) {
      const factor = weight * (values[start + i] as number);
      if (factor === 0) continue;
      for (let j = i, at = i * columns + i; j < columns; j++, at++)
        g[at] = (g[at] as number) + factor * (values[start + j] as number);
    }
  }
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < i; j++) g[i * columns + j] = g[j * columns + i] as number;
  }
  return out;
};
