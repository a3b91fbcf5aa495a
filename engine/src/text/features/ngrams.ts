import type { NormalisedText, Place, Token } from '../normalise/index.ts';
import { finish, hashText, hashUnit } from './hash.ts';

/** Blocks are normalised apart: a long word has many pieces and would drown the words. */
export const WORDS = 0;
export const PIECES = 1;
export type Block = typeof WORDS | typeof PIECES;

export interface Ngram {
  /** `sign`: an emoji, a number, an address, a grade, or how something is written (capitals, lengthened letters, !!). */
  readonly reading: 'word' | 'pair' | 'piece' | 'sign';
  /** As it is hashed; nothing to show anybody. */
  readonly spelling: string;
  /** What it was read from, first and last; the same but for pairs. */
  readonly first: Place;
  readonly last: Place;
  readonly negated: boolean;
  /** Of a piece: its word, and where it begins and ends in the folded one; spaces around it are not counted. */
  readonly within?: { readonly word: Token; readonly from: number; readonly until: number };
}

/** Told of each n-gram: its 32-bit name, its block, and what it is (asked only for explanations, during the call). */
export type NgramVisitor = (name: number, block: Block, ngram: () => Ngram) => void;

export interface NgramSettings {
  /** Longest run of words, 1 or 2. */
  readonly words: 1 | 2;
  /** Shortest and longest piece of a word, in UTF-16 units. */
  readonly pieces: readonly [number, number];
}

const SEEDS = {
  word: 0x2f0b4c47,
  negated: 0x51ed270b,
  style: 0x7ed55d16,
  pair: 0x165667b1,
  piece: 0x3c6ef372,
} as const;
const SPACE = 32;
const NEGATED = 'NOT_';

const wordHash = (word: string, negated: boolean): number =>
  hashText(word, negated ? SEEDS.negated : SEEDS.word);
const spelled = (token: Token): string => (token.negated ? NEGATED : '') + token.folded;

const visitPieces = (word: Token, [least, most]: readonly [number, number], visit: NgramVisitor): void => {
  const { folded } = word;
  const length = folded.length + 2;
  let [start, end] = [0, 0];
  const ngram = (): Ngram => ({
    reading: 'piece',
    spelling: `…${` ${folded} `.slice(start, end)}…`,
    first: word,
    last: word,
    negated: false,
    within: { word, from: Math.max(0, start - 1), until: Math.min(folded.length, end - 1) },
  });
  for (start = 0; start + least <= length; start++) {
    let hash: number = SEEDS.piece;
    const last = Math.min(length, start + most);
    for (end = start; end < last; ) {
      hash = hashUnit(hash, end === 0 || end === length - 1 ? SPACE : folded.charCodeAt(end - 1));
      end++;
      if (end - start >= least) visit(finish(hash), PIECES, ngram);
    }
  }
};

/**
 * Calls `visit` for every word, in each of its spellings (accents kept, and folded where that differs), every pair of neighbours in a
 * clause, every mark of style, and every piece of `pieces` characters of a folded word with a space at both ends. A word in a
 * negation's scope has a name of its own, its pieces do not. O(characters × longest piece).
 */
export const visitNgrams = (
  { tokens, style }: NormalisedText,
  { words, pieces }: NgramSettings,
  visit: NgramVisitor,
): void => {
  let previous: Token | undefined;
  let before = 0;
  // One closure for all n-grams of a kind: a text has hundreds.
  let [here, spelling] = [undefined as Token | undefined, ''];
  const asWord = (): Ngram => {
    const own = here as Token;
    const { kind, negated } = own;
    const reading = kind === 'word' ? 'word' : 'sign';
    return { reading, spelling: (negated ? NEGATED : '') + spelling, first: own, last: own, negated };
  };
  const asPair = (): Ngram => {
    const [first, last] = [previous as Token, here as Token];
    const spelling = `${spelled(first)} ${spelled(last)}`;
    return { reading: 'pair', spelling, first, last, negated: first.negated || last.negated };
  };
  for (here of tokens) {
    if (here.kind === 'break') {
      previous = undefined;
      continue;
    }
    for (spelling of here.spellings) visit(finish(wordHash(spelling, here.negated)), WORDS, asWord);
    const hash = wordHash(here.folded, here.negated);
    if (words === 2 && previous)
      visit(finish(Math.imul(before ^ SEEDS.pair, 0x9e3779b1) ^ hash), WORDS, asPair);
    previous = here;
    before = hash;
    if (here.kind === 'word') visitPieces(here, pieces, visit);
  }
  for (const each of style)
    visit(finish(hashText(each.mark, SEEDS.style)), WORDS, () => ({
      reading: 'sign',
      spelling: each.mark,
      first: each,
      last: each,
      negated: false,
    }));
};
