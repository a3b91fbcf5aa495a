import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { sortRows } from '../../sorting/index.ts';
import type { LogSums } from './line-walk.ts';

/** The shop's own spread of ln(value) within a person weighs as much as this many lines. */
const PRIOR_LINES = 5;
const LEAST_LINES = 3;

/**
 * How far ln(value) is from the person's other lines, in their standard deviations (drawn to the shop's `spread`). NaN where
 * there are fewer than three others, or the value is not known.
 */
export const unusualness = ({ n, sum, squares }: LogSums, value: number, spread: number): number => {
  if (n < LEAST_LINES || !(value > 0 && value < Infinity)) return Number.NaN;
  const mean = sum / n;
  const within = Math.max(0, squares - n * mean * mean);
  const variance = (within + PRIOR_LINES * spread ** 2) / (n + PRIOR_LINES);
  return Math.abs(Math.log(value) - mean) / Math.sqrt(variance);
};

/** Values between two words to the watch: a few milliseconds. */
const CHUNK = 1 << 16;

/** Standard deviation of ln(value) of all known values, summed in their order; 1 where they tell nothing. O(n). */
export const spreadOf = (values: Float64Array | undefined, watch?: Watch): number => {
  let n = 0;
  let mean = 0;
  let squares = 0;
  if (!values) return 1;
  for (const [k, row] of sortRows([values], watchPart(watch, 0, 0.8)).entries()) {
    if (k % CHUNK === 0) tell(watch, 'spread', 0.8 + (0.2 * k) / values.length);
    const value = values[row] as number;
    if (!(value > 0 && value < Infinity)) continue;
    const log = Math.log(value);
    n += 1;
    const delta = log - mean;
    mean += delta / n;
    squares += delta * (log - mean);
  }
  return n > 1 && squares > 0 ? Math.sqrt(squares / n) : 1;
};
