export { areaUnderCurve } from './area-under-curve.ts';
export { type Attribute, attributeOf, intersect } from './attribute.ts';
export {
  type AttributeFinding,
  type AuditInput,
  type AuditReport,
  auditSelection,
  type ComparedRate,
  type GroupFinding,
  type RateFinding,
} from './audit.ts';
export { type BootstrapInterval, bootstrapDisparity } from './bootstrap.ts';
export {
  type AlarmState,
  type Comparable,
  type CompareOptions,
  type Comparison,
  compareGroups,
  type Pair,
} from './compare.ts';
export { type Confusion, countGroups, type SelectionRows } from './confusion.ts';
export { type Disparity, disparityOf, equalisedOdds, type UndefinedRule } from './disparity.ts';
export { differenceOf, type Estimate, ratioOf } from './estimate.ts';
export type { Feature } from './features.ts';
export {
  type Decided,
  type LeaveOneOutInput,
  type LeaveOneOutReport,
  leaveOneFeatureOut,
  type WithoutFeature,
} from './leave-one-out.ts';
export { MINIMUMS, type Minimums, type TooSmall } from './minimums.ts';
export { compareMitigation, type GroupChange, type MitigationFinding } from './mitigation.ts';
export { type Impressions, type UniquePeople, uniquePeople } from './people.ts';
export { PROXY_LIMITS, type Predictability, type ProxyLimits } from './predictability.ts';
export { detectProxies, type ProxyFinding, type ProxyInput, type ProxyReport } from './proxy.ts';
export { type Justification, type Publication, publicationOf } from './publication.ts';
export { type Metric, rateOf } from './rates.ts';
export {
  type FeatureSource,
  type RefusedFeature,
  type RefusedKind,
  refusedFeatures,
} from './refused-features.ts';
export { auditServed, type ServedGroup, type ServedLog, type ServedReport } from './served.ts';
export { wilsonInterval } from './wilson.ts';
