export type { Change } from './counterfactual.ts';
export { conditionsOf, flipsOf, isMet, whatWouldHaveChanged } from './counterfactual.ts';
export type {
  AudienceRule,
  CandidateProduct,
  Choice,
  Decision,
  ExperimentArm,
  Language,
  Localised,
  ProductReason,
  RemovalReason,
  RemovedProduct,
  RuleOutcome,
  SentSubject,
  UsedValue,
} from './decision.ts';
export { bindDecisionRoutes } from './routes.ts';
export { createDecisions, type Decisions } from './service.ts';
