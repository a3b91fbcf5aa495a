import { checkCount, checkFinite, engineError } from '../../errors/index.ts';
import type { ArmStatistic, NoLift } from '../arms/index.ts';

/** `relative`: (treatment - control)/|control's baseline|, as a share: 0.1 is +10 %. */
export type Scale = 'absolute' | 'relative';

export interface Lift {
  readonly kind: 'lift';
  readonly estimate: number;
  readonly standardError: number;
  /** Units of both arms. */
  readonly n: number;
  /** Welch and Satterthwaite's degrees of freedom. */
  readonly degrees: number;
}

const checkArm = (name: string, arm: ArmStatistic): void => {
  if (checkCount(`${name}.n`, arm.n) === 0)
    throw engineError('empty_arm', `${name} has nobody`, { arm: name });
  checkFinite(`${name}.mean`, arm.mean);
  checkFinite(`${name}.baseline`, arm.baseline);
  if (checkFinite(`${name}.variance`, arm.variance) < 0)
    throw engineError('out_of_range', `${name}.variance must be >= 0, got ${arm.variance}`, { arm: name });
};

const degreesOf = (control: ArmStatistic, treatment: ArmStatistic): number => {
  const c = control.variance / control.n;
  const t = treatment.variance / treatment.n;
  // Divided through by the larger, so that tiny or huge variances neither vanish nor overflow.
  const scale = Math.max(c, t);
  const [a, b] = [c / scale, t / scale];
  return (a + b) ** 2 / (a ** 2 / (control.n - 1) + b ** 2 / (treatment.n - 1));
};

/**
 * Treatment against control with its standard error; relative lifts by the delta method, divided by the control's mean before any
 * adjustment. O(1). Source: Deng, Knoblich, Lu 2018, arXiv 1803.06336, section 2; Welch 1947.
 *
 * No answer: fewer than 2 units in an arm, an arm without variance, a relative lift over a control mean of 0 (the absolute one stands).
 *
 * @throws EngineError `empty_arm`, `negative_count`, `out_of_range`, `nan`, `not_finite`
 * @example liftOf({ control: proportionArm(5200, 416), treatment: proportionArm(5150, 467) }, 'relative') // +13.3 %
 */
export const liftOf = (
  arms: { readonly control: ArmStatistic; readonly treatment: ArmStatistic },
  scale: Scale,
): Lift | NoLift => {
  const { control, treatment } = arms;
  checkArm('control', control);
  checkArm('treatment', treatment);
  if (scale === 'relative' && control.baseline === 0)
    return { kind: 'no_answer', reason: 'zero_control_mean' };
  if (control.n < 2 || treatment.n < 2) return { kind: 'no_answer', reason: 'too_few_people' };
  if (!(control.variance > 0) || !(treatment.variance > 0))
    return { kind: 'no_answer', reason: 'zero_variance' };
  const [vc, vt] = [control.variance / control.n, treatment.variance / treatment.n];
  const difference = treatment.mean - control.mean;
  const n = control.n + treatment.n;
  const degrees = degreesOf(control, treatment);
  if (scale === 'absolute')
    return { kind: 'lift', estimate: difference, standardError: Math.sqrt(vc + vt), n, degrees };
  const base = Math.abs(control.baseline);
  // The control's mean stands twice in (t - c)/b: as c, adjusted perhaps, and as b. Its part by the delta method at q = t/c.
  const extra = (treatment.level ?? control.baseline + difference) / control.baseline - 1;
  const own = control.baselineVariance ?? control.variance;
  const shared = control.baselineCovariance ?? control.variance;
  const part = Math.max(0, control.variance + 2 * extra * shared + extra * extra * own) / control.n;
  return {
    kind: 'lift',
    estimate: difference / base,
    standardError: Math.sqrt(vt + part) / base,
    n,
    degrees,
  };
};
