export { BYTES_A_TEXT, sketchWords, type TextWords, type WordSketches } from './sketch.ts';
export { compareWords, SMALLEST_P, type WordsCompared } from './two-samples.ts';
