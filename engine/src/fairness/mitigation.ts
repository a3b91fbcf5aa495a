import { checkLength, engineError } from '../errors/index.ts';
import type { Confusion } from './confusion.ts';
import { rateOf } from './rates.ts';

export interface GroupChange {
  readonly group: string;
  /** Selection rates; null for nobody. */
  readonly before: number | null;
  readonly after: number | null;
}

export type MitigationFinding = {
  /** All groups, whatever the answer. */
  readonly groups: readonly GroupChange[];
  readonly gapBefore: number | null;
  readonly gapAfter: number | null;
} & (
  | { readonly kind: 'acceptable' }
  /** `levels_down`: no group gains and some lose, so the gap closes by taking away; `gap_not_smaller`: it does not help. */
  | { readonly kind: 'rejected'; readonly reason: 'levels_down' | 'gap_not_smaller' | 'nothing_to_compare' }
);

/** What two equal gaps may differ by. */
const ROUNDING = 1e-12;

const gapOf = (rates: readonly (number | null)[]): number | null => {
  const known = rates.filter((rate) => rate !== null);
  return known.length < 2 ? null : Math.max(...known) - Math.min(...known);
};

/**
 * Whether a change that is meant to close a gap does so without taking from everybody (“levelling down”). O(groups).
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `negative_count`
 * @example compareMitigation(['a', 'b'], before, after).kind // 'rejected' when both rates fell
 */
export const compareMitigation = (
  names: readonly string[],
  before: readonly Confusion[],
  after: readonly Confusion[],
): MitigationFinding => {
  if (names.length === 0) throw engineError('empty_input', 'no groups');
  checkLength('before', before.length, names.length);
  checkLength('after', after.length, names.length);
  const groups = names.map((group, at) => ({
    group,
    before: rateOf('selection', before[at] as Confusion),
    after: rateOf('selection', after[at] as Confusion),
  }));
  const gapBefore = gapOf(groups.map((group) => group.before));
  const gapAfter = gapOf(groups.map((group) => group.after));
  const figures = { groups, gapBefore, gapAfter };
  if (gapBefore === null || gapAfter === null)
    return { ...figures, kind: 'rejected', reason: 'nothing_to_compare' };
  const changes = groups.flatMap((group) =>
    group.before === null || group.after === null ? [] : [group.after - group.before],
  );
  if (changes.every((change) => change <= 0) && changes.some((change) => change < 0))
    return { ...figures, kind: 'rejected', reason: 'levels_down' };
  return gapAfter < gapBefore - ROUNDING
    ? { ...figures, kind: 'acceptable' }
    : { ...figures, kind: 'rejected', reason: 'gap_not_smaller' };
};
