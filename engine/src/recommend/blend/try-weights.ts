import { type Discounts, discountsTo } from '../evaluate/index.ts';
import type { CandidateScores } from './candidate-scores.ts';

/** What some weights reach on the people of the search. */
export interface WeightsTried {
  readonly weights: Float64Array;
  /** Mean over people. */
  readonly ndcg: number;
  readonly perPerson: Float64Array;
  /** Share of the rankable items in any list, mean over periods. */
  readonly coverage: number;
  /** NDCG less what is missing of the coverage asked. */
  readonly value: number;
}

export interface TrialAims {
  /** NDCG of the first k, coverage of the first `wide`. */
  readonly k: number;
  readonly wide: number;
  readonly leastCoverage: number;
}

/** The best so far, best first. */
interface BestList {
  readonly score: Float64Array;
  readonly at: Uint32Array;
  length: number;
}

/** Ties keep what came first: candidates ascend. */
const insert = (list: BestList, score: number, at: number): void => {
  let place = list.length;
  while (place > 0 && (list.score[place - 1] as number) < score) place--;
  // Lists are short: a loop is several times as fast as copyWithin.
  for (let to = Math.min(list.length, list.at.length - 1); to > place; to--) {
    list.score[to] = list.score[to - 1] as number;
    list.at[to] = list.at[to - 1] as number;
  }
  list.score[place] = score;
  list.at[place] = at;
  if (list.length < list.at.length) list.length += 1;
};

/** Ranks the candidates of one person. */
const rank = (
  list: BestList,
  { start, score }: CandidateScores,
  of: { person: number; weights: Float64Array },
): void => {
  const { weights } = of;
  const sources = weights.length;
  const end = start[of.person + 1] as number;
  list.length = 0;
  let least = -Infinity;
  for (let c = start[of.person] as number; c < end; c++) {
    let total = 0;
    for (let s = 0, at = c * sources; s < sources; s++, at++)
      total += (weights[s] as number) * (score[at] as number);
    if (total <= least) continue;
    insert(list, total, c);
    if (list.length === list.at.length) least = list.score[list.length - 1] as number;
  }
};

const gainOf = (list: BestList, isWanted: Uint8Array, { gain }: Discounts): number => {
  let gained = 0;
  for (let r = 0; r < Math.min(gain.length, list.length); r++)
    if (isWanted[list.at[r] as number] === 1) gained += gain[r] as number;
  return gained;
};

/** A function that measures weights on the people of some periods. O(candidates × sources). */
export const createTrial = (periods: readonly CandidateScores[], { k, wide, leastCoverage }: TrialAims) => {
  const discounts = discountsTo(k);
  const depth = Math.max(k, wide);
  const list: BestList = { score: new Float64Array(depth), at: new Uint32Array(depth), length: 0 };
  const people = periods.reduce((sum, period) => sum + period.people, 0);
  return (weights: Float64Array): WeightsTried => {
    const perPerson = new Float64Array(people);
    let done = 0;
    let coverage = 0;
    for (const period of periods) {
      const shown = new Uint8Array(period.items);
      for (let person = 0; person < period.people; person++) {
        rank(list, period, { person, weights });
        const most = discounts.ideal[Math.min(k, period.wanted[person] as number)] as number;
        perPerson[done++] = gainOf(list, period.isWanted, discounts) / most;
        for (let r = 0; r < Math.min(wide, list.length); r++)
          shown[period.item[list.at[r] as number] as number] = 1;
      }
      coverage += shown.reduce((a, b) => a + b, 0) / Math.max(1, period.rankable) / periods.length;
    }
    const ndcg = perPerson.reduce((a, b) => a + b, 0) / Math.max(1, people);
    return {
      weights: weights.slice(),
      ndcg,
      perPerson,
      coverage,
      value: ndcg - Math.max(0, leastCoverage - coverage),
    };
  };
};
