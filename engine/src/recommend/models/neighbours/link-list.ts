import type { Links } from './links.ts';

/** Links in one piece of memory; a list of pieces grows without a copy. */
const PIECE = 2 ** 18;

interface Piece {
  readonly item: Uint32Array;
  readonly weight: Float64Array;
}

/** A list of links that grows, item by item in ascending order. */
export const createLinkList = (items: number) => {
  const start = new Uint32Array(items + 1);
  const pieces: (Piece | undefined)[] = [];
  let count = 0;
  return {
    /** The links of past item i: those of `kept` with a value above 0. */
    add: (i: number, kept: Uint32Array, values: Float64Array): void => {
      for (let t = 0; t < kept.length; t++) {
        const j = kept[t] as number;
        const weight = values[j] as number;
        if (!(weight > 0)) continue;
        const at = count % PIECE;
        if (at === 0) pieces.push({ item: new Uint32Array(PIECE), weight: new Float64Array(PIECE) });
        const piece = pieces[pieces.length - 1] as Piece;
        piece.item[at] = j;
        piece.weight[at] = weight;
        count += 1;
      }
      start[i + 1] = count;
    },
    links: (): Links => {
      const item = new Uint32Array(count);
      const weight = new Float64Array(count);
      for (let p = 0; p < pieces.length; p++) {
        const piece = pieces[p] as Piece;
        const length = Math.min(PIECE, count - p * PIECE);
        item.set(piece.item.subarray(0, length), p * PIECE);
        weight.set(piece.weight.subarray(0, length), p * PIECE);
        // As the whole grows, its pieces go.
        pieces[p] = undefined;
      }
      return { start, item, weight };
    },
  };
};
