export type { ControlAmount, ControlReport, Controls } from './controls.ts';
export {
  fitRelevanceCurve,
  type JudgedList,
  type MeasuredCost,
  measureCost,
  type NoCurve,
  type NoMeasuredCost,
} from './judged-lists.ts';
export { selfInformation } from './novelty.ts';
export {
  type NoPriceBand,
  type PriceBand,
  type PriceBandSettings,
  priceFit,
  usualPriceBand,
} from './price-band.ts';
export { type Reranked, type RerankedPlace, type RerankSettings, rerank } from './rerank.ts';
export type { SurprisePlace, SurpriseSettings } from './surprise.ts';
