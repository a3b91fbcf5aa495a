export { createNgramCounter } from './count.ts';
export { wordName } from './hash.ts';
export { PIECES, visitNgrams, WORDS } from './ngrams.ts';
