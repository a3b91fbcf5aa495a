import { checkFinite, checkLevel, checkPositive, engineError } from '../../errors/index.ts';
import type { NoLift } from '../arms/index.ts';
import { MINIMUM_PEOPLE } from '../minimums.ts';
import { normalMixtureBound, normalMixtureLogE, normalMixtureRho } from '../normal-mixture.ts';
import {
  type AimedMixture,
  aimedLogE,
  aimedMultiplier,
  aimedParameters,
  oneSidedLogE,
} from '../sequences/index.ts';
import { liftOf } from './lift.ts';
import type { TestAnswer, TestInput } from './welch.ts';

export interface SequentialInput extends TestInput {
  /**
   * People of both arms at which the interval is tightest (`defaultTuning` of the planned sample), or where to aim. Fix it before
   * looking; any value is valid at every look and for ever.
   */
  readonly tuning: number | AimedMixture;
}

export interface SequentialAnswer extends TestAnswer {
  /** ln of the e-process against `against` for these arms at this look: may be combined and stopped at will. -Infinity is 0. */
  readonly logE: number;
}

/**
 * Where to be tightest for a planned sample: half of it. An effect that the plan can just find is then stopped on earliest (0.05 sd,
 * 20,000 people, looks every 200: power 0.775, median stop 12,200; tuned to the plan itself 0.775 and 12,800; to a tenth of it
 * 0.73 and 13,200).
 *
 * @throws EngineError `out_of_range`, `nan`, `not_finite`
 * @example defaultTuning(20_000) // 10000
 */
export const defaultTuning = (plannedPeople: number): number =>
  checkPositive('plannedPeople', plannedPeople) / 2;

/** Half-width in standard errors, one side: the closed form upper bound of the half-normal mixture's (arXiv 2103.06476, B.5). */
const oneSidedMultiplier = (n: number, rho: number, alpha: number): number =>
  Math.sqrt(2 * (1 + rho / n) * Math.log1p(Math.sqrt(n / rho + 1) / (2 * alpha)));

/** The alpha at which the one-sided bound just touches `z` standard errors. */
const oneSidedP = (z: number, n: number, rho: number): number =>
  z <= 0 ? 1 : Math.min(1, Math.sqrt(n / rho + 1) / (2 * Math.expm1((z * z) / (2 * (1 + rho / n)))));

const twoSided = (
  z: number,
  n: number,
  { tuning, alpha }: { tuning: number | AimedMixture; alpha: number },
) => {
  if (typeof tuning !== 'number') {
    return {
      multiplier: aimedMultiplier(n, tuning, alpha),
      logE: aimedLogE(z * Math.sqrt(n), n, aimedParameters(tuning)),
    };
  }
  const rho = normalMixtureRho(tuning, alpha);
  return {
    multiplier: normalMixtureBound(n, rho, alpha) / Math.sqrt(n),
    logE: normalMixtureLogE(z * Math.sqrt(n), n, rho),
  };
};

/**
 * The anytime-valid test: its interval may be looked at whenever one likes, holds at all looks together and for ever. Means,
 * proportions, ratios, adjusted or clustered: whatever an `ArmStatistic` holds. The p-value may be read at every look too.
 * Asymptotic: no answer below `MINIMUM_PEOPLE` an arm; see `MINIMUM_OUTCOMES` for what skewed outcomes need first. O(1).
 * Source: Waudby-Smith et al., arXiv 2103.06476, Theorem 2.2 with n people and σ² = n·se².
 *
 * @throws EngineError `out_of_range` (tuning; alpha >= 1/2 one-sided), `probability_out_of_range`, `nan`, `not_finite`
 * @example
 * sequentialTest({ control: proportionArm(5200, 416), treatment: proportionArm(5150, 467), scale: 'absolute', tuning: 10_000 })
 * // 0.01068 [-0.00599, 0.02735]
 */
export const sequentialTest = (input: SequentialInput): SequentialAnswer | NoLift => {
  const alpha = checkLevel('alpha', input.alpha ?? 0.05);
  const against = checkFinite('against', input.against ?? 0);
  const alternative = input.alternative ?? 'two_sided';
  const tuning = input.tuning;
  if (typeof tuning === 'number') checkPositive('tuning', tuning);
  const lift = liftOf(input, input.scale);
  if (alternative !== 'two_sided') {
    if (alpha >= 0.5)
      throw engineError('out_of_range', `a one-sided sequence needs alpha below 1/2, got ${alpha}`);
    if (typeof tuning !== 'number') throw engineError('out_of_range', 'an aimed mixture has two sides');
  }
  if (lift.kind === 'no_answer') return lift;
  if (Math.min(input.control.n, input.treatment.n) < MINIMUM_PEOPLE)
    return { kind: 'no_answer', reason: 'too_few_people' };
  const { estimate, standardError, n } = lift;
  const z = (estimate - against) / standardError;
  if (alternative === 'two_sided') {
    const { multiplier, logE } = twoSided(z, n, { tuning, alpha });
    const half = multiplier * standardError;
    return {
      kind: 'answer',
      estimate,
      low: estimate - half,
      high: estimate + half,
      standardError,
      pValue: Math.min(1, Math.exp(-logE)),
      n,
      logE,
    };
  }
  const rho = normalMixtureRho(tuning as number, 2 * alpha);
  const half = oneSidedMultiplier(n, rho, alpha) * standardError;
  const toward = alternative === 'greater' ? z : -z;
  const pValue = oneSidedP(toward, n, rho);
  return {
    kind: 'answer',
    estimate,
    low: alternative === 'greater' ? estimate - half : -Infinity,
    high: alternative === 'greater' ? Infinity : estimate + half,
    standardError,
    pValue,
    n,
    // The mixture itself, which the closed form bounds from below: it is at 1/alpha or more whenever the bound passes `against`.
    // (1/pValue is no e-value: it never falls below 1.)
    logE: oneSidedLogE(toward * Math.sqrt(n), n, rho),
  };
};
