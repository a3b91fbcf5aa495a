export { type PlanInput, planThresholds, type ThresholdPlan } from './plan.ts';
export { type RiskCoverage, riskCoverage } from './risk-coverage.ts';
export {
  type Judged,
  type SequenceInput,
  type SequenceResult,
  type ThresholdTest,
  testThresholds,
} from './sequence.ts';
