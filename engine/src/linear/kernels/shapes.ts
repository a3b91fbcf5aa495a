import { checkLength, engineError } from '../../errors/index.ts';
import type { Dense, RowSystems, SparseRows } from './kernels.ts';

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

export const checkInvert = (lower: Dense, out: Dense): void => {
  checkSolve(lower, out);
  checkSquare(out);
};

/** Tile by tile: a row and a column of one tile lie in the cache together. */
const MIRROR_TILE = 64;

/** Copies the lower triangle of a square matrix above its diagonal. */
export const mirrorLower = ({ rows: n, values }: Dense): void => {
  for (let i0 = 0; i0 < n; i0 += MIRROR_TILE) {
    for (let j0 = 0; j0 <= i0; j0 += MIRROR_TILE) {
      for (let i = i0; i < Math.min(n, i0 + MIRROR_TILE); i++) {
        const end = Math.min(i, j0 + MIRROR_TILE);
        for (let j = j0; j < end; j++) values[j * n + i] = values[i * n + j] as number;
      }
    }
  }
};

export const checkTopK = (scores: Dense, k: number): void => {
  checkDense('scores', scores);
  if (!Number.isInteger(k) || k < 1)
    throw engineError('out_of_range', `topK: k must be a whole number >= 1, got ${k}`);
};

/** A kernel would read whatever lies at a wrong index. O(entries of the rows). */
const checkRows = (s: SparseRows, first: number, after: number): void => {
  let before = s.starts[first] as number;
  for (let r = first; r <= after; r++) {
    const start = s.starts[r] as number;
    if (start < before || start > s.indices.length || (r === 0 && start !== 0))
      throw engineError('out_of_range', `starts[${r}] is ${start}`, { row: r });
    before = start;
  }
  const { indices, columns } = s;
  for (let e = s.starts[first] as number; e < before; e++) {
    const index = indices[e] as number;
    if (index < 0 || index >= columns)
      throw engineError('out_of_range', `indices[${e}] is ${index}, there are ${columns} columns`, {
        entry: e,
      });
  }
};

const checkFours = (d: number): void => {
  if (d % 4 !== 0) throw engineError('out_of_range', `d must be a multiple of 4, got ${d}`, { d });
};

export const checkTurn = (x: Dense, q: Dense): void => {
  checkDense('x', x);
  checkSquare(q);
  checkLength('rows of q', q.rows, x.columns);
  checkFours(x.columns);
};

export const checkRowSystems = ({ sparse, fixed, base, ridge, from, to }: RowSystems, out: Dense): void => {
  const d = fixed.columns;
  checkDense('fixed', fixed);
  checkDense('out', out);
  checkLength('rows of fixed', fixed.rows, sparse.columns);
  checkLength('rows of out', out.rows, sparse.rows);
  checkLength('columns of out', out.columns, d);
  checkLength('base', base.length, d);
  checkLength('ridge', ridge.length, sparse.rows);
  checkLength('starts', sparse.starts.length, sparse.rows + 1);
  checkLength('weights', sparse.weights.length, sparse.indices.length);
  checkFours(d);
  if (!(from >= 0 && from <= to && to <= sparse.rows))
    throw engineError('out_of_range', `solveRows: no rows ${from} to ${to} of ${sparse.rows}`, { from, to });
  checkRows(sparse, from, to);
};

/** The indices are checked here, once. O(entries). */
export const checkSparse = (s: SparseRows, dense: Dense, out: Dense): void => {
  checkDense('dense', dense);
  checkDense('out', out);
  checkLength('rows of dense', dense.rows, s.columns);
  checkLength('rows of out', out.rows, s.rows);
  checkLength('columns of out', out.columns, dense.columns);
  checkLength('starts', s.starts.length, s.rows + 1);
  checkLength('weights', s.weights.length, s.indices.length);
  checkRows(s, 0, s.rows);
};

/** Smallest pivot that is not rounding noise, as a share of the diagonal element. */
export const toleranceFor = (values: Float32Array | Float64Array, asked?: number): number =>
  asked ?? (values instanceof Float32Array ? 1e-6 : 1e-13);
