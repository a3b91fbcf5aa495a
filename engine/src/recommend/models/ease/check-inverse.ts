import { tell, type Watch } from '../../../fitting/index.ts';
import type { Interactions } from '../../interactions/index.ts';

/** Columns that are checked: enough to see a precision that does not suffice, little beside the fit. */
const CHECKED = 8;

/** y = (Xᵀ X + l2 I) x, by the sparse X, in double precision. O(pairs). */
const timesGram = (rows: Interactions, l2: number, x: Float64Array): Float64Array => {
  const { start, item, weight } = rows;
  const y = x.map((value) => l2 * value);
  for (let u = 0; u < rows.people; u++) {
    const from = start[u] as number;
    const to = start[u + 1] as number;
    let sum = 0;
    for (let p = from; p < to; p++) sum += (weight[p] as number) * (x[item[p] as number] as number);
    for (let p = from; p < to; p++) {
      const j = item[p] as number;
      y[j] = (y[j] as number) + (weight[p] as number) * sum;
    }
  }
  return y;
};

export interface CheckedInverse {
  readonly rows: Interactions;
  readonly l2: number;
  /** items × items, symmetric. */
  readonly inverse: Float64Array | Float32Array;
}

/**
 * How far elements of B can be from the truth, at most, over some columns p of the computed inverse P. With the residual
 * r = (G + l2 I) p - e the error of p is (G + l2 I)⁻¹ r, not longer than |r| / l2; B_ij = -P_ij / P_jj then errs by at most
 * (|r| / l2) (1 + |B_ij|) / (P_jj - |r| / l2), where |B_ij| <= max |P_ij| / P_jj.
 */
export const inverseError = ({ rows, l2, inverse }: CheckedInverse, watch: Watch | undefined): number => {
  const n = rows.items;
  let worst = 0;
  for (let c = 0; c < Math.min(n, CHECKED); c++) {
    const j = Math.floor((c * n) / Math.min(n, CHECKED));
    tell(watch, 'check', c / CHECKED);
    const column = Float64Array.from(inverse.subarray(j * n, (j + 1) * n));
    const residual = timesGram(rows, l2, column);
    residual[j] = (residual[j] as number) - 1;
    let square = 0;
    for (let i = 0; i < n; i++) square += (residual[i] as number) ** 2;
    const error = Math.sqrt(square) / l2;
    const pivot = column[j] as number;
    if (!(error < pivot)) return Number.POSITIVE_INFINITY;
    let largest = 0;
    for (let i = 0; i < n; i++) if (i !== j) largest = Math.max(largest, Math.abs(column[i] as number));
    worst = Math.max(worst, (error * (1 + largest / pivot)) / (pivot - error));
  }
  return worst;
};
