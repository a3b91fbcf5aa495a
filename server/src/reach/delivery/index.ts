export { type Composer, type ComposerDeps, createComposer, type Draft, type Made } from './compose.ts';
export { createMetrics as createDeliveryMetrics, type Metrics as DeliveryMetrics } from './metrics.ts';
export type {
  ClaimedChunk,
  ClaimedSend,
  Composed,
  DeliveryDeps,
  DeliveryOptions,
  Failpoint,
  FailpointHook,
  MailOut,
  MessageComposer,
} from './ports.ts';
export { bindDeliveryRoutes } from './routes.ts';
export type { Rule, RuleContext, RuleSettings, Verdict } from './rule.ts';
export type { PlannedVariant, Run, RunPlan, RunStatus, Trouble } from './run-plan.ts';
export type { LedgerCounts, NewSend, Send, SendProduct, SendState, StateCount } from './send.ts';
export { ledgerCounts, unaccounted } from './send.ts';
export {
  createDelivery,
  type Delivery,
  type DryRunInput,
  type DryRunVerdict,
  type Eligibility,
} from './service.ts';
export { type LedgerSummary, ledgerSummary, runTroubles } from './summary-read.ts';
export type { TickReport, Worker } from './worker.ts';
