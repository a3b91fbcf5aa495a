export type { ControlAmount, ControlReport, Controls } from './controls.ts';
export {
  fitRelevanceCurve,
  type JudgedList,
  type MeasureCostSettings,
  type MeasuredCost,
  measureCost,
  type NoCurve,
  type NoMeasuredCost,
} from './judged-lists.ts';
export { type LearnCostSettings, learnCost, type NoLearnedCost } from './learn-cost.ts';
export {
  type CostAnswer,
  type CostPoint,
  type Dial,
  type LearnedCost,
  type NoStatedCost,
  type StatedCost,
  statedAt,
  strengthWithin,
} from './learned-cost.ts';
export { selfInformation } from './novelty.ts';
export {
  type NoPriceBand,
  type PriceBand,
  type PriceBandSettings,
  priceFit,
  usualPriceBand,
} from './price-band.ts';
export { type Reranked, type RerankedPlace, type RerankSettings, rerank } from './rerank.ts';
export { loadLearnedCost, saveLearnedCost } from './save.ts';
export type { SurprisePlace, SurpriseSettings } from './surprise.ts';
