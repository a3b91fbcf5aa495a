export { type BoostedInput, type BoostedSettings, fitBoostedTrees, type TreesFit } from './boost.ts';
export type { BoostedTrees, NoTreesAnswer, Tree } from './model.ts';
export { boostedScores, predictBoosted } from './predict.ts';
export { loadBoosted, saveBoosted } from './save.ts';
export { type ShapValues, shapValues } from './shap.ts';
