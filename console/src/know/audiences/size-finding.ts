import type { SegmentSize } from '@mesure/contract/segments';

export type SizeFinding =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly count: number }
  | {
      readonly kind: 'grew' | 'shrank' | 'same';
      readonly from: number;
      readonly to: number;
      readonly since: string;
      /** Relative to the beginning; null where that was nobody. */
      readonly change: number | null;
      /** The rule was changed in between: the two ends do not speak of the same people. */
      readonly ruleChanged: boolean;
    };

/** What the sizes say, oldest first. Since the rule was changed last, where there are two counts since then. */
export const sizeFinding = (sizes: readonly SegmentSize[]): SizeFinding => {
  const last = sizes.at(-1);
  if (last === undefined) return { kind: 'none' };
  const ofThisRule = sizes.slice(sizes.findLastIndex(({ ruleHash }) => ruleHash !== last.ruleHash) + 1);
  const useful = ofThisRule.length > 1 ? ofThisRule : sizes;
  const first = useful[0] ?? last;
  if (useful.length < 2) return { kind: 'one', count: last.count };
  return {
    kind: last.count > first.count ? 'grew' : last.count < first.count ? 'shrank' : 'same',
    from: first.count,
    to: last.count,
    since: first.at,
    change: first.count === 0 ? null : last.count / first.count - 1,
    ruleChanged: useful.some(({ ruleHash }) => ruleHash !== last.ruleHash),
  };
};
