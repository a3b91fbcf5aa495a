import { checkAllFinite, checkFinite } from '../../../errors/index.ts';
import type { TasteHistory } from '../../interactions/index.ts';
import { checkScoring } from '../check-scoring.ts';
import { checkExplained, explainSum } from '../explain.ts';
import type { TasteModel } from '../model.ts';
import { type SequenceModel, worthOf } from './fit.ts';

/**
 * What each entry of the history is worth: the latest instant is one step behind now, the one before it two. An entry speaks by its
 * last order's share of own taste, and a step with one voice, as where it was learned.
 */
const worthsOf = (
  model: SequenceModel,
  { lastAtMs, own, lastOwn = own }: TasteHistory,
  nowMs: number,
): Float64Array => {
  checkAllFinite('lastAtMs', lastAtMs);
  checkFinite('nowMs', nowMs);
  const worths = new Float64Array(lastAtMs.length);
  const shareOf = (h: number): number => (lastOwn ? (lastOwn[h] as number) : 1);
  let before = Number.POSITIVE_INFINITY;
  for (let behind = 1; behind <= model.window; behind++) {
    let latest = Number.NEGATIVE_INFINITY;
    let size = 0;
    for (let h = 0; h < lastAtMs.length; h++) {
      const at = lastAtMs[h] as number;
      const share = shareOf(h);
      if (at >= before || at < latest || share === 0) continue;
      size = at === latest ? size + share : share;
      latest = at;
    }
    if (size === 0) break;
    const worth = worthOf(model, behind, nowMs - latest) / Math.max(1, size);
    for (let h = 0; h < lastAtMs.length; h++) if (lastAtMs[h] === latest) worths[h] = shareOf(h) * worth;
    before = latest;
  }
  return worths;
};

/**
 * The model as a source of scores and explanations: the `window` latest steps of the past, each item with its links, the latest step
 * most. A score of 0 means that nothing of it was seen to be followed by the item. O(window × history + links of those items + items).
 *
 * @example sequenceTaste(fitSequence(events)).score(historyOf(interactions, 7), scores)
 */
export const sequenceTaste = (model: SequenceModel): TasteModel => {
  const { items, start, item, weight } = model;
  return {
    kind: model.kind,
    items,
    score: (history, out, nowMs = model.nowMs) => {
      checkScoring(items, history, out);
      const worths = worthsOf(model, history, nowMs);
      out.fill(0);
      for (let h = 0; h < history.item.length; h++) {
        const worth = worths[h] as number;
        if (worth === 0) continue;
        const from = history.item[h] as number;
        const end = start[from + 1] as number;
        for (let l = start[from] as number; l < end; l++) {
          const to = item[l] as number;
          out[to] = (out[to] as number) + worth * (weight[l] as number);
        }
      }
    },
    explain: (history, to, nowMs = model.nowMs) => {
      checkExplained(items, history, to);
      const worths = worthsOf(model, history, nowMs);
      return explainSum(history, 0, (h) => {
        const from = history.item[h] as number;
        const link = item.subarray(start[from], start[from + 1]).indexOf(to);
        return link < 0 ? 0 : (worths[h] as number) * (weight[(start[from] as number) + link] as number);
      });
    },
  };
};
