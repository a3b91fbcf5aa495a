import { checkAllFinite, checkLength, checkLevel } from '../errors/index.ts';
import { normalUpperQuantile } from '../special/index.ts';
import { bitAt } from './confusion.ts';
import type { Estimate } from './estimate.ts';

/**
 * The chance that somebody with label 1 has a higher score than somebody with label 0, ties counted half (Mann–Whitney), with Hanley and
 * McNeil's interval (1982), in [0, 1]. null when one of both has nobody. O(n log n).
 *
 * @throws EngineError `length_mismatch`, `nan`, `not_finite`, `out_of_range` (labels not 0 or 1)
 * @example areaUnderCurve(Float64Array.of(0.1, 0.4, 0.35, 0.8), [0, 0, 1, 1]).value // 0.75
 */
export const areaUnderCurve = (
  scores: Float64Array,
  labels: ArrayLike<number>,
  confidence = 0.95,
): Estimate | null => {
  checkLength('labels', labels.length, scores.length);
  checkAllFinite('scores', scores);
  checkLevel('confidence', confidence);
  const order = new Uint32Array(scores.length).map((_, i) => i);
  order.sort((a, b) => (scores[a] as number) - (scores[b] as number));
  let ones = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    const score = scores[order[start] as number];
    let end = start;
    let here = 0;
    while (end < order.length && scores[order[end] as number] === score) {
      here += bitAt('labels', labels, order[end] as number);
      end++;
    }
    rankSum += here * ((start + end + 1) / 2);
    ones += here;
    start = end;
  }
  const zeros = order.length - ones;
  if (ones === 0 || zeros === 0) return null;
  const value = (rankSum - (ones * (ones + 1)) / 2) / (ones * zeros);
  const q1 = value / (2 - value);
  const q2 = (2 * value * value) / (1 + value);
  const variance =
    (value * (1 - value) + (ones - 1) * (q1 - value * value) + (zeros - 1) * (q2 - value * value)) /
    (ones * zeros);
  const half = normalUpperQuantile((1 - confidence) / 2) * Math.sqrt(Math.max(0, variance));
  return { value, low: Math.max(0, value - half), high: Math.min(1, value + half) };
};
