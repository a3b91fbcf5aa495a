import type { Confusion } from './confusion.ts';
import { type Metric, partOf } from './rates.ts';

/** Below these a group's rate is not assessed. */
export interface Minimums {
  /** People in the group; default 100. */
  readonly people: number;
  /** People in the rate's own denominator (positives for the true positive rate …); default 20. */
  readonly denominator: number;
}

export const MINIMUMS: Minimums = { people: 100, denominator: 20 };

/** Why a rate is not assessed: `nobody` in the group, or too few people in it, or too few that the rate is about. */
export type TooSmall = 'nobody' | 'too_few_people' | 'too_few_in_denominator';

/** undefined where the rate may be assessed. @example tooSmall('selection', { tp: 0, fp: 3, fn: 0, tn: 7 }, MINIMUMS) // 'too_few_people' */
export const tooSmall = (metric: Metric, group: Confusion, minimums: Minimums): TooSmall | undefined => {
  const people = partOf('base', group).of;
  if (people === 0) return 'nobody';
  if (people < minimums.people) return 'too_few_people';
  return partOf(metric, group).of < minimums.denominator ? 'too_few_in_denominator' : undefined;
};
