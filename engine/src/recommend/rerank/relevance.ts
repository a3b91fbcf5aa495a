import { type Calibrator, calibrate } from '../../calibration/index.ts';
import { checkAllFinite, checkLength, engineError } from '../../errors/index.ts';
import type { Candidates } from '../filters/index.ts';

/** Candidates on a scale on which a share of the predicted score means something. */
export interface Relevant {
  /** Best first; equal scores by item. */
  readonly item: Uint32Array;
  readonly score: Float64Array;
  /** In [0, 1], the best 1 (all 0 where nothing tells candidates apart from nothing). */
  readonly relevance: Float64Array;
  /**
   * `calibrated`: relevance is the chance that the curve gives, over the best one. `scores`: it is the score over the best one.
   * `shifted`: some scores are below 0, so the worst candidate counts as 0.
   */
  readonly scale: 'calibrated' | 'scores' | 'shifted';
}

/** Over the largest; from the least of all where that is below 0. */
const overBest = (values: Float64Array): Float64Array => {
  const least = values.reduce((a, b) => Math.min(a, b), 0);
  const most = values.reduce((a, b) => Math.max(a, b), least);
  // Halved only where the difference is beyond the largest number: halves of the smallest are 0.
  const half = most - least === Number.POSITIVE_INFINITY ? 0.5 : 1;
  const spread = most * half - least * half;
  return values.map((value) => (spread > 0 ? (value * half - least * half) / spread : 0));
};

/** @throws EngineError `length_mismatch`, `nan`, `not_finite`, `repeated_unit` */
export const relevanceOf = ({ item, score }: Candidates, curve?: Calibrator): Relevant => {
  checkLength('score', score.length, item.length);
  checkAllFinite('score', score);
  if (new Set(item).size !== item.length) throw engineError('repeated_unit', 'an item is a candidate twice');
  const compare = (a: number, b: number): number =>
    (score[b] as number) - (score[a] as number) || (item[a] as number) - (item[b] as number);
  const order = Uint32Array.from(item, (_, k) => k);
  // As `topEligible` gives them, they are in order.
  if (order.some((k) => k > 0 && compare(k - 1, k) > 0)) order.sort(compare);
  const sorted = Float64Array.from(order, (k) => score[k] as number);
  const plain = overBest(sorted);
  return {
    item: Uint32Array.from(order, (k) => item[k] as number),
    score: sorted,
    relevance: curve ? overBest(calibrate(curve, plain)) : plain,
    scale: curve ? 'calibrated' : (sorted.at(-1) ?? 0) < 0 ? 'shifted' : 'scores',
  };
};

/** What a place in a list counts, as NDCG does: 1, 0.63, 0.5, … */
export const discountAt = (place: number): number => 1 / Math.log2(place + 2);

/** Discounted relevance of a list of candidates' positions. */
export const worthOfList = (relevance: Float64Array, list: ArrayLike<number>): number => {
  let sum = 0;
  for (let place = 0; place < list.length; place++)
    sum += discountAt(place) * (relevance[list[place] as number] as number);
  return sum;
};

/** The share of the plain ranking's worth that a list of the same length gives up, 0 to 1. */
export const costOfList = (relevance: Float64Array, list: ArrayLike<number>): number => {
  const plain = worthOfList(
    relevance,
    Uint32Array.from(list, (_, place) => place),
  );
  return plain > 0 ? Math.max(0, 1 - worthOfList(relevance, list) / plain) : 0;
};
