import type { Dense, FactorMade, FactorRefused, Told } from './kernels.ts';
import { checkInvert, checkSolve, checkSquare, mirrorLower, toleranceFor } from './shapes.ts';

/** Row by row (Cholesky–Banachiewicz) with sums in double precision, four accumulators. */
export const plainCholesky = (a: Dense, asked?: number, told?: Told): FactorMade | FactorRefused => {
  checkSquare(a);
  const n = a.rows;
  const tolerance = toleranceFor(a.values, asked);
  const l = a.values;
  for (let i = 0; i < n; i++) {
    const rowI = i * n;
    const diagonal = l[rowI + i] as number;
    for (let j = 0; j <= i; j++) {
      const rowJ = j * n;
      const whole = j & ~3;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let k = 0; k < whole; k += 4) {
        s0 += (l[rowI + k] as number) * (l[rowJ + k] as number);
        s1 += (l[rowI + k + 1] as number) * (l[rowJ + k + 1] as number);
        s2 += (l[rowI + k + 2] as number) * (l[rowJ + k + 2] as number);
        s3 += (l[rowI + k + 3] as number) * (l[rowJ + k + 3] as number);
      }
      for (let k = whole; k < j; k++) s0 += (l[rowI + k] as number) * (l[rowJ + k] as number);
      const rest = (l[rowI + j] as number) - (s0 + s1 + (s2 + s3));
      if (j < i) l[rowI + j] = rest / (l[rowJ + j] as number);
      else if (rest > Math.max(0, tolerance * diagonal)) l[rowI + i] = Math.sqrt(rest);
      else return { kind: 'not_positive_definite', row: i, pivot: rest };
    }
    l.fill(0, rowI + i + 1, rowI + n);
    told?.(((i + 1) / n) ** 3);
  }
  return { kind: 'factor' };
};

/** B becomes L⁻¹ B: one row of B after another, each less its multiples of those before. */
export const plainSolveLower = (lower: Dense, b: Dense): void => {
  checkSolve(lower, b);
  const n = lower.rows;
  const m = b.columns;
  const row = new Float64Array(m);
  for (let i = 0; i < n; i++) {
    row.set(b.values.subarray(i * m, (i + 1) * m));
    for (let k = 0; k < i; k++) {
      const factor = lower.values[i * n + k] as number;
      for (let c = 0, at = k * m; c < m; c++, at++)
        row[c] = (row[c] as number) - factor * (b.values[at] as number);
    }
    const pivot = lower.values[i * n + i] as number;
    for (let c = 0; c < m; c++) b.values[i * m + c] = (row[c] as number) / pivot;
  }
};

/** B becomes L⁻ᵀ B, from the last row up. */
export const plainSolveLowerTransposed = (lower: Dense, b: Dense): void => {
  checkSolve(lower, b);
  const n = lower.rows;
  const m = b.columns;
  const row = new Float64Array(m);
  for (let i = n - 1; i >= 0; i--) {
    row.set(b.values.subarray(i * m, (i + 1) * m));
    for (let k = i + 1; k < n; k++) {
      const factor = lower.values[k * n + i] as number;
      for (let c = 0, at = k * m; c < m; c++, at++)
        row[c] = (row[c] as number) - factor * (b.values[at] as number);
    }
    const pivot = lower.values[i * n + i] as number;
    for (let c = 0; c < m; c++) b.values[i * m + c] = (row[c] as number) / pivot;
  }
};

/** Columns of A⁻¹ from the diagonal down, each by two solves in double precision. */
export const plainInvertFactor = (lower: Dense, out: Dense, told?: Told): void => {
  checkInvert(lower, out);
  const n = lower.rows;
  const l = lower.values;
  const column = new Float64Array(n);
  for (let c = 0; c < n; c++) {
    column.fill(0);
    column[c] = 1;
    for (let i = c; i < n; i++) {
      let sum = column[i] as number;
      for (let k = c; k < i; k++) sum -= (l[i * n + k] as number) * (column[k] as number);
      column[i] = sum / (l[i * n + i] as number);
    }
    for (let i = n - 1; i >= c; i--) {
      const x = (column[i] as number) / (l[i * n + i] as number);
      column[i] = x;
      for (let k = c; k < i; k++) column[k] = (column[k] as number) - x * (l[i * n + k] as number);
    }
    for (let i = c; i < n; i++) out.values[i * n + c] = column[i] as number;
    told?.((c + 1) / n);
  }
  mirrorLower(out);
};
