export {
  type CatalogueRules,
  openCatalogue,
  UNKNOWN_AGE,
  UNKNOWN_REGIONS,
  UNKNOWN_TOPICS,
} from './catalogue.ts';
export {
  type EligibilityRequest,
  type Eligible,
  eligibleItems,
  type Refusal,
  refusalsOf,
} from './eligible.ts';
export { type Candidates, topEligible } from './top-eligible.ts';
