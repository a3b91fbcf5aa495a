import { murmur3OfText } from '../../random/index.ts';
import type { LabelledTexts } from '../model/index.ts';

/**
 * One text of each writer, drawn by a hash of writer and text: the exact tests need independent texts, and those of one person are not. Texts without
 * a known writer all stay. The order of the rows decides nothing. O(length of the texts).
 */
export const oneAWriter = (given: LabelledTexts): LabelledTexts => {
  const { texts, labels, atMs, writers } = given;
  if (!writers) return given;
  const rank = texts.map((text, i) => [
    ...murmur3OfText(`${writers[i]}\0${text}`, 2),
    atMs[i] as number,
    labels[i] as number,
  ]);
  const isBefore = (i: number, j: number): boolean => {
    const [a, b] = [rank[i] as number[], rank[j] as number[]];
    const at = a.findIndex((each, k) => each !== b[k]);
    return at >= 0 && (a[at] as number) < (b[at] as number);
  };
  const chosen = new Map<string, number>();
  const kept: number[] = [];
  texts.forEach((_, i) => {
    const writer = writers[i];
    if (writer === undefined || writer === null || writer === '') return void kept.push(i);
    const before = chosen.get(`${writer}`);
    if (before === undefined || isBefore(i, before)) chosen.set(`${writer}`, i);
  });
  kept.push(...chosen.values());
  kept.sort((i, j) => i - j);
  return {
    texts: kept.map((i) => texts[i] as string),
    labels: kept.map((i) => labels[i] as number),
    atMs: kept.map((i) => atMs[i] as number),
    writers: kept.map((i) => writers[i]),
  };
};
