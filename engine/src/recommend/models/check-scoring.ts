import { checkAllFinite, checkLength, checkProbability, engineError } from '../../errors/index.ts';
import type { TasteHistory } from '../interactions/index.ts';

/** Weights beyond are no purchases, and their sums would not be finite. */
const HEAVIEST = 1e100;

/**
 * Throws unless the history's weights are numbers of at most 1e100, one for each item, its shares of own taste in [0, 1], its items known, and `out`
 * has room. O(history).
 */
export const checkScoring = (items: number, history: TasteHistory, out?: Float64Array): void => {
  const { item, weight } = history;
  checkLength('weight', weight.length, item.length);
  checkAllFinite('weight', weight);
  for (let h = 0; h < weight.length; h++)
    if (Math.abs(weight[h] as number) > HEAVIEST)
      throw engineError('out_of_range', `weight[${h}] is ${weight[h]}, beyond ${HEAVIEST}`, { index: h });
  for (const shares of [history.own, history.lastOwn]) {
    if (!shares) continue;
    checkLength('own', shares.length, item.length);
    for (const share of shares) checkProbability('own', share);
  }
  if (out) checkLength('out', out.length, items);
  for (let h = 0; h < item.length; h++) {
    if ((item[h] as number) >= items)
      throw engineError('out_of_range', `the history holds item ${item[h]}, the model knows ${items}`, {
        index: h,
      });
  }
};

/** Throws `out_of_range` unless the model knows the item. */
export const checkItem = (items: number, item: number): void => {
  if (!(Number.isInteger(item) && item >= 0 && item < items))
    throw engineError('out_of_range', `there is no item ${item} among ${items}`, { item });
};
