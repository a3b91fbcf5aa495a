import { logGamma } from './gamma.ts';
import { normalMixtureRho } from './normal-mixture.ts';

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

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
 * ln of the e-process against the success probability `p` in (0, 1): a Beta(kp, k(1-p)) mixture of likelihoods over that
 * of p. k grows with the planned trials.
 */
const logE = (p: number, { successes, trials }: BernoulliInput, k: number): number => {
  const failures = trials - successes;
  return (
    logBeta(k * p + successes, k * (1 - p) + failures) -
    logBeta(k * p, k * (1 - p)) -
    successes * Math.log(p) -
    failures * Math.log1p(-p)
  );
};

/** The p on the way from a point inside the interval to a point outside at which ln e passes the limit. */
const crossing = (inside: number, outside: number, passes: (p: number) => boolean): number => {
  let kept = inside;
  let beyond = outside;
  for (let step = 0; step < 100; step++) {
    const middle = (kept + beyond) / 2;
    if (middle === kept || middle === beyond) break;
    if (passes(middle)) beyond = middle;
    else kept = middle;
  }
  return beyond;
};

/**
 * Confidence sequence for a success probability: holds at every look, for any number of trials, with no normal theory.
 * Reference: Howard et al., arXiv 1810.08240, the two-sided beta-binomial mixture with g = p, h = 1 - p.
 *
 * @example bernoulliInterval({ successes: 700, trials: 1000, alpha: 0.05, plannedTrials: 100 }) // [0.6516, 0.7459]
 */
export const bernoulliInterval = (input: BernoulliInput): { readonly low: number; readonly high: number } => {
  const { successes, trials, alpha } = input;
  if (!(successes >= 0 && successes <= trials) || !(alpha > 0 && alpha < 1)) {
    throw new RangeError(
      `bernoulliInterval: need 0 <= successes <= trials and alpha in (0, 1), got ${successes} of ${trials}, ${alpha}`,
    );
  }
  if (trials === 0) return { low: 0, high: 1 };
  const k = Math.max(normalMixtureRho(input.plannedTrials, input.alphaOpt ?? 0.05) - 1, 1e-3);
  const limit = -Math.log(alpha);
  const passes = (p: number): boolean => p <= 0 || p >= 1 || logE(p, input, k) >= limit;
  const found = successes / trials;
  return {
    low: successes === 0 ? 0 : crossing(found === 1 ? 1 - 1e-12 : found, 0, passes),
    high: successes === trials ? 1 : crossing(found === 0 ? 1e-12 : found, 1, passes),
  };
};
