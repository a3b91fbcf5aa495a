import type { TasteHistory } from '../interactions/index.ts';
import { checkItem, checkScoring } from './check-scoring.ts';
import type { Explanation } from './model.ts';

/**
 * The explanation of a score that is a base and a sum over the past: `partOf(h)` is what the history's entry h adds. Parts
 * are added in the history's order, as scores are, so that both agree to the last bit.
 */
export const explainSum = (
  history: TasteHistory,
  base: number,
  partOf: (entry: number) => number,
): Explanation => {
  const parts: { item: number; contribution: number }[] = [];
  let score = base;
  for (let h = 0; h < history.item.length; h++) {
    const contribution = partOf(h);
    if (contribution === 0) continue;
    score += contribution;
    parts.push({ item: history.item[h] as number, contribution });
  }
  parts.sort((a, b) => b.contribution - a.contribution || a.item - b.item);
  return { score, base, parts };
};

/** Throws what is wrong with a question for an explanation. */
export const checkExplained = (items: number, history: TasteHistory, item: number): void => {
  checkScoring(items, history);
  checkItem(items, item);
};
