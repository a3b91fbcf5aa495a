export type { Rule } from '@mesure/contract/segments';
export { type CompiledRule, compileRule, RULE_SETTINGS } from './compile.ts';
export { explainRule } from './explain.ts';
export { outcomesOf, type RuleOutcome, type SeenInBrief } from './outcome.ts';
export { bindSegmentsRoutes, type SegmentsRoutesDeps } from './routes.ts';
export { ruleHash } from './rule-hash.ts';
export {
  createSegments,
  type Preview,
  type SampledMember,
  type SegmentDraft,
  type Segments,
  type SegmentsDeps,
} from './service.ts';
export type { SizeOfSegment } from './size-store.ts';
export { createSegmentSizes, type SegmentSizes, type SegmentSizesDeps } from './sizes.ts';
export type { Segment } from './store.ts';
export { createVocabulary, type VocabularyOf } from './vocabulary.ts';
