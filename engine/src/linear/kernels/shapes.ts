import { checkLength, engineError } from '../../errors/index.ts';
import type { Dense, SparseRows } from './kernels.ts';

export const checkDense = (name: string, { rows, columns, values }: Dense): void => {
  checkLength(`${name} (${rows} × ${columns})`, values.length, rows * columns);
};

export const checkSamePrecision = (a: ArrayLike<number>, b: ArrayLike<number>): void => {
  if (a instanceof Float32Array !== b instanceof Float32Array)
    throw engineError('length_mismatch', 'both operands must have the same precision');
};

export const checkGram = (x: Dense, out: Dense): void => {
  checkDense('x', x);
  checkDense('out', out);
  checkLength('rows of out', out.rows, x.columns);
  checkLength('columns of out', out.columns, x.columns);
  checkSamePrecision(x.values, out.values);
};

export const checkSquare = (a: Dense): void => {
  checkDense('a', a);
  checkLength('columns of a square matrix', a.columns, a.rows);
};

export const checkSolve = (lower: Dense, b: Dense): void => {
  checkSquare(lower);
  checkDense('b', b);
  checkLength('rows of b', b.rows, lower.rows);
  checkSamePrecision(lower.values, b.values);
};

export const checkTopK = (scores: Dense, k: number): void => {
  checkDense('scores', scores);
  if (!Number.isInteger(k) || k < 1)
    throw engineError('out_of_range', `topK: k must be a whole number >= 1, got ${k}`);
};

/** The indices are checked here, once: a kernel would read whatever lies there. O(entries). */
export const checkSparse = (s: SparseRows, dense: Dense, out: Dense): void => {
  checkDense('dense', dense);
  checkDense('out', out);
  checkLength('rows of dense', dense.rows, s.columns);
  checkLength('rows of out', out.rows, s.rows);
  checkLength('columns of out', out.columns, dense.columns);
  checkLength('starts', s.starts.length, s.rows + 1);
  checkLength('weights', s.weights.length, s.indices.length);
  let before = 0;
  for (let r = 0; r <= s.rows; r++) {
    const start = s.starts[r] as number;
    if (start < before || start > s.indices.length || (r === 0 && start !== 0))
      throw engineError('out_of_range', `starts[${r}] is ${start}`, { row: r });
    before = start;
  }
  const { indices, columns } = s;
  for (let e = 0; e < indices.length; e++) {
    const index = indices[e] as number;
    if (index < 0 || index >= columns)
      throw engineError('out_of_range', `indices[${e}] is ${index}, there are ${columns} columns`, {
        entry: e,
      });
  }
};

/** Smallest pivot that is not rounding noise, as a share of the diagonal element. */
export const toleranceFor = (values: Float32Array | Float64Array, asked?: number): number =>
  asked ?? (values instanceof Float32Array ? 1e-6 : 1e-13);
