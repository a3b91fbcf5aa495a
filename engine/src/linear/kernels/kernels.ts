import { createPlainKernels } from './plain-kernels.ts';
import { createWasmKernels } from './wasm-kernels.ts';

/** Rows × columns, row-major, in single or double precision. A `Matrix` is one. */
export interface Dense<F extends Float32Array | Float64Array = Float32Array | Float64Array> {
  readonly rows: number;
  readonly columns: number;
  /** Length rows × columns. */
  readonly values: F;
}

/** A sparse matrix by compressed rows: row r's entries are `starts[r]` up to `starts[r + 1]`. */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  /** Length rows + 1, not decreasing, from 0 to the number of entries. */
  readonly starts: Int32Array;
  /** Column of each entry, 0 <= index < columns. */
  readonly indices: Int32Array;
  readonly weights: Float32Array;
}

export interface TopK {
  /** rows × k, best first; -1 where a row has fewer. */
  readonly indices: Int32Array;
  /** rows × k; -Infinity where a row has fewer. */
  readonly scores: Float32Array;
  /** Per row, how many are there. */
  readonly counts: Int32Array;
}

/** Many small regularised least-squares problems with rows of one matrix in common: see `Kernels.solveRows`. */
export interface RowSystems {
  /** Row r holds which rows of `fixed` its problem has, and their weights >= 0. */
  readonly sparse: SparseRows;
  /** `sparse.columns` × d; d a multiple of 4 (fill up with zeros). */
  readonly fixed: Dense<Float64Array>;
  /** d values >= 0: the part of the diagonal that all problems have. */
  readonly base: Float64Array;
  /** One value per row of `sparse`: the part of the diagonal that is its own. `base + ridge` > 0. */
  readonly ridge: Float64Array;
  /** Rows `from` (included) to `to` (not). */
  readonly from: number;
  readonly to: number;
}

/** The matrix has been overwritten by its lower factor. */
export interface FactorMade {
  readonly kind: 'factor';
}

/** No pivot above the tolerance at `row`; what was overwritten is of no use. */
export interface FactorRefused {
  readonly kind: 'not_positive_definite';
  readonly row: number;
  readonly pivot: number;
}

/** Called with the share of a long job that is done, 0 to 1, some milliseconds apart; what it throws ends the job. */
export type Told = (done: number) => void;

/**
 * Products and solves of large matrices. Each sum runs in an order that its shape alone decides: the same numbers for one thread
 * and two, to the last bit. Between `wasm` and `plain` they differ by rounding (both are within 1e-6 of Σ|xy| in f32).
 * Arrays made here (`float32`, …) are used in place; others are copied in and out.
 */
export interface Kernels {
  readonly kind: 'wasm' | 'plain';
  readonly threads: 1 | 2;
  /** Zeros in the kernels' own memory. @throws EngineError `out_of_memory` */
  readonly float32: (length: number) => Float32Array;
  readonly float64: (length: number) => Float64Array;
  readonly int32: (length: number) => Int32Array;
  /** Frees every array made inside, when `work` returns. */
  readonly scope: <T>(work: () => T) => T;
  /** Σ a_i b_i, both in the same precision; f32 products are summed per 4,096 in f32 lanes, and beyond in f64. */
  readonly dot: (a: Float32Array | Float64Array, b: Float32Array | Float64Array) => number;
  /** out = Xᵀ X, columns × columns, both triangles; O(rows × columns²). */
  readonly gram: (x: Dense, out: Dense) => void;
  /**
   * A becomes its lower Cholesky factor in place (only the lower triangle is read; above come zeros). A pivot must be above
   * `tolerance` × its diagonal element (1e-6 in f32, 1e-13 in f64). `told` hears the share that is done, and may throw. O(n³/3).
   */
  readonly cholesky: (a: Dense, tolerance?: number, told?: Told) => FactorMade | FactorRefused;
  /** `out` becomes A⁻¹ = L⁻ᵀ L⁻¹, exactly symmetric, for the factor L of A. O(2n³/3). */
  readonly invertFactor: (lower: Dense, out: Dense, told?: Told) => void;
  /** B becomes L⁻¹ B (n × columns, right-hand sides side by side). O(n² × columns). */
  readonly solveLower: (lower: Dense, b: Dense) => void;
  /** B becomes L⁻ᵀ B. With `solveLower` first it is A⁻¹ B. */
  readonly solveLowerTransposed: (lower: Dense, b: Dense) => void;
  /** The k best of each row; ties by the smaller column; NaN and -Infinity (masked) are never taken. */
  readonly topK: (scores: Dense<Float32Array>, k: number) => TopK;
  /** out = S D (f32). O(entries × columns of D). */
  readonly sparseTimesDense: (
    sparse: SparseRows,
    dense: Dense<Float32Array>,
    out: Dense<Float32Array>,
  ) => void;
  /**
   * Row r of `out` (rows × d) becomes the x that solves (diag(base + ridge_r) + Σ w_e h_e h_eᵀ) x = Σ w_e h_e, h_e the row of `fixed` of
   * entry e; 0 for a row without entries. f64. O(d² × entries + d³) per row, O(d × entries² + entries³) where that is less.
   */
  readonly solveRows: (systems: RowSystems, out: Dense<Float64Array>) => void;
  /** X (rows × d) becomes X Q for Q d × d, in f64; d a multiple of 4. O(rows × d²). */
  readonly turnRows: (x: Dense<Float64Array>, q: Dense<Float64Array>) => void;
  /** Whether a second thread stands by (it needs some milliseconds to start; until then one does all). */
  readonly helperReady: () => boolean;
  /** Ends the second thread. The kernels go on with one. */
  readonly close: () => void;
}

export interface KernelOptions {
  /** Memory reserved for arrays and working space (default 256, at most 4,096); taken from the system only as it is used. */
  readonly megabytes?: number;
  /** 2 needs Node's worker threads; anywhere else it becomes 1. */
  readonly threads?: 1 | 2;
  /** `plain` asks for the TypeScript twins. */
  readonly kind?: 'wasm' | 'plain';
}

/**
 * The fastest kernels this place offers: WebAssembly SIMD over a SharedArrayBuffer, or else plain TypeScript.
 *
 * @example
 * const kernels = createKernels({ megabytes: 64 });
 * const x = { rows: 1000, columns: 50, values: kernels.float32(50_000) };
 * const g = { rows: 50, columns: 50, values: kernels.float32(2500) };
 * kernels.gram(x, g);
 * kernels.close();
 */
export const createKernels = ({ megabytes = 256, threads = 1, kind = 'wasm' }: KernelOptions = {}): Kernels =>
  (kind === 'wasm' ? createWasmKernels(megabytes, threads) : undefined) ?? createPlainKernels();
