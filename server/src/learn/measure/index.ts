export { csvCell, csvOf } from './csv.ts';
export { type Finding, findingOf } from './finding.ts';
export type {
  AssignmentsPort,
  CampaignFact,
  CampaignFacts,
  SendStateCount,
  SettingsPort,
} from './ports.ts';
export type { CampaignReport, Comparison, Difference, Ledger, ReportArm } from './report.ts';
export { bindReportRoutes, type ReportRoutesDeps } from './routes.ts';
export { createMeasure, type Measure, type MeasureDeps } from './service.ts';
