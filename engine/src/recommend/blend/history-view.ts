import type { TasteHistory } from '../interactions/index.ts';
import { ownOf } from '../models/own-taste.ts';

/** How a source sees a history whose weights are counts of orders × own taste. As it is, unless said. */
export interface HistoryView {
  /** Weights above count as this × own taste: 1 makes them “had it or not”, and gifts count less than 1, however many. */
  readonly cap?: number;
  /** Age of the last order after which an item speaks half as loud. */
  readonly halfLifeDays?: number;
}

const DAY_MS = 86_400_000;

/** O(history). */
export const viewOf = (
  history: TasteHistory,
  { cap = Infinity, halfLifeDays }: HistoryView,
  nowMs: number,
): TasteHistory => {
  if (cap === Infinity && halfLifeDays === undefined) return history;
  const weight = history.weight.map((value, h) => {
    const ageDays =
      halfLifeDays === undefined ? 0 : Math.max(0, nowMs - (history.lastAtMs[h] as number)) / DAY_MS;
    const own = ownOf(history, h);
    return (
      Math.min(own > 0 ? cap * own : 0, value) *
      (halfLifeDays === undefined ? 1 : 0.5 ** (ageDays / halfLifeDays))
    );
  });
  return { ...history, weight };
};
