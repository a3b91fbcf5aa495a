export {
  type BlendExplanation,
  type BlendModel,
  type BlendSource,
  type BlendTaste,
  blendTaste,
} from './blend-model.ts';
export type { BlendPeriod } from './candidate-scores.ts';
export { type FitBlendInput, type FittedBlend, fitBlend } from './fit-blend.ts';
export { type HistoryView, viewOf } from './history-view.ts';
export {
  type LearnBlendSettings,
  type LearnedBlend,
  learnBlend,
  type NoBlendAnswer,
} from './learn-weights.ts';
export { loadBlend, saveBlend } from './save.ts';
export { fitShopSources, type ShopSourceInput, type ShopSourceSettings } from './shop-sources.ts';
export { fitTrend, loadTrend, saveTrend, type TrendInput, type TrendModel, trendTaste } from './trend.ts';
