export { type CrossFitSettings, type CrossFitted, crossFitUplift, type TooFewOutcomes } from './cross-fit.ts';
export { type Heterogeneity, peopleDiffer } from './people-differ.ts';
export {
  type Gain,
  type TargetingFigures,
  type TargetingVerdict,
  targetingVerdict,
  type VerdictSettings,
} from './verdict.ts';
