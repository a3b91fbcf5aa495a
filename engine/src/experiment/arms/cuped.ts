import { checkLength, engineError } from '../../errors/index.ts';
import { collectJoint, type JointMoments } from '../../moments/index.ts';
import type { ArmStatistic } from './arm.ts';

/** Two arms after an adjustment by what was known before, and what it brought. */
export interface AdjustedArms {
  readonly control: ArmStatistic;
  readonly treatment: ArmStatistic;
  /** The slope on the covariate; 0 when the covariate is constant: then nothing was adjusted. */
  readonly theta: number;
  /** Share of the squared standard error of the difference that went away; negative when the adjustment did harm. */
  readonly varianceReduction: number;
}

export interface CupedInput {
  /** Per arm, column 0 the outcome, column 1 the covariate from before the experiment. */
  readonly control: JointMoments;
  readonly treatment: JointMoments;
  /** `proportion`: both columns are 0 or 1, variances divide by n; else by n - 1. */
  readonly kind?: 'mean' | 'proportion';
  /** A slope fixed beforehand, from earlier data for instance; default: estimated from both arms together. */
  readonly theta?: number;
}

/** Squared standard error of the difference. */
export const squaredError = (control: ArmStatistic, treatment: ArmStatistic): number =>
  control.variance / control.n + treatment.variance / treatment.n;

/** 1 - after/before; 0 when there was no variance to begin with. */
export const reductionOf = (before: number, after: number): number => (before > 0 ? 1 - after / before : 0);

const adjust = (moments: JointMoments, theta: number, kind: 'mean' | 'proportion'): ArmStatistic => {
  const [my, mx] = [moments.means[0] as number, moments.means[1] as number];
  const [yy, xy, , xx] = moments.comoments as unknown as readonly [number, number, number, number];
  const divisor = kind === 'proportion' ? moments.n : Math.max(1, moments.n - 1);
  return {
    n: moments.n,
    mean: my - theta * mx,
    variance: Math.max(0, (yy - 2 * theta * xy + theta * theta * xx) / divisor),
    baseline: my,
    level: my,
    baselineVariance: yy / divisor,
    baselineCovariance: (yy - theta * xy) / divisor,
  };
};

/**
 * CUPED with one covariate: outcome minus theta times covariate, one theta for both arms (covariance over variance of both arms
 * together). The difference is unbiased whatever theta; the variance falls by the squared correlation. O(1) on moments.
 * Source: Deng, Xu, Kohavi, Walker 2013 (WSDM), eq. 4–6. For several covariates or missing ones see `adjustByRegression`.
 *
 * @throws EngineError `empty_arm`, `length_mismatch`
 * @example
 * const [control, treatment] = [collectJoint(2), collectJoint(2)];
 * for (const [revenue, before] of [[5, 4], [9, 8], [1, 2]]) control.add([revenue, before]);
 * for (const [revenue, before] of [[6, 4], [9, 7], [3, 2]]) treatment.add([revenue, before]);
 * cupedArms({ control: control.result(), treatment: treatment.result() }).varianceReduction; // 0.97
 */
export const cupedArms = (input: CupedInput): AdjustedArms => {
  const { control, treatment, kind = 'mean' } = input;
  for (const arm of [control, treatment]) {
    checkLength('columns (outcome, covariate)', arm.width, 2);
    if (arm.n === 0) throw engineError('empty_arm', 'an arm with nobody cannot be adjusted');
  }
  const both = collectJoint(2);
  both.merge(control);
  both.merge(treatment);
  const pooled = both.result();
  const spread = pooled.comoments[3] as number;
  // A constant covariate leaves rounding noise of about (n·mean)²·ε² behind: not a spread to divide by.
  const noise = pooled.n * ((pooled.means[1] as number) * 1e-14) ** 2;
  const theta = input.theta ?? (spread > noise ? (pooled.comoments[1] as number) / spread : 0);
  const [c, t] = [adjust(control, theta, kind), adjust(treatment, theta, kind)];
  const before = squaredError(adjust(control, 0, kind), adjust(treatment, 0, kind));
  return { control: c, treatment: t, theta, varianceReduction: reductionOf(before, squaredError(c, t)) };
};
