import type { Matrix } from '../linear/index.ts';

/** Standardised columns behind an intercept; only those that vary. */
export interface Design {
  readonly rows: number;
  /** 1 + kept columns + kept flags. */
  readonly width: number;
  /** rows × width, by rows; the first column is 1. */
  readonly values: Float64Array;
  readonly centre: Float64Array;
  /** One per column of `values` after the first. */
  readonly kept: readonly {
    readonly column: number;
    readonly flag: boolean;
    readonly share: number;
    readonly spread: number;
  }[];
}

interface Column {
  readonly mean: number;
  readonly spread: number;
  readonly missing: number;
}

/** Two passes: nothing cancels at 1e12. */
const describe = (features: Matrix, weights: Float64Array, column: number): Column => {
  const { rows, columns, values } = features;
  let shift = Number.NaN;
  let total = 0;
  let present = 0;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const x = values[i * columns + column] as number;
    const w = weights[i] as number;
    total += w;
    if (Number.isNaN(x) || w === 0) continue;
    if (Number.isNaN(shift)) shift = x;
    present += w;
    sum += w * (x - shift);
  }
  if (present === 0) return { mean: 0, spread: 0, missing: 1 };
  const mean = shift + sum / present;
  let squares = 0;
  for (let i = 0; i < rows; i++) {
    const x = values[i * columns + column] as number;
    if (!Number.isNaN(x)) squares += (weights[i] as number) * (x - mean) ** 2;
  }
  const spread = Math.sqrt(squares / total);
  // What rounding alone makes of a constant.
  return { mean, spread: spread > 1e-13 * Math.abs(mean) ? spread : 0, missing: 1 - present / total };
};

/** NaN is a missing value: its mean takes its place, and a flag column says so. O(rows × columns). */
export const designOf = (features: Matrix, weights: Float64Array): Design => {
  const { rows, columns, values } = features;
  const described = Array.from({ length: columns }, (_, column) => describe(features, weights, column));
  const kept: { column: number; flag: boolean; share: number; spread: number }[] = [];
  described.forEach(({ spread, missing }, column) => {
    if (spread > 0) kept.push({ column, flag: false, share: 0, spread });
    if (missing > 1e-15 && missing < 1)
      kept.push({ column, flag: true, share: missing, spread: Math.sqrt(missing * (1 - missing)) });
  });
  const centre = Float64Array.from(described, ({ mean }) => mean);
  const width = 1 + kept.length;
  const out = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    out[i * width] = 1;
    for (let k = 0; k < kept.length; k++) {
      const { column, flag, share, spread } = kept[k] as Design['kept'][number];
      const x = values[i * columns + column] as number;
      const absent = Number.isNaN(x);
      const moved = flag ? (absent ? 1 : 0) - share : absent ? 0 : x - (centre[column] as number);
      out[i * width + 1 + k] = moved / spread;
    }
  }
  return { rows, width, values: out, centre, kept };
};
