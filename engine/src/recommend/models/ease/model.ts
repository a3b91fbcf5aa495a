import type { TasteHistory } from '../../interactions/index.ts';
import { checkScoring } from '../check-scoring.ts';
import { checkExplained, explainSum } from '../explain.ts';
import type { TasteModel } from '../model.ts';

/** EASE (Steck, WWW 2019, "Embarrassingly Shallow Autoencoders for Sparse Data"): scores x B, B with a zero diagonal. */
export interface EaseModel {
  readonly kind: 'ease';
  /** Items of the catalogue. */
  readonly items: number;
  /** Those that somebody has, ascending; the others score 0. */
  readonly active: Uint32Array;
  /** active × active, row-major: what a past item (row) adds to the score of another one (column), per unit of weight. */
  readonly weights: Float64Array | Float32Array;
  readonly l2: number;
  /** No element of the columns that were checked is further than this from the exact B. */
  readonly errorBound: number;
}

/** Position among the active items, or -1. */
const ranksOf = ({ items, active }: EaseModel): Int32Array => {
  const rank = new Int32Array(items).fill(-1);
  for (let r = 0; r < active.length; r++) rank[active[r] as number] = r;
  return rank;
};

/** Moves scores of active items from the front of `out` to their places. From behind: a place is never before its rank. */
const spread = (active: Uint32Array, out: Float64Array): void => {
  if (active.length === out.length) return;
  for (let r = active.length - 1; r >= 0; r--) {
    const score = out[r] as number;
    out[r] = 0;
    out[active[r] as number] = score;
  }
};

/**
 * The model as a source of scores and explanations. Scoring costs 2 × history × active flops: 20 items of 4,000 take 0.1 ms.
 *
 * @example easeTaste(model).explain?.(history, 12) // { score, base: 0, parts: [{ item: 3, contribution: 0.21 }, …] }
 */
export const easeTaste = (model: EaseModel): TasteModel => {
  const { items, active, weights } = model;
  const n = active.length;
  const rank = ranksOf(model);
  const score = (history: TasteHistory, out: Float64Array): void => {
    checkScoring(items, history, out);
    out.fill(0);
    for (let h = 0; h < history.item.length; h++) {
      const row = rank[history.item[h] as number] as number;
      if (row < 0) continue;
      const weight = history.weight[h] as number;
      for (let j = 0, at = row * n; j < n; j++, at++)
        out[j] = (out[j] as number) + weight * (weights[at] as number);
    }
    spread(active, out);
  };
  return {
    kind: model.kind,
    items,
    score,
    explain: (history, item) => {
      checkExplained(items, history, item);
      const column = rank[item] as number;
      return explainSum(history, 0, (h) => {
        const row = rank[history.item[h] as number] as number;
        return row < 0 || column < 0
          ? 0
          : (history.weight[h] as number) * (weights[row * n + column] as number);
      });
    },
  };
};
