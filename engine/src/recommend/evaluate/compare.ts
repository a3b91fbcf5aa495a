import { checkLength, checkLevel, engineError } from '../../errors/index.ts';
import type { PersonValues, RankingEvaluation } from './evaluate-ranking.ts';
import { differenceInterval, type MeanInterval } from './mean-interval.ts';

export interface ComparisonSettings {
  /** Default 10; must be among the cut-offs of both. */
  readonly k?: number;
  /** Default `ndcg`. */
  readonly metric?: Exclude<keyof PersonValues, 'k'>;
  /** Default 0.95. */
  readonly level?: number;
}

/**
 * How much better `a` ranks than `b`, person by person: far narrower than two intervals beside each other. Both must come from
 * the same task. O(people).
 *
 * @throws EngineError `length_mismatch` for different people, `out_of_range` for a cut-off that was not evaluated
 * @example compareRankings(blend, ease) // { mean: 0.028, low: 0.021, high: 0.035 }
 */
export const compareRankings = (
  a: RankingEvaluation,
  b: RankingEvaluation,
  { k = 10, metric = 'ndcg', level = 0.95 }: ComparisonSettings = {},
): MeanInterval => {
  checkLevel('level', level);
  checkLength('the people of b', b.people, a.people);
  const of = ({ values }: RankingEvaluation): Float64Array => {
    const found = values.find((one) => one.k === k);
    if (!found) throw engineError('out_of_range', `there is no cut-off ${k}`, { k });
    return found[metric];
  };
  const theirs = of(b);
  const differences = of(a).map((value, row) => value - (theirs[row] as number));
  const most =
    metric === 'novelty' ? differences.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) : 1;
  return differenceInterval(differences, { level, most });
};
