export { chancesOf, textChances } from './chances.ts';
export type { LabelledTexts } from './corpus.ts';
export { explainText, type NgramPart, type TextExplanation } from './explain.ts';
export { checkTexts, fitTextModel, learnText } from './fit.ts';
export type { NoTextModel, TextModel } from './model.ts';
export { type ReadText, readerOf } from './read-text.ts';
export { loadTextModel, modelParts, partsToModel, saveTextModel } from './save.ts';
export { fullSettings, type TextModelSettings } from './settings.ts';
export type { HeldOut } from './tune.ts';
