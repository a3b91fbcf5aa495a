import type { TasteHistory } from '../interactions/index.ts';

/** How a source sees a history whose weights are counts of orders × own taste. As it is, unless said. */
export interface HistoryView {
  /** Weights above count as this: 1 makes them “had it or not”, and a gift still counts less than 1. */
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
    return Math.min(cap, value) * (halfLifeDays === undefined ? 1 : 0.5 ** (ageDays / halfLifeDays));
  });
  return { ...history, weight };
};
