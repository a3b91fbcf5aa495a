export { type EaseSettings, fitEase } from './fit.ts';
export { type EaseModel, easeTaste } from './model.ts';
export { loadEase, saveEase } from './save.ts';
