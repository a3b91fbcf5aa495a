import type { TasteHistory } from '../interactions/index.ts';

/** The share of own taste of the history's entry. */
export const ownOf = ({ own }: TasteHistory, entry: number): number =>
  own === undefined ? 1 : (own[entry] as number);

/**
 * How loud a mean over the past may speak: min(1, Σ own). A mean of gifts alone would say as much as one of own purchases; whoever
 * has one thing of their own, or several in part, speaks in full. O(history).
 */
export const voiceOf = (history: TasteHistory): number => {
  const entries = history.item.length;
  if (history.own === undefined) return Math.min(1, entries);
  let sum = 0;
  for (let h = 0; h < entries; h++) sum += history.own[h] as number;
  return Math.min(1, sum);
};
