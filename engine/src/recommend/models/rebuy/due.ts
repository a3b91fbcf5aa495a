import { checkFinite } from '../../../errors/index.ts';
import { normalCdf } from '../../../special/index.ts';
import type { TasteHistory } from '../../interactions/index.ts';
import { checkScoring } from '../check-scoring.ts';
import type { RebuyModel } from './fit.ts';
import { daysSince, logMeanGap } from './gaps.ts';

/** When a past item is due again. */
export interface RebuyDue {
  readonly item: number;
  /** Usual days between two orders: the item's, drawn to the person's own. */
  readonly cycleDays: number;
  /** Last order + cycle. */
  readonly dueAtMs: number;
  /** Share of cycles that are over after as long as it has been by now, in [0, 1]; 0.5 at `dueAtMs`. */
  readonly over: number;
  /** Expected orders with the item a day. */
  readonly ratePerDay: number;
}

const DAY_MS = 86_400_000;

/** ln(days) until the next order of a pair, normal: the item's, drawn to the person's own as far as people differ. */
const nextGap = (model: RebuyModel, history: TasteHistory, entry: number) => {
  const usual = model.logGap[history.item[entry] as number] as number;
  const gaps = (history.orders[entry] as number) - 1;
  // The item's mean weighs as much as so many gaps of one's own (normal prior and noise).
  const prior = (model.gapSpread / model.pairSpread) ** 2;
  const mean = gaps < 1 ? usual : (prior * usual + gaps * logMeanGap(history, entry)) / (prior + gaps);
  const unknown = (model.pairSpread ** 2 * prior) / (prior + gaps);
  return { mean, spread: Math.sqrt(model.gapSpread ** 2 + unknown) };
};

/** Share of the pair's cycles that are over by `nowMs`; 1 where nothing is known of cycles: nothing is held back for it. */
export const shareOver = (
  model: RebuyModel,
  history: TasteHistory,
  { entry, nowMs }: { readonly entry: number; readonly nowMs: number },
): number => {
  if (model.gaps === 0) return 1;
  const days = daysSince(history.lastAtMs[entry] as number, nowMs);
  if (days === 0) return 0;
  const { mean, spread } = nextGap(model, history, entry);
  return normalCdf((Math.log(days) - mean) / spread);
};

/**
 * Expected orders a day with a past item. Of what the person did not take for themselves (weight below the number of orders)
 * repeats count in proportion.
 */
export const pairRate = (
  model: RebuyModel,
  history: TasteHistory,
  { entry, nowMs }: { readonly entry: number; readonly nowMs: number },
): number => {
  const orders = history.orders[entry] as number;
  const own = Math.min(1, (history.weight[entry] as number) / orders);
  const rate = model.rate[history.item[entry] as number] as number;
  const days = daysSince(history.firstAtMs[entry] as number, nowMs);
  return (own * (model.pairDays * rate + orders - 1)) / (model.pairDays + days);
};

/**
 * When each past item is due again, in the history's order; or that nobody has ever bought anything again. O(history).
 *
 * @throws EngineError `out_of_range` for an item the model does not know, `nan`, `not_finite`
 * @example
 * const due = rebuyDue(model, history, Date.now());
 * if (due.kind === 'due') due.items.filter(({ over }) => over > 0.5); // due by now
 */
export const rebuyDue = (
  model: RebuyModel,
  history: TasteHistory,
  nowMs: number,
):
  | { readonly kind: 'due'; readonly items: readonly RebuyDue[] }
  | { readonly kind: 'no_answer'; readonly reason: 'nothing_bought_again' } => {
  checkScoring(model.items, history);
  checkFinite('nowMs', nowMs);
  if (model.gaps === 0) return { kind: 'no_answer', reason: 'nothing_bought_again' };
  const items = Array.from(history.item, (item, entry): RebuyDue => {
    const cycleDays = Math.exp(nextGap(model, history, entry).mean);
    return {
      item,
      cycleDays,
      dueAtMs: (history.lastAtMs[entry] as number) + cycleDays * DAY_MS,
      over: shareOver(model, history, { entry, nowMs }),
      ratePerDay: pairRate(model, history, { entry, nowMs }),
    };
  });
  return { kind: 'due', items };
};
