import type { Codes } from './features.ts';

/** People's weight in a category's smoothing towards the average. */
const SMOOTHING = 5;

/**
 * Log odds of label 1 per category, learned from the rows of `from` only, smoothed towards the average so that a category of one person tells
 * little; a category never seen gets the average. O(n + categories).
 *
 * @example encodeCategories(codes, labels, trainingRows)[codes.values[person]]
 */
export const encodeCategories = (codes: Codes, labels: Uint8Array, from: Int32Array): Float64Array => {
  const ones = new Float64Array(codes.count);
  const all = new Float64Array(codes.count);
  let total = 0;
  for (const row of from) {
    const code = codes.values[row] as number;
    const label = labels[row] as number;
    all[code] = (all[code] as number) + 1;
    ones[code] = (ones[code] as number) + label;
    total += label;
  }
  const average = (total + 0.5) / (from.length + 1);
  return ones.map((count, code) => {
    const share = (count + SMOOTHING * average) / ((all[code] as number) + SMOOTHING);
    return Math.log(share / (1 - share));
  });
};
