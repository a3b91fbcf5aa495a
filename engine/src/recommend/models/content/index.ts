export {
  type FallbackInput,
  type FallbackModel,
  type FallbackSettings,
  fallbackTaste,
  fitFallback,
  loadFallback,
  saveFallback,
} from './fallback.ts';
export type { CategoryTree, ItemFeatures, TextVectors } from './features.ts';
export { type ContentModel, type ContentSettings, contentModel } from './model.ts';
export { loadContent, saveContent } from './save.ts';
export { contentTaste, type Likeness, likenessBetween } from './taste.ts';
