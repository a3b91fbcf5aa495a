/** FNV-1a over UTF-16 units (Fowler, Noll and Vo), 32 bits; `finish` repairs its weak low bits. */
export const hashUnit = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);

export const hashText = (text: string, seed: number): number => {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = hashUnit(hash, text.charCodeAt(i));
  return hash;
};

/** The finaliser of MurmurHash3: every bit of the result depends on every bit of `hash`. */
export const finish = (hash: number): number => {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

const WORD_SEED = 0x2f0b4c47;

/** 32-bit name of one spelling of a word, wherever words are counted. @example wordName('merci') */
export const wordName = (word: string): number => finish(hashText(word, WORD_SEED));
