import { murmur3OfText } from '../../random/index.ts';
import type { TextWords } from '../drift/index.ts';
import { readerOf, type TextModel } from '../model/index.ts';

/**
 * Texts in a comparison of words. With more, the test would find changes too small to matter; with 1,000 on each side it finds, nine times in ten,
 * one text in ten from elsewhere (engine/scripts/results/words.ts).
 */
export const COMPARED_TEXTS = 1000;

/**
 * Words of at most `COMPARED_TEXTS` texts, chosen and ordered by a hash of what they say. Copies of one text (“parfait”) have a hash each:
 * with one in common, all of them or none would be chosen, and every sample would differ from every other. O(n log n).
 */
export const sampleWords = (model: TextModel, texts: readonly string[]): readonly TextWords[] => {
  const copies = new Map<string, number>();
  const hashes = texts.map((text) => {
    const before = copies.get(text) ?? 0;
    copies.set(text, before + 1);
    return murmur3OfText(before === 0 ? text : `${text}\0${before}`, 1);
  });
  const order = Uint32Array.from(texts.keys()).sort((i, j) => {
    const [a, b] = [hashes[i] as readonly number[], hashes[j] as readonly number[]];
    return (a[0] as number) - (b[0] as number) || (a[1] as number) - (b[1] as number);
  });
  const reader = readerOf(model);
  return Array.from(order.subarray(0, COMPARED_TEXTS), (i) => reader.read(texts[i] as string));
};
