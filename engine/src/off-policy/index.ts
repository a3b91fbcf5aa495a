export { type BoundedInterval, boundedInterval, lowerBoundOfMean } from './bounded.ts';
export { type Method, type Scored, scoreMethod, type Terms } from './estimators.ts';
export {
  type Estimate,
  type Evaluation,
  type EvaluationInput,
  evaluatePolicy,
  type IntervalAnswer,
} from './evaluate.ts';
export { type IntervalSettings, intervalOf, type ValueInterval } from './interval.ts';
export {
  checkLog,
  checkTarget,
  type DecisionLog,
  type TargetPolicy,
  type UsedRows,
  usedRows,
} from './log.ts';
export { type Refusal, type RefusalRules, refusalsOf } from './refusal.ts';
export { replayValue } from './replay.ts';
export { crossFitRewards, type RewardModelSettings } from './reward-model.ts';
export { constrainTarget, uniformTarget } from './target.ts';
export { type OverlapDiagnostics, overlapOf, weightsOf } from './weights.ts';
