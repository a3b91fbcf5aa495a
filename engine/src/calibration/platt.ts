import { engineError } from '../errors/index.ts';
import { tell, type Watch, watchPart } from '../fitting/index.ts';
import { log1pExp, logistic } from '../special/index.ts';
import { type CalibrationBasis, checkBasis } from './basis.ts';
import { type CalibrationRows, type NoCalibrator, ONE_OUTCOME, sortedRows } from './rows.ts';

export interface PlattCalibrator {
  readonly kind: 'platt';
  /** chance = logistic(intercept + slope × score): Platt's -B and -A. */
  readonly slope: number;
  readonly intercept: number;
  readonly basis: CalibrationBasis;
  readonly diagnostics: {
    readonly rows: number;
    /** Of the slope, from the observed information of rows of weight 1. */
    readonly slopeError: number;
    /** The slope is not clearly above 0: the scores do not rank. */
    readonly uninformative: boolean;
    readonly iterations: number;
  };
}

/** Share of the fit that the sort is. */
const SORTED = 0.3;
/** Rows between two words to the watch: a few milliseconds. */
const CHUNK = 1 << 16;

/**
 * Platt's scaling (1999) with smoothed targets (N₊+1)/(N₊+2) and 1/(N₋+2), by Newton's method with backtracking in the form that
 * neither overflows nor cancels (Lin, Lin and Weng 2007, algorithm 1). Works from some dozens of rows on. O(n) a step, under 20
 * steps; the scores are standardised inside, so their scale changes nothing.
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`, `out_of_range`, `negative_weight`, `cancelled`,
 * `no_convergence`
 * @example
 * const made = fitPlatt({ scores: [-1, 0, 1, 2], outcomes: [0, 0, 1, 1], basis: { kind: 'held_out' } });
 * if (made.kind === 'platt') calibrate(made, [0.5]); // [0.5]
 */
export const fitPlatt = (input: CalibrationRows, watch?: Watch): PlattCalibrator | NoCalibrator => {
  const basis = checkBasis(input.basis);
  const { scores, outcomes, weights, weight, ones } = sortedRows(input, watchPart(watch, 0, SORTED));
  if (ones === 0 || ones === weight) return ONE_OUTCOME;
  const n = scores.length;
  let done = SORTED;
  const alive = (row: number): void => {
    if (row % CHUNK === 0) tell(watch, 'newton', done);
  };
  const centre = scores[n >> 1] as number;
  let spread = 0;
  for (let i = 0; i < n; i++) {
    alive(i);
    spread += ((weights[i] as number) / weight) * Math.abs((scores[i] as number) - centre);
  }
  if (!(spread > 0)) spread = 1;
  const zeros = weight - ones;
  const x = new Float64Array(n);
  const targets = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    alive(i);
    x[i] = ((scores[i] as number) - centre) / spread;
    targets[i] = outcomes[i] === 1 ? (ones + 1) / (ones + 2) : 1 / (zeros + 2);
  }

  const loss = ([b, a]: readonly [number, number]): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      alive(i);
      const z = b + a * (x[i] as number);
      sum += (weights[i] as number) * (log1pExp(z) - (targets[i] as number) * z);
    }
    return sum;
  };
  let at: readonly [number, number] = [Math.log((ones + 1) / (zeros + 1)), 0];
  let value = loss(at);
  for (let iterations = 0; iterations < 100; iterations++) {
    done = SORTED + (1 - SORTED) * Math.min(0.99, iterations / 20);
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      alive(i);
      const w = weights[i] as number;
      const each = x[i] as number;
      const p = logistic(at[0] + at[1] * each);
      const g = w * (p - (targets[i] as number));
      const h = w * p * (1 - p);
      g0 += g;
      g1 += g * each;
      h00 += h;
      h01 += h * each;
      h11 += h * each * each;
    }
    // A ridge of 1e-12 as in the paper: all scores equal make the information singular.
    const ridge = 1e-12 * (1 + h00 + h11);
    const determinant = (h00 + ridge) * (h11 + ridge) - h01 * h01;
    if (Math.max(Math.abs(g0), Math.abs(g1)) <= 1e-11 * weight) {
      const slope = at[1] / spread;
      const intercept = at[0] - slope * centre;
      if (!Number.isFinite(slope) || !Number.isFinite(intercept)) break;
      const slopeError = Math.sqrt((h00 + ridge) / determinant) / spread;
      return {
        kind: 'platt',
        slope,
        intercept,
        basis,
        diagnostics: { rows: n, slopeError, uninformative: !(slope > 1.96 * slopeError), iterations },
      };
    }
    const d0 = -((h11 + ridge) * g0 - h01 * g1) / determinant;
    const d1 = -((h00 + ridge) * g1 - h01 * g0) / determinant;
    const descent = g0 * d0 + g1 * d1;
    let step = 1;
    for (; step > 1e-10; step /= 2) {
      const moved: readonly [number, number] = [at[0] + step * d0, at[1] + step * d1];
      const found = loss(moved);
      if (found <= value + 1e-4 * step * descent + 1e-14 * Math.abs(value)) {
        at = moved;
        value = found;
        break;
      }
    }
    if (step <= 1e-10) break;
  }
  throw engineError('no_convergence', 'Platt’s scaling did not settle', { rows: n });
};
