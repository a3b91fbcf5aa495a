/** What a text's words leave for later comparisons: 256 groups of words, and how many were unknown. */
export interface WordSketches {
  readonly texts: number;
  /** 32 bytes a text: bit g is set when it has a word of group g. */
  readonly groups: Uint8Array;
  /** Share of each text's distinct words, 0 to 1, that training had not; 0 for a text without words. */
  readonly unknown: Float32Array;
}

export const GROUPS = 256;
export const BYTES_A_TEXT = GROUPS / 8;

export interface TextWords {
  readonly names: Uint32Array;
  readonly unknown: number;
}

/** O(words). */
export const sketchWords = (texts: readonly TextWords[]): WordSketches => {
  const groups = new Uint8Array(texts.length * BYTES_A_TEXT);
  const unknown = Float32Array.from(texts, (text) =>
    text.names.length === 0 ? 0 : text.unknown / text.names.length,
  );
  texts.forEach(({ names }, i) => {
    for (const name of names) {
      const group = name >>> 24;
      const at = i * BYTES_A_TEXT + (group >>> 3);
      groups[at] = (groups[at] as number) | (1 << (group & 7));
    }
  });
  return { texts: texts.length, groups, unknown };
};

/** Group numbers of each text, one after the other. */
export const unpack = ({ texts, groups }: WordSketches): readonly Uint8Array[] =>
  Array.from({ length: texts }, (_, i) => {
    const found: number[] = [];
    for (let byte = 0; byte < BYTES_A_TEXT; byte++) {
      const bits = groups[i * BYTES_A_TEXT + byte] as number;
      for (let bit = 0; bit < 8; bit++) if ((bits >>> bit) & 1) found.push(byte * 8 + bit);
    }
    return Uint8Array.from(found);
  });
