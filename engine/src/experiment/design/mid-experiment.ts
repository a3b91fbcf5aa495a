import { checkCount, checkLevel, checkPositive, engineError } from '../../errors/index.ts';
import { normalCdf, normalUpperQuantile } from '../../special/index.ts';
import { liftOf } from '../answers/lift.ts';
import type { ArmStatistic, NoLift } from '../arms/index.ts';
import { anytimeMultiplier } from '../normal-mixture.ts';

export interface MidExperimentInput {
  readonly control: ArmStatistic;
  readonly treatment: ArmStatistic;
  /** The relative lift worth finding, > 0. */
  readonly lift: number;
  /** Chance wanted of finding it; default 0.8. */
  readonly power?: number;
  readonly alpha?: number;
  readonly design:
    | { readonly kind: 'fixed' }
    | { readonly kind: 'sequential'; readonly tuning: number }
    /** Found when the posterior's interval leaves 0; the prior is on the relative lift. */
    | { readonly kind: 'bayes'; readonly prior: { readonly mean: number; readonly variance: number } };
  /** Metrics that must all be found together, each then with power^(1/metrics); default 1. */
  readonly metrics?: number;
  /** Arms with the control; default 2. People to come are spread over all of them. */
  readonly arms?: number;
  /** Correct for metrics × (arms - 1) verdicts (Bonferroni); default false. */
  readonly corrected?: boolean;
}

export interface MidExperimentAnswer {
  readonly kind: 'answer';
  /** Chance that an end right now finds the lift, if it is real. */
  readonly powerNow: number;
  /** People still to come for the wanted power, over all arms; 0 when it is reached. */
  readonly additionalPeople: number;
  /** `additionalPeople` divided by the people there are. */
  readonly scaling: number;
}

/** The largest factor looked at: beyond it the answer is “not at this size”. */
const LARGEST_SCALING = 2 ** 20;

/**
 * Chance that the interval leaves 0 at the end if the lift is `effect`, given the estimate's standard error then. Two-sided.
 * Source: the normal approximation of the two-sample test's power.
 *
 * @example powerAtEnd(0.03, 0.01, 1.96) // 0.851
 */
export const powerAtEnd = (effect: number, standardError: number, multiplier: number): number =>
  normalCdf(effect / standardError - multiplier) + normalCdf(-effect / standardError - multiplier);

/** The same for a posterior's interval with a normal prior: it leaves 0 when the estimate passes a shifted limit. */
const powerWithPrior = (
  effect: number,
  standardError: number,
  prior: { readonly mean: number; readonly variance: number; readonly z: number },
): number => {
  const needed =
    prior.z * Math.sqrt(1 / standardError ** 2 + 1 / checkPositive('prior variance', prior.variance));
  const given = prior.mean / prior.variance;
  return (
    normalCdf(effect / standardError - standardError * (needed - given)) +
    normalCdf(-effect / standardError - standardError * (needed + given))
  );
};

/**
 * How many more people a running experiment needs to find a lift. New people are taken to be like those there are: a scaling s makes
 * n(1 + s) of them and a variance divided by 1 + s. O(60).
 *
 * @throws EngineError `out_of_range`, `probability_out_of_range`, `nan`, `not_finite`, `negative_count`
 * @example midExperimentPower({ control, treatment, lift: 0.05, design: { kind: 'fixed' } })
 */
export const midExperimentPower = (
  input: MidExperimentInput,
):
  | MidExperimentAnswer
  | NoLift
  | { readonly kind: 'no_answer'; readonly reason: 'not_reachable'; readonly powerNow: number } => {
  const metrics = checkCount('metrics', input.metrics ?? 1);
  const arms = checkCount('arms', input.arms ?? 2);
  if (metrics < 1 || arms < 2) throw engineError('out_of_range', 'need 1 metric or more and 2 arms or more');
  const verdicts = input.corrected ? metrics * (arms - 1) : 1;
  const alpha = checkLevel('alpha', input.alpha ?? 0.05) / verdicts;
  const effect = checkPositive('lift', input.lift);
  const wanted = checkLevel('power', input.power ?? 0.8) ** (1 / metrics);
  const { design } = input;
  const lift = liftOf(input, 'relative');
  if (lift.kind === 'no_answer') return lift;
  const z = normalUpperQuantile(alpha / 2);
  const powerAt = (scaling: number): number => {
    const standardError = lift.standardError / Math.sqrt(1 + scaling);
    if (design.kind === 'bayes') return powerWithPrior(effect, standardError, { ...design.prior, z });
    const n = lift.n * (1 + scaling);
    return powerAtEnd(
      effect,
      standardError,
      design.kind === 'fixed' ? z : anytimeMultiplier(n, design.tuning, alpha),
    );
  };
  const powerNow = powerAt(0);
  const allPeople = lift.n * (arms / 2);
  if (powerNow >= wanted) return { kind: 'answer', powerNow, additionalPeople: 0, scaling: 0 };
  if (powerAt(LARGEST_SCALING) < wanted) return { kind: 'no_answer', reason: 'not_reachable', powerNow };
  let [low, high] = [0, LARGEST_SCALING];
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (powerAt(middle) >= wanted) high = middle;
    else low = middle;
  }
  return { kind: 'answer', powerNow, additionalPeople: high * allPeople, scaling: high };
};
