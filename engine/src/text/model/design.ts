import type { Corpus } from './corpus.ts';
import { createLookup, dampen, signOf, type Vocabulary } from './vocabulary.ts';

/** Sparse rows: row i has the entries `starts[i]` up to `starts[i + 1]`. */
export interface Design {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Float64Array;
  readonly columnOf: Uint32Array;
  readonly values: Float32Array;
  readonly labels: Uint8Array;
}

/** The texts `from` up to `to` as rows: words and pieces each of length 1. O(n-grams). */
export const buildDesign = (
  corpus: Corpus,
  [from, to]: readonly [number, number],
  vocabulary: Vocabulary,
): Design => {
  const place = createLookup(vocabulary);
  const most = (corpus.starts[to] as number) - (corpus.starts[from] as number);
  const columnOf = new Uint32Array(most);
  const values = new Float32Array(most);
  const starts = new Float64Array(to - from + 1);
  const raw = new Float64Array(most);
  let size = 0;
  for (let i = from; i < to; i++) {
    const begin = size;
    const squares = [0, 0];
    for (let k = corpus.starts[i] as number; k < (corpus.starts[i + 1] as number); k++) {
      const name = corpus.names[k] as number;
      const at = place(name);
      if (at < 0) continue;
      const mark = corpus.marks[k] as number;
      const value = signOf(name) * dampen(mark >>> 1) * (vocabulary.idf[at] as number);
      columnOf[size] = at * 2 + (mark & 1);
      raw[size++] = value;
      squares[mark & 1] = (squares[mark & 1] as number) + value * value;
    }
    const scales = squares.map((square) => (square > 0 ? 1 / Math.sqrt(square) : 0));
    for (let k = begin; k < size; k++) {
      values[k] = (raw[k] as number) * (scales[(columnOf[k] as number) & 1] as number);
      columnOf[k] = (columnOf[k] as number) >>> 1;
    }
    starts[i - from + 1] = size;
  }
  return {
    rows: to - from,
    columns: vocabulary.buckets.length,
    starts,
    columnOf: columnOf.slice(0, size),
    values: values.slice(0, size),
    labels: corpus.labels.slice(from, to),
  };
};
