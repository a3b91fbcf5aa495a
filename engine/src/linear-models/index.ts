export { type Design, designOf } from './design.ts';
export { fitLinearModel, type LinearFit, type LinearModelInput } from './fit.ts';
export type { LinearModel, NoLinearAnswer } from './model.ts';
export { linearScores, predictLinear } from './predict.ts';
export { loadLinear, saveLinear } from './save.ts';
