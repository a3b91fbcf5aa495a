export { type AimedMixture, aimedLogE, aimedMultiplier, aimedParameters } from './aimed-mixture.ts';
export { type BetaBinomial, betaBinomialBound, betaBinomialLogE } from './beta-binomial.ts';
export {
  type BettingOptions,
  bettingLogE,
  bettingSequence,
  boundedDifference,
  predictableBernstein,
} from './betting.ts';
export { type BoundedInput, type IntervalPath, runningIntersection } from './bounded.ts';
export { empiricalBernstein, hoeffdingSequence } from './empirical-bernstein.ts';
export {
  type GammaMixture,
  gammaExponentialBound,
  gammaExponentialLogE,
  gammaPoissonBound,
  gammaPoissonLogE,
} from './gamma-mixtures.ts';
export {
  createHarmDetector,
  type HarmDetectorOptions,
  type HarmDetectorState,
  type HarmReading,
} from './harm-detector.ts';
export { oneSidedBound, oneSidedLogE, oneSidedRho } from './normal-one-sided.ts';
export { polyStitchingBound, zeta } from './poly-stitching.ts';
