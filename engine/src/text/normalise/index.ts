export { foldAccents, squeezeRepeats } from './characters.ts';
export { isOtherLanguage, type TextLanguage } from './language.ts';
export { LONGEST_TEXT, type NormaliseSettings, normaliseText } from './normalise.ts';
export { clustersOf, type Place } from './places.ts';
export { isPlayful } from './playful.ts';
export type { NormalisedText, StyleMark, Token } from './token.ts';
export { SMALL_WORDS } from './words-of-languages.ts';
