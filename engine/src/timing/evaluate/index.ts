export type { Calibration } from './calibration.ts';
export type { ClusteredMean } from './clustered.ts';
export {
  evaluateTiming,
  type LogLikelihoods,
  type TimingEvaluation,
  type TimingScore,
  type TimingVerdict,
} from './held-out.ts';
