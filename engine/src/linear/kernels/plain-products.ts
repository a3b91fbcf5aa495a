import { checkLength } from '../../errors/index.ts';
import { dot } from '../products.ts';
import type { Dense, SparseRows } from './kernels.ts';
import { checkGram, checkSamePrecision, checkSparse } from './shapes.ts';

type Values = Float32Array | Float64Array;

// One compiled body per precision: an engine that has seen both kinds of array in one body runs neither well. For f64 that is
// the dot product of the door.
const dot32 = (a: Float32Array, b: Float32Array): number => {
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

/** Σ a_i b_i in double precision, four accumulators. */
export const plainDot = (a: Values, b: Values): number => {
  checkLength('b', b.length, a.length);
  checkSamePrecision(a, b);
  return a instanceof Float32Array && b instanceof Float32Array
    ? dot32(a, b)
    : dot(a as Float64Array, b as Float64Array);
};

/** Xᵀ X in double precision, four rows of X at a time. */
export const plainGram = (x: Dense, out: Dense): void => {
  checkGram(x, out);
  const { rows, columns, values } = x;
  const sums = new Float64Array(columns * columns);
  for (let r = 0; r + 3 < rows; r += 4) {
    const at0 = r * columns;
    const at1 = at0 + columns;
    const at2 = at1 + columns;
    const at3 = at2 + columns;
    for (let i = 0; i < columns; i++) {
      const f0 = values[at0 + i] as number;
      const f1 = values[at1 + i] as number;
      const f2 = values[at2 + i] as number;
      const f3 = values[at3 + i] as number;
      for (let j = i, at = i * columns + i; j < columns; j++, at++) {
        sums[at] =
          (sums[at] as number) +
          f0 * (values[at0 + j] as number) +
          f1 * (values[at1 + j] as number) +
          f2 * (values[at2 + j] as number) +
          f3 * (values[at3 + j] as number);
      }
    }
  }
  for (let r = rows & ~3; r < rows; r++) {
    const start = r * columns;
    for (let i = 0; i < columns; i++) {
      const factor = values[start + i] as number;
      for (let j = i, at = i * columns + i; j < columns; j++, at++)
        sums[at] = (sums[at] as number) + factor * (values[start + j] as number);
    }
  }
  for (let i = 0; i < columns; i++) {
    for (let j = i; j < columns; j++) {
      const value = sums[i * columns + j] as number;
      out.values[i * columns + j] = value;
      out.values[j * columns + i] = value;
    }
  }
};

export const plainSparseTimesDense = (
  s: SparseRows,
  dense: Dense<Float32Array>,
  out: Dense<Float32Array>,
): void => {
  checkSparse(s, dense, out);
  const { columns, values } = dense;
  const sums = new Float64Array(columns);
  for (let r = 0; r < s.rows; r++) {
    sums.fill(0);
    const end = s.starts[r + 1] as number;
    for (let e = s.starts[r] as number; e < end; e++) {
      const weight = s.weights[e] as number;
      const start = (s.indices[e] as number) * columns;
      for (let c = 0; c < columns; c++)
        sums[c] = (sums[c] as number) + weight * (values[start + c] as number);
    }
    out.values.set(sums, r * columns);
  }
};
