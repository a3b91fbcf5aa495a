import { checkFinite, checkLevel, checkPositive } from '../../errors/index.ts';
import { logNormalTail, normalCdf, normalDensity, normalUpperQuantile } from '../../special/index.ts';
import type { ArmStatistic, NoLift } from '../arms/index.ts';
import { liftOf, type Scale } from './lift.ts';

export interface NormalPrior {
  readonly mean: number;
  readonly variance: number;
  /** The scale it is said on; `relative` priors are moved to an absolute effect by the control's mean. */
  readonly scale: Scale;
}

export interface BayesAnswer {
  readonly kind: 'answer';
  readonly mean: number;
  readonly standardDeviation: number;
  readonly low: number;
  readonly high: number;
  /** Probability that the treatment is better, given the prior. */
  readonly chanceToWin: number;
  /** Expected loss, on the effect's scale, of keeping the control and of shipping the treatment. */
  readonly risk: { readonly keepControl: number; readonly shipTreatment: number };
}

/** E[max(0, X)] for X ~ N(mean, sd²): sd (φ(z) + z Φ(z)); by Mills' ratio where z is far below 0, so that nothing cancels. */
const positivePart = (mean: number, sd: number): number => {
  const z = mean / sd;
  if (z > -5) return mean * normalCdf(z) + sd * normalDensity(z);
  // φ(z) + z Φ(z) = φ(z)(1 - |z| m(|z|)) with Mills' ratio m; 1 - |z| m ≈ 1/z² - 3/z⁴ + 15/z⁶ - 105/z⁸ + … far out.
  const a = -z;
  if (a > 20) {
    const q = 1 / (a * a);
    return sd * normalDensity(a) * q * (1 - 3 * q * (1 - 5 * q * (1 - 7 * q * (1 - 9 * q))));
  }
  const mills = Math.exp(logNormalTail(a) + 0.5 * a * a) * Math.sqrt(2 * Math.PI);
  return sd * normalDensity(a) * (1 - a * mills);
};

/**
 * Normal likelihood of the lift, normal or flat prior: posterior, chance to win, expected loss. O(1). A posterior is not protected
 * against stopping when it looks good: use `sequentialTest` for verdicts, this to decide under a cost.
 * Source: Gelman et al., Bayesian Data Analysis, section 2.5; risk as in Stucchio 2015.
 *
 * @throws EngineError `out_of_range`, `probability_out_of_range`, `nan`, `not_finite`
 * @example bayesLift({ control: proportionArm(100, 49), treatment: proportionArm(100, 51), scale: 'relative' }).chanceToWin // 0.609
 */
export const bayesLift = (input: {
  readonly control: ArmStatistic;
  readonly treatment: ArmStatistic;
  readonly scale: Scale;
  readonly alpha?: number;
  /** Flat without. */
  readonly prior?: NormalPrior;
  /** A lower outcome is better (complaints, cost). */
  readonly lowerIsBetter?: boolean;
}): BayesAnswer | NoLift => {
  const alpha = checkLevel('alpha', input.alpha ?? 0.05);
  const lift = liftOf(input, input.scale);
  if (lift.kind === 'no_answer') return lift;
  let { estimate: mean, standardError: sd } = lift;
  const { prior } = input;
  if (prior) {
    checkFinite('prior mean', prior.mean);
    checkPositive('prior variance', prior.variance);
    const factor =
      prior.scale === 'relative' && input.scale === 'absolute' ? Math.abs(input.control.baseline) : 1;
    const precision = 1 / (prior.variance * factor * factor);
    const data = 1 / (sd * sd);
    mean = (mean * data + prior.mean * factor * precision) / (data + precision);
    sd = 1 / Math.sqrt(data + precision);
  }
  const half = normalUpperQuantile(alpha / 2) * sd;
  const up = normalCdf(mean / sd);
  const [gain, loss] = [positivePart(mean, sd), positivePart(-mean, sd)];
  return {
    kind: 'answer',
    mean,
    standardDeviation: sd,
    low: mean - half,
    high: mean + half,
    chanceToWin: input.lowerIsBetter ? normalCdf(-mean / sd) : up,
    risk: input.lowerIsBetter
      ? { keepControl: loss, shipTreatment: gain }
      : { keepControl: gain, shipTreatment: loss },
  };
};
