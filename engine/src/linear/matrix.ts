import { engineError } from '../errors/index.ts';

/** A dense matrix, row-major: the element (i, j) is `values[i * columns + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Length rows × columns. */
  readonly values: Float64Array;
}

/** @throws EngineError `length_mismatch`. The array is kept, not copied. */
export const matrix = (rows: number, columns: number, values?: Float64Array): Matrix => {
  const kept = values ?? new Float64Array(rows * columns);
  if (kept.length !== rows * columns) {
    throw engineError('length_mismatch', `a ${rows} × ${columns} matrix needs ${rows * columns} values`, {
      found: kept.length,
    });
  }
  return { rows, columns, values: kept };
};

/** @example matrixOf([[1, 2], [3, 4]]) */
export const matrixOf = (rows: readonly (readonly number[])[]): Matrix => {
  const columns = rows[0]?.length ?? 0;
  const made = matrix(rows.length, columns);
  rows.forEach((row, i) => {
    if (row.length !== columns)
      throw engineError('length_mismatch', `row ${i} has ${row.length} values, the first ${columns}`);
    made.values.set(row, i * columns);
  });
  return made;
};

export const identity = (n: number): Matrix => {
  const made = matrix(n, n);
  for (let i = 0; i < n; i++) made.values[i * n + i] = 1;
  return made;
};
