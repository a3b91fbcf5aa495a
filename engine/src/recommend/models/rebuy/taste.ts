import { checkFinite } from '../../../errors/index.ts';
import type { TasteHistory } from '../../interactions/index.ts';
import { rebuyScore } from '../../rebuy.ts';
import { checkScoring } from '../check-scoring.ts';
import { checkExplained, explainSum } from '../explain.ts';
import type { TasteModel } from '../model.ts';
import { pairRate, shareOver } from './due.ts';
import type { RebuyModel } from './fit.ts';

export interface RebuyView {
  /**
   * `rate` (default): orders with the item expected in 30 days. `orders`: the history's weight, ties by popularity: REBUY of the
   * published comparison, decayed where the history is.
   */
  readonly by?: 'rate' | 'orders';
  /** Times the share of the item's cycles that are over by now: what was just bought waits. Default false. */
  readonly whenDue?: boolean;
}

const HORIZON_DAYS = 30;
/** Popularity only orders what the person never bought: it stays below any expected order. */
const POPULARITY_RATE = 1e-6;

/**
 * What somebody buys again as a source of scores. Items outside the past have next to nothing: popularity orders them.
 * Time of scoring: `nowMs`, or when the model was fitted. O(items + history).
 *
 * @example rebuyTaste(model, { whenDue: true }).score(history, scores, Date.now())
 */
export const rebuyTaste = (
  model: RebuyModel,
  { by = 'rate', whenDue = false }: RebuyView = {},
): TasteModel => {
  const { items, popular } = model;
  const base = popular.map((share) => (by === 'orders' ? rebuyScore(0, share) : POPULARITY_RATE * share));
  const partOf = (history: TasteHistory, entry: number, nowMs: number): number => {
    const strength =
      by === 'orders'
        ? (history.weight[entry] as number)
        : HORIZON_DAYS * pairRate(model, history, { entry, nowMs });
    return whenDue ? strength * shareOver(model, history, { entry, nowMs }) : strength;
  };
  return {
    kind: model.kind,
    items,
    score: (history, out, nowMs = model.nowMs) => {
      checkScoring(items, history, out);
      checkFinite('nowMs', nowMs);
      out.set(base);
      for (let h = 0; h < history.item.length; h++) {
        const item = history.item[h] as number;
        out[item] = (out[item] as number) + partOf(history, h, nowMs);
      }
    },
    explain: (history, item, nowMs = model.nowMs) => {
      checkExplained(items, history, item);
      checkFinite('nowMs', nowMs);
      return explainSum(history, base[item] as number, (h) =>
        history.item[h] === item ? partOf(history, h, nowMs) : 0,
      );
    },
  };
};
