import { checkLength, engineError } from '../../errors/index.ts';
import type { JointMoments } from '../../moments/index.ts';
import type { ArmStatistic, NoLift } from './arm.ts';
import { type AdjustedArms, reductionOf, squaredError } from './cuped.ts';

/** Derivatives of m_post/d_post and of m_pre/d_pre at the means, in the order of the columns. */
const gradients = (means: ArrayLike<number>): { readonly post: Float64Array; readonly pre: Float64Array } => {
  const [m, d, mPre, dPre] = Array.from(means) as [number, number, number, number];
  return {
    post: Float64Array.of(1 / d, -m / (d * d), 0, 0),
    pre: Float64Array.of(0, 0, 1 / dPre, -mPre / (dPre * dPre)),
  };
};

/** aᵀ C b/(n - 1) with C the co-moments. */
const form = (moments: JointMoments, a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++)
      sum += (a[i] as number) * (moments.comoments[i * 4 + j] as number) * (b[j] as number);
  }
  return sum / (moments.n - 1);
};

const parts = (moments: JointMoments) => {
  const { post, pre } = gradients(moments.means);
  const [m, d, mPre, dPre] = Array.from(moments.means) as [number, number, number, number];
  return {
    n: moments.n,
    ratio: m / d,
    earlierRatio: mPre / dPre,
    postVariance: form(moments, post, post),
    preVariance: form(moments, pre, pre),
    covariance: form(moments, post, pre),
  };
};

const adjust = (arm: ReturnType<typeof parts>, theta: number): ArmStatistic => ({
  n: arm.n,
  mean: arm.ratio - theta * arm.earlierRatio,
  variance: Math.max(0, arm.postVariance - 2 * theta * arm.covariance + theta * theta * arm.preVariance),
  baseline: arm.ratio,
  baselineVariance: arm.postVariance,
  baselineCovariance: arm.postVariance - theta * arm.covariance,
});

/**
 * CUPED of a ratio of sums by the same ratio of an earlier period, by the delta method on four columns per person:
 * numerator, denominator, earlier numerator, earlier denominator. theta = (cov_c + cov_t)/(var_c + var_t). O(1) on moments.
 * Source: Deng, Xu, Kohavi, Walker 2013, appendix B; Deng, Knoblich, Lu 2018.
 *
 * @throws EngineError `empty_arm`, `length_mismatch`
 * @example cupedRatioArms({ control: pairsOfControl.result(), treatment: pairsOfTreatment.result() })
 */
export const cupedRatioArms = (input: {
  readonly control: JointMoments;
  readonly treatment: JointMoments;
  readonly theta?: number;
}): ({ readonly kind: 'arms' } & AdjustedArms) | NoLift => {
  for (const arm of [input.control, input.treatment]) {
    checkLength('columns (numerator, denominator, and both earlier)', arm.width, 4);
    if (arm.n === 0) throw engineError('empty_arm', 'an arm with nobody cannot be adjusted');
    if (arm.n < 2) return { kind: 'no_answer', reason: 'too_few_people' };
    if (arm.means[1] === 0 || arm.means[3] === 0) return { kind: 'no_answer', reason: 'zero_denominator' };
  }
  const [c, t] = [parts(input.control), parts(input.treatment)];
  const spread = c.preVariance + t.preVariance;
  const theta = input.theta ?? (spread > 0 ? (c.covariance + t.covariance) / spread : 0);
  const [control, treatment] = [adjust(c, theta), adjust(t, theta)];
  const before = squaredError(adjust(c, 0), adjust(t, 0));
  return {
    kind: 'arms',
    control,
    treatment,
    theta,
    varianceReduction: reductionOf(before, squaredError(control, treatment)),
  };
};
