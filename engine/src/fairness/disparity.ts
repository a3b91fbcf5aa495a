import { engineError } from '../errors/index.ts';
import type { Confusion } from './confusion.ts';
import { type Metric, partOf, rateOf } from './rates.ts';

/** The raw figures, no interval, no minimum size: for tables and comparisons with other tools. */
export interface Disparity {
  /** Largest less smallest rate; null where it is undefined. */
  readonly difference: number | null;
  /** Smallest / largest; null where it is undefined or 0/0. */
  readonly ratio: number | null;
  /** Largest distance of a group to everybody's rate. */
  readonly differenceToOverall: number | null;
  readonly overall: number | null;
  /** Indices of groups without this rate. */
  readonly undefinedGroups: readonly number[];
}

/** `null` one group without the rate makes all undefined; `leave_out` it is named and left out (at least two must stay). */
export type UndefinedRule = 'null' | 'leave_out';

/**
 * How far a rate differs between groups, by Fairlearn's definitions (max - min, min / max). O(groups).
 *
 * @throws EngineError `empty_input`, `negative_count`
 * @example disparityOf('selection', groups).ratio // 0.6
 */
export const disparityOf = (
  metric: Metric,
  groups: readonly Confusion[],
  undefinedRule: UndefinedRule = 'null',
): Disparity => {
  if (groups.length === 0) throw engineError('empty_input', 'a disparity needs groups');
  const rates = groups.map((group) => rateOf(metric, group));
  const undefinedGroups = rates.flatMap((rate, at) => (rate === null ? [at] : []));
  const known = rates.filter((rate) => rate !== null);
  const sum = { count: 0, of: 0 };
  for (const group of groups) {
    const { count, of } = partOf(metric, group);
    sum.count += count;
    sum.of += of;
  }
  const overall = sum.of === 0 ? null : sum.count / sum.of;
  const nothing = { difference: null, ratio: null, differenceToOverall: null, overall, undefinedGroups };
  if (overall === null || (undefinedRule === 'null' && undefinedGroups.length > 0)) return nothing;
  if (undefinedGroups.length > 0 && known.length < 2) return nothing;
  const high = Math.max(...known);
  const low = Math.min(...known);
  return {
    difference: high - low,
    ratio: high === 0 ? null : low / high,
    differenceToOverall: Math.max(high - overall, overall - low),
    overall,
    undefinedGroups,
  };
};

/**
 * Equalised odds: the larger (`worst`) or the mean of the differences of true and false positive rates; null where one is undefined.
 *
 * @example equalisedOdds(groups).worst // 0.4
 */
export const equalisedOdds = (
  groups: readonly Confusion[],
  undefinedRule: UndefinedRule = 'null',
): { readonly worst: number | null; readonly mean: number | null } => {
  const right = disparityOf('truePositive', groups, undefinedRule).difference;
  const wrong = disparityOf('falsePositive', groups, undefinedRule).difference;
  return right === null || wrong === null
    ? { worst: null, mean: null }
    : { worst: Math.max(right, wrong), mean: (right + wrong) / 2 };
};
