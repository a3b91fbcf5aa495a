import { checkAllFinite, checkLength, engineError } from '../errors/index.ts';
import { tell, type Watch, watchPart } from '../fitting/index.ts';
import { sortRows } from '../sorting/index.ts';
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

/** Rows between two words to the watch: a few milliseconds. */
const CHUNK = 1 << 16;

/** Rows of some weight, by score, outcome and weight, so that sums do not depend on the order given. O(n), by digits. */
const orderOf = (
  [s, y, w]: readonly [Float64Array, Float64Array, Float64Array | undefined],
  watch: Watch | undefined,
): Uint32Array => {
  const order = sortRows(w ? [s, y, w] : [s, y], watch);
  if (!w) return order;
  let kept = 0;
  for (const row of order) if ((w[row] as number) > 0) order[kept++] = row;
  return order.subarray(0, kept);
};

/**
 * O(n).
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`, `out_of_range`, `negative_weight`, `cancelled`
 */
export const sortedRows = (
  { scores, outcomes, weights }: Omit<CalibrationRows, 'basis'>,
  watch?: Watch,
): SortedRows => {
  const n = scores.length;
  if (n === 0) throw engineError('empty_input', 'a calibrator needs rows');
  checkLength('outcomes', outcomes.length, n);
  tell(watch, 'check', 0);
  checkAllFinite('scores', scores);
  checkBits(outcomes);
  if (weights) {
    checkLength('weights', weights.length, n);
    checkWeights(weights);
  }
  const s = new Float64Array(scores);
  const y = new Float64Array(outcomes);
  const w = weights && new Float64Array(weights);
  const order = orderOf([s, y, w], watchPart(watch, 0, 0.8));
  if (order.length === 0) throw engineError('negative_weight', 'the weights sum to 0');
  let picked = 0;
  const pick = (from: Float64Array): Float64Array => {
    const out = new Float64Array(order.length);
    for (let k = 0; k < out.length; k++) {
      if (k % CHUNK === 0) tell(watch, 'rows', 0.8 + (0.2 * (picked + k / out.length)) / 3);
      out[k] = from[order[k] as number] as number;
    }
    picked += 1;
    return out;
  };
  const [sorted, labels] = [pick(s), pick(y)];
  const kept = w ? pick(w) : new Float64Array(n).fill(1);
  let weight = 0;
  let ones = 0;
  let squares = 0;
  // Relative to the largest: squares of huge or tiny weights would overflow or vanish.
  let largest = 0;
  for (const each of kept) largest = Math.max(largest, each);
  for (let i = 0; i < kept.length; i++) {
    if (i % CHUNK === 0) tell(watch, 'rows', 1);
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
