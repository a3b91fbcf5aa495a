import { checkFinite, checkLength, engineError } from '../../errors/index.ts';
import { type JointMoments, type Moments, momentsOfCounts, sampleVariance } from '../../moments/index.ts';

/**
 * What one arm comes to, for any outcome: a mean, a proportion, a ratio, a quantile, adjusted or not. All tests and intervals
 * take two of these.
 */
export interface ArmStatistic {
  /** Independent units: people, or clusters. */
  readonly n: number;
  /** The estimate of the arm, in the unit of the outcome. */
  readonly mean: number;
  /** Variance of one unit, so that the squared standard error of `mean` is variance/n. */
  readonly variance: number;
  /** What a relative lift is divided by: the mean before any adjustment. */
  readonly baseline: number;
  /** Variance of one unit before adjustment, and its covariance with the adjusted; `variance` where nothing was adjusted. */
  readonly baselineVariance?: number;
  readonly baselineCovariance?: number;
  /** The treatment's level that weighs the control's error in a relative lift; the control's baseline plus the difference without. */
  readonly level?: number;
}

/** Why two arms have no lift. `zero_control_mean`: the relative lift is undefined, the absolute one is not. */
export type NoLift = {
  readonly kind: 'no_answer';
  readonly reason: 'too_few_people' | 'zero_variance' | 'zero_control_mean' | 'zero_denominator';
};

const checkPeople = (n: number): void => {
  if (n === 0) throw engineError('empty_arm', 'an arm with nobody has no mean');
};

/**
 * A mean, from the moments of one outcome per person. The variance is the sample variance (n - 1); 0 for one person. O(1).
 *
 * @throws EngineError `empty_arm`
 * @example meanArm(momentsOf([1, 2, 3])) // { n: 3, mean: 2, variance: 1, baseline: 2 }
 */
export const meanArm = (moments: Moments): ArmStatistic => {
  checkPeople(moments.n);
  const variance = moments.n < 2 ? 0 : sampleVariance(moments);
  return { n: moments.n, mean: moments.mean, variance, baseline: moments.mean };
};

/**
 * A proportion: `ones` of `n` people; variance p(1 - p). O(1).
 *
 * @throws EngineError `empty_arm`, `negative_count`, `count_above_total`
 * @example proportionArm(5200, 416).mean // 0.08
 */
export const proportionArm = (n: number, ones: number): ArmStatistic => {
  const { mean } = momentsOfCounts(n, ones);
  checkPeople(n);
  return { n, mean, variance: mean * (1 - mean), baseline: mean };
};

/**
 * A ratio of sums (Σ numerator/Σ denominator, as revenue per order) over people: the delta method with the covariance of both.
 * `moments`: column 0 the numerator, column 1 the denominator. O(1). Source: Deng, Knoblich, Lu 2018, arXiv 1803.06336, eq. 2.
 *
 * @throws EngineError `empty_arm`, `length_mismatch`
 * @example
 * const pairs = collectJoint(2);
 * for (const [revenue, orders] of [[20, 2], [10, 1], [0, 1]]) pairs.add([revenue, orders]);
 * ratioArm(pairs.result()); // { kind: 'arm', arm: { n: 3, mean: 7.5, … } }
 */
export const ratioArm = (
  moments: JointMoments,
): { readonly kind: 'arm'; readonly arm: ArmStatistic } | NoLift => {
  checkLength('columns (numerator, denominator)', moments.width, 2);
  checkPeople(moments.n);
  const [m, d] = [moments.means[0] as number, moments.means[1] as number];
  checkFinite('mean of the numerator', m);
  if (d === 0) return { kind: 'no_answer', reason: 'zero_denominator' };
  if (moments.n < 2) return { kind: 'no_answer', reason: 'too_few_people' };
  const [vm, c, , vd] = moments.comoments as unknown as readonly [number, number, number, number];
  const ratio = m / d;
  const variance = Math.max(0, (vm - 2 * ratio * c + ratio * ratio * vd) / (d * d * (moments.n - 1)));
  return { kind: 'arm', arm: { n: moments.n, mean: ratio, variance, baseline: ratio } };
};
