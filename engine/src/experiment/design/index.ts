export { type SelfCheck, selfCheck } from './aa-check.ts';
export { type CrossingChances, type CrossingInput, crossingChances } from './crossing.ts';
export {
  type MidExperimentAnswer,
  type MidExperimentInput,
  midExperimentPower,
  powerAtEnd,
} from './mid-experiment.ts';
export { type PlanAnswer, type PlanInput, type PlanRefusal, planExperiment } from './plan.ts';
