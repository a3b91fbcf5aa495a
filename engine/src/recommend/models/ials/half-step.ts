import { tell, type Watch } from '../../../fitting/index.ts';
import { type Dense, type Kernels, type Matrix, symmetricEigen } from '../../../linear/index.ts';
import type { Side } from './sides.ts';

/** Multiply-adds between two calls of the watch: some 10 ms. */
const STEP_WORK = 3e7;

/** Multiply-adds of one row's problem with n entries, in the cheaper of its two forms. */
const workOf = (n: number, d: number): number =>
  n <= d ? n * n * (d / 2 + n / 6) + 4 * n * d : n * d * (d / 2 + 2) + (d * d * d) / 6;

/** Rows between two calls of the watch, where each costs d² multiply-adds. */
const rowsAtOnce = (d: number): number => Math.max(1, Math.floor(STEP_WORK / (d * d)));

/** Pieces of a side's factors, one after the other. */
const pieces = function* ({ factors }: Side): Generator<Dense<Float64Array>> {
  const { rows, columns, values } = factors;
  const most = rowsAtOnce(columns);
  for (let from = 0; from < rows; from += most) {
    const to = Math.min(rows, from + most);
    yield { rows: to - from, columns, values: values.subarray(from * columns, to * columns) };
  }
};

/** XᵀX, summed piece by piece. */
const gramOfSide = (kernels: Kernels, side: Side, told: () => void): Matrix => {
  const d = side.factors.columns;
  const sum = { rows: d, columns: d, values: new Float64Array(d * d) };
  const part = { rows: d, columns: d, values: new Float64Array(d * d) };
  for (const piece of pieces(side)) {
    told();
    kernels.gram(piece, part);
    for (let k = 0; k < d * d; k++) sum.values[k] = (sum.values[k] as number) + (part.values[k] as number);
  }
  return sum;
};

export interface HalfStep {
  readonly kernels: Kernels;
  /** Weight of pairs that did not happen. */
  readonly unobservedWeight: number;
  /** Its factors are replaced by the solution. */
  readonly solved: Side;
  /** Its factors are turned: see below. */
  readonly fixed: Side;
  readonly stage: string;
  readonly watch?: Watch | undefined;
}

/**
 * One side's exact solution given the other's (Hu, Koren, Volinsky 2008, eq. 4): (α0 HᵀH + Σ c h hᵀ + ridge I) w = Σ c h per row.
 *
 * The fixed side is first turned into the basis in which HᵀH is diagonal. A turn of both sides leaves every product w·h as it is, and
 * in that basis all rows share a diagonal matrix, so that rows with few pairs are solved in the space of their pairs. Returns the
 * diagonal of HᵀH. O(rows × d²) for the turn and Gram matrix; for the rows see `Kernels.solveRows`.
 */
export const halfStep = (step: HalfStep): Float64Array => {
  const { kernels, solved, fixed, watch, stage } = step;
  const d = fixed.factors.columns;
  const told = (): void => tell(watch, stage, 0);
  const { values, vectors } = symmetricEigen(gramOfSide(kernels, fixed, told));
  for (const piece of pieces(fixed)) {
    told();
    kernels.turnRows(piece, vectors);
  }
  // Rounding may leave a zero eigenvalue just below zero.
  const diagonal = values.map((value) => Math.max(0, value));
  const base = diagonal.map((value) => step.unobservedWeight * value);
  const { starts, rows } = solved.pairs;
  const systems = { sparse: solved.pairs, fixed: fixed.factors, base, ridge: solved.ridge };
  const entries = Math.max(1, solved.pairs.indices.length);
  for (let from = 0; from < rows; ) {
    tell(watch, stage, (starts[from] as number) / entries);
    let work = 0;
    let to = from;
    while (to < rows && (to === from || work < STEP_WORK)) {
      work += workOf((starts[to + 1] as number) - (starts[to] as number), d);
      to += 1;
    }
    kernels.solveRows({ ...systems, from, to }, solved.factors);
    from = to;
  }
  return diagonal;
};
