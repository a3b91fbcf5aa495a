import type { Corpus } from './corpus.ts';

/** What the n-grams of the training texts became. */
export interface Vocabulary {
  readonly bits: number;
  /** Numbers in use, rising. */
  readonly buckets: Uint32Array;
  /** The one n-gram that has the number (32-bit name), where `shared` is 0. */
  readonly owners: Uint32Array;
  /** 1 where several n-grams of the training share the number and therefore its weight. */
  readonly shared: Uint8Array;
  /** ln((1 + texts) / (1 + texts with it)) + 1. */
  readonly idf: Float32Array;
  /** Folded names of the words that stood in at least `minTexts` texts, rising. */
  readonly knownWords: Uint32Array;
}

const rare = (texts: Uint32Array, minTexts: number): number => {
  let kept = 0;
  for (const each of texts) if (each >= minTexts) kept++;
  return kept;
};

const knownWordsOf = (
  corpus: Corpus,
  [from, to]: readonly [number, number],
  minTexts: number,
): Uint32Array => {
  const sorted = corpus.words.slice(corpus.wordStarts[from], corpus.wordStarts[to]).sort();
  const known: number[] = [];
  for (let i = 0; i < sorted.length; ) {
    let end = i + 1;
    while (end < sorted.length && sorted[end] === sorted[i]) end++;
    if (end - i >= minTexts) known.push(sorted[i] as number);
    i = end;
  }
  return Uint32Array.from(known);
};

/** Of the texts `from` up to `to`. O(n-grams + 2^bits). */
export const learnVocabulary = (
  corpus: Corpus,
  [from, to]: readonly [number, number],
  { bits, minTexts }: { readonly bits: number; readonly minTexts: number },
): Vocabulary => {
  const mask = 2 ** bits - 1;
  const texts = new Uint32Array(2 ** bits);
  const owner = new Uint32Array(2 ** bits);
  const several = new Uint8Array(2 ** bits);
  for (let k = corpus.starts[from] as number; k < (corpus.starts[to] as number); k++) {
    const name = corpus.names[k] as number;
    const bucket = name & mask;
    if (texts[bucket] === 0) owner[bucket] = name;
    else if (owner[bucket] !== name) several[bucket] = 1;
    texts[bucket] = (texts[bucket] as number) + 1;
  }
  const size = rare(texts, minTexts);
  const [buckets, owners, shared] = [new Uint32Array(size), new Uint32Array(size), new Uint8Array(size)];
  const idf = new Float32Array(size);
  for (let bucket = 0, at = 0; bucket <= mask; bucket++) {
    const count = texts[bucket] as number;
    if (count < minTexts) continue;
    buckets[at] = bucket;
    shared[at] = several[bucket] as number;
    owners[at] = several[bucket] === 1 ? 0 : (owner[bucket] as number);
    idf[at++] = Math.log((1 + to - from) / (1 + Math.min(count, to - from))) + 1;
  }
  return { bits, buckets, owners, shared, idf, knownWords: knownWordsOf(corpus, [from, to], minTexts) };
};

/**
 * Place of an n-gram's weight, or -1 where training never had it: an n-gram nobody saw takes no weight from one it collides with,
 * unless several had collided there already. Builds a table of 4 × 2^bits bytes once.
 */
export const createLookup = ({ bits, buckets, owners, shared }: Vocabulary): ((name: number) => number) => {
  const mask = 2 ** bits - 1;
  const table = new Int32Array(2 ** bits).fill(-1);
  for (let i = 0; i < buckets.length; i++) table[buckets[i] as number] = i;
  return (name) => {
    const at = table[name & mask] as number;
    return at >= 0 && (shared[at] === 1 || owners[at] === name) ? at : -1;
  };
};

/** Half of all n-grams count negatively, so that collisions cancel on average (Weinberger et al., ICML 2009). */
export const signOf = (name: number): number => (name >>> 31 === 1 ? -1 : 1);

/** Sublinear term frequency. */
export const dampen = (count: number): number => (count === 1 ? 1 : 1 + Math.log(count));
