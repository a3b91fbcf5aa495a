export { createNgramCounter } from './count.ts';
export { wordName } from './hash.ts';
export { type Ngram, PIECES, visitNgrams, WORDS } from './ngrams.ts';
