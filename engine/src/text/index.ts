export * from './classifier/index.ts';
export {
  explainText,
  fitTextModel,
  type LabelledTexts,
  loadTextModel,
  type NgramPart,
  type NoTextModel,
  saveTextModel,
  type TextExplanation,
  type TextModel,
  type TextModelSettings,
  textChances,
} from './model/index.ts';
export {
  foldAccents,
  isOtherLanguage,
  type NormalisedText,
  type NormaliseSettings,
  normaliseText,
  type Place,
  type StyleMark,
  type TextLanguage,
  type Token,
} from './normalise/index.ts';
export * from './selective/index.ts';
