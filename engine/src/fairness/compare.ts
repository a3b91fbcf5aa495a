import { checkLevel, engineError } from '../errors/index.ts';
import { differenceOf, type Estimate, ratioOf } from './estimate.ts';

/** A group whose rate can be told, with its interval at any confidence. */
export interface Comparable {
  readonly group: string;
  readonly at: (confidence: number) => Estimate;
}

/** One pair of groups, a before b; both directions of the difference can be read from it. */
export interface Pair {
  readonly a: string;
  readonly b: string;
  /** a - b. */
  readonly difference: Estimate;
  /** a / b; null when both are 0. */
  readonly ratio: Estimate | null;
}

/**
 * - `alarm` some pair's ratio is below the alarm ratio with its whole interval
 * - `no_alarm` every pair's ratio is at or above it with its whole interval: no disparity of that size was found. Nothing more is said
 * - `unclear` neither: more people are needed
 * - `not_assessable` fewer than two groups can be told, or nobody was selected at all
 */
export type AlarmState = 'alarm' | 'no_alarm' | 'unclear' | 'not_assessable';

export interface Comparison {
  readonly state: AlarmState;
  readonly pairs: readonly Pair[];
  /** Largest less smallest rate; the interval holds the true one at the confidence asked, all pairs together. */
  readonly difference: Estimate | null;
  /** Smallest / largest rate in [0, 1], in the same way. */
  readonly ratio: Estimate | null;
  readonly lowest: string | null;
  readonly highest: string | null;
}

export interface CompareOptions {
  /** Of all intervals together; default 0.95. */
  readonly confidence?: number;
  /** Default 0.8: an alarm's threshold by custom (the US “four-fifths rule”), no legal standard here. */
  readonly alarmRatio?: number;
}

const NOTHING: Comparison = {
  state: 'not_assessable',
  pairs: [],
  difference: null,
  ratio: null,
  lowest: null,
  highest: null,
};

/** Largest or smallest of estimates that are all covered at once: so is their extreme, by the extremes of the ends. */
const extremeOf = (estimates: readonly Estimate[], pick: (...values: number[]) => number): Estimate => ({
  value: pick(...estimates.map(({ value }) => value)),
  low: pick(...estimates.map(({ low }) => low)),
  high: pick(...estimates.map(({ high }) => high)),
});

const stateOf = (ratio: Estimate | null, alarmRatio: number): AlarmState => {
  if (ratio === null) return 'not_assessable';
  if (ratio.high < alarmRatio) return 'alarm';
  return ratio.low >= alarmRatio ? 'no_alarm' : 'unclear';
};

/**
 * Compares all pairs of groups, their intervals at a Bonferroni level. With every pair covered at once the smallest ratio lies between the
 * smallest lower and the smallest upper end, so that picking the extreme groups after looking is paid for: an alarm where every
 * true ratio is at least `alarmRatio` has a probability of at most 1 - confidence. O(groups²).
 *
 * @throws EngineError `probability_out_of_range`, `out_of_range`
 * @example compareGroups([{ group: 'a', at: (c) => wilsonInterval(250, 1000, c) }, { group: 'b', at: (c) => wilsonInterval(120, 1000, c) }]).state // 'alarm'
 */
export const compareGroups = (
  groups: readonly Comparable[],
  { confidence = 0.95, alarmRatio = 0.8 }: CompareOptions = {},
): Comparison => {
  checkLevel('confidence', confidence);
  if (!(alarmRatio > 0 && alarmRatio <= 1)) {
    throw engineError('out_of_range', `alarmRatio must be in (0, 1], got ${alarmRatio}`, { alarmRatio });
  }
  const count = (groups.length * (groups.length - 1)) / 2;
  if (count === 0) return NOTHING;
  const level = 1 - (1 - confidence) / count;
  const estimates = groups.map(({ group, at }) => ({ group, estimate: at(level) }));
  const pairs: Pair[] = [];
  const gaps: Estimate[] = [];
  const ratios: Estimate[] = [];
  for (const [i, { group: a, estimate: first }] of estimates.entries()) {
    for (const { group: b, estimate: second } of estimates.slice(i + 1)) {
      const gap = differenceOf(first, second);
      const ratio = ratioOf(first, second);
      pairs.push({ a, b, difference: gap, ratio });
      gaps.push(gap, differenceOf(second, first));
      const inverse = ratioOf(second, first);
      if (ratio !== null && inverse !== null) ratios.push(ratio, inverse);
    }
  }
  const difference = extremeOf(gaps, Math.max);
  const ratio = ratios.length === 0 ? null : extremeOf(ratios, Math.min);
  const sorted = estimates.toSorted((x, y) => x.estimate.value - y.estimate.value);
  return {
    state: stateOf(ratio, alarmRatio),
    pairs,
    difference,
    ratio,
    lowest: sorted[0]?.group ?? null,
    highest: sorted.at(-1)?.group ?? null,
  };
};
