import { checkCount, checkLevel, checkPositive, engineError } from '../errors/index.ts';
import { logBeta } from '../special/index.ts';
import { normalMixtureRho } from './normal-mixture.ts';

export interface BernoulliInput {
  readonly successes: number;
  readonly trials: number;
  /** Error over all looks together. */
  readonly alpha: number;
  /** Trials at which the interval shall be tightest; fix it before looking. */
  readonly plannedTrials: number;
  /** Error for which `plannedTrials` is tuned; 0.05 as in confseq. */
  readonly alphaOpt?: number;
}

/**
 * How many trials the mixture is worth: the Beta(kp, k(1-p)) mixture grows with what is planned.
 *
 * @example mixtureSize(1000, 0.05) // 125.006
 */
export const mixtureSize = (plannedTrials: number, alphaOpt: number): number =>
  Math.max(normalMixtureRho(plannedTrials, alphaOpt) - 1, 1e-3);

/**
 * ln of the e-process against the success probability `p` in (0, 1): a Beta(kp, k(1-p)) mixture of likelihoods over that of p.
 * At every look, for ever, it passes ln(1/alpha) with chance at most alpha when p is true. O(1).
 *
 * @example bernoulliLogE(0.5, { successes: 70, trials: 100 }, 10) // 6.292
 */
export const bernoulliLogE = (
  p: number,
  { successes, trials }: Pick<BernoulliInput, 'successes' | 'trials'>,
  k: number,
): number => {
  const failures = trials - successes;
  return (
    logBeta(k * p + successes, k * (1 - p) + failures) -
    logBeta(k * p, k * (1 - p)) -
    successes * Math.log(p) -
    failures * Math.log1p(-p)
  );
};

/**
 * The p between a point inside the interval and one outside at which the gap (ln e less its limit) turns positive. Illinois' method
 * (Dowell and Jarratt 1971) with a bisection wherever it would stall or the gap is infinite: about 12 evaluations.
 */
const crossing = (inside: number, outside: number, gap: (p: number) => number): number => {
  let [kept, beyond] = [inside, outside];
  let [below, above] = [gap(kept), gap(beyond)];
  for (let step = 0; step < 200; step++) {
    const span = beyond - kept;
    const secant = kept - (below * span) / (above - below);
    const useful = step % 3 !== 2 && above < Infinity && secant !== kept && secant !== beyond;
    const next = useful ? secant : kept + span / 2;
    if (next === kept || next === beyond || Math.abs(span) <= 1e-15 * Math.abs(beyond)) break;
    const value = gap(next);
    if (value >= 0) {
      beyond = next;
      above = value;
      if (useful) below /= 2;
    } else {
      kept = next;
      below = value;
      if (useful) above /= 2;
    }
  }
  return beyond;
};

/**
 * Confidence sequence for a success probability: holds at every look, for any number of trials, with no normal theory.
 * Reference: Howard et al., arXiv 1810.08240, the two-sided beta-binomial mixture with g = p, h = 1 - p. About 10 µs.
 *
 * @throws EngineError `negative_count`, `count_above_total`, `probability_out_of_range`, `out_of_range`, `nan`
 * @example bernoulliInterval({ successes: 700, trials: 1000, alpha: 0.05, plannedTrials: 100 }) // [0.6516, 0.7459]
 */
export const bernoulliInterval = (input: BernoulliInput): { readonly low: number; readonly high: number } => {
  const successes = checkCount('successes', input.successes);
  const trials = checkCount('trials', input.trials);
  if (successes > trials)
    throw engineError('count_above_total', `bernoulliInterval: ${successes} successes of ${trials} trials`);
  const limit = -Math.log(checkLevel('alpha', input.alpha));
  const k = mixtureSize(checkPositive('plannedTrials', input.plannedTrials), input.alphaOpt ?? 0.05);
  if (trials === 0) return { low: 0, high: 1 };
  const gap = (p: number): number => (p <= 0 || p >= 1 ? Infinity : bernoulliLogE(p, input, k) - limit);
  const found = successes / trials;
  return {
    low: successes === 0 ? 0 : crossing(found === 1 ? 1 - 1e-12 : found, 0, gap),
    high: successes === trials ? 1 : crossing(found === 0 ? 1e-12 : found, 1, gap),
  };
};
