import { checkAllFinite, checkLength, engineError } from '../errors/index.ts';
import type { CalibrationBasis } from './basis.ts';

export interface CalibrationRows {
  /** Scores of any scale; higher means more likely. Length n. */
  readonly scores: ArrayLike<number>;
  /** 0 or 1, length n. */
  readonly outcomes: ArrayLike<number>;
  /** >= 0, length n; 1 unless said. Numbers of rows: Platt's targets depend on their scale, so do not bring them to a sum of 1. */
  readonly weights?: ArrayLike<number>;
  readonly basis: CalibrationBasis;
}

/** Rows of weight > 0 by score, then outcome, then weight: sums over them do not depend on the order in which they came. */
export interface SortedRows {
  readonly scores: Float64Array;
  readonly outcomes: Float64Array;
  readonly weights: Float64Array;
  readonly weight: number;
  /** Weight of the rows with outcome 1. */
  readonly ones: number;
  /** Kish's effective number of rows. */
  readonly effective: number;
}

const checkBits = (outcomes: ArrayLike<number>): void => {
  for (let i = 0; i < outcomes.length; i++) {
    const y = outcomes[i] as number;
    if (y !== 0 && y !== 1)
      throw engineError(Number.isNaN(y) ? 'nan' : 'out_of_range', `outcomes[${i}] must be 0 or 1, got ${y}`, {
        index: i,
      });
  }
};

const checkWeights = (weights: ArrayLike<number>): void => {
  checkAllFinite('weights', weights);
  for (let i = 0; i < weights.length; i++)
    if ((weights[i] as number) < 0)
      throw engineError('negative_weight', `weights[${i}] is below 0`, { index: i });
};

/**
 * O(n log n).
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`, `out_of_range`, `negative_weight`
 */
export const sortedRows = ({ scores, outcomes, weights }: Omit<CalibrationRows, 'basis'>): SortedRows => {
  const n = scores.length;
  if (n === 0) throw engineError('empty_input', 'a calibrator needs rows');
  checkLength('outcomes', outcomes.length, n);
  checkAllFinite('scores', scores);
  checkBits(outcomes);
  if (weights) {
    checkLength('weights', weights.length, n);
    checkWeights(weights);
  }
  const s = Float64Array.from(scores);
  const y = Float64Array.from(outcomes);
  const w = weights ? Float64Array.from(weights) : new Float64Array(n).fill(1);
  const order = Uint32Array.from({ length: n }, (_, i) => i)
    .filter((i) => (w[i] as number) > 0)
    .sort(
      (i, j) =>
        (s[i] as number) - (s[j] as number) ||
        (y[i] as number) - (y[j] as number) ||
        (w[i] as number) - (w[j] as number),
    );
  if (order.length === 0) throw engineError('negative_weight', 'the weights sum to 0');
  const pick = (from: Float64Array): Float64Array =>
    Float64Array.from(order, (i: number) => from[i] as number);
  const [sorted, labels, kept] = [pick(s), pick(y), pick(w)];
  let weight = 0;
  let ones = 0;
  let squares = 0;
  // Relative to the largest: squares of huge or tiny weights would overflow or vanish.
  const largest = kept.reduce((most, each) => Math.max(most, each), 0);
  for (let i = 0; i < kept.length; i++) {
    const each = kept[i] as number;
    weight += each;
    squares += (each / largest) ** 2;
    ones += each * (labels[i] as number);
  }
  return {
    scores: sorted,
    outcomes: labels,
    weights: kept,
    weight,
    ones,
    effective: (weight / largest / squares) * (weight / largest),
  };
};

/** `one_outcome`: only one of both outcomes has any weight, so that no chance can be learned. */
export interface NoCalibrator {
  readonly kind: 'no_answer';
  readonly reason: 'one_outcome';
}

export const ONE_OUTCOME: NoCalibrator = { kind: 'no_answer', reason: 'one_outcome' };
