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
   * `tolerance` × its diagonal element (1e-6 in f32, 1e-13 in f64). O(n³/3).
   */
  readonly cholesky: (a: Dense, tolerance?: number) => FactorMade | FactorRefused;
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
