import type { Kernels } from './kernels.ts';
import {
  plainCholesky,
  plainInvertFactor,
  plainSolveLower,
  plainSolveLowerTransposed,
} from './plain-factor.ts';
import { plainDot, plainGram, plainSparseTimesDense } from './plain-products.ts';
import { plainSolveRows, plainTurnRows } from './plain-rows.ts';
import { plainTopK } from './plain-top-k.ts';

/** The same kernels in TypeScript: what the WebAssembly is tested against, and what runs where it cannot. */
export const createPlainKernels = (): Kernels => ({
  kind: 'plain',
  threads: 1,
  float32: (length) => new Float32Array(length),
  float64: (length) => new Float64Array(length),
  int32: (length) => new Int32Array(length),
  scope: (work) => work(),
  dot: plainDot,
  gram: plainGram,
  cholesky: plainCholesky,
  invertFactor: plainInvertFactor,
  solveLower: plainSolveLower,
  solveLowerTransposed: plainSolveLowerTransposed,
  topK: plainTopK,
  sparseTimesDense: plainSparseTimesDense,
  solveRows: plainSolveRows,
  turnRows: plainTurnRows,
  helperReady: () => false,
  close: () => {},
});
