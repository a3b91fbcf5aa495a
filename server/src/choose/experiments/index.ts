export {
  type Assignment,
  assign,
  campaignArms,
  campaignSalt,
  GLOBAL_HOLDOUT,
  globalHoldout,
  globalHoldoutExperiment,
  HOLDOUT,
  type NewAssignment,
  workspaceSalt,
} from './assignment.ts';
export type { ArmSummary } from './read.ts';
export { type Assignments, createExperiments, type Enrolment, type Experiments } from './service.ts';
