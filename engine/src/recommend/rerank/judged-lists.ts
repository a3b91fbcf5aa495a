import { type CalibrationBasis, fitIsotonic, type IsotonicCalibrator } from '../../calibration/index.ts';
import { checkLevel } from '../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import type { Candidates } from '../filters/index.ts';
import { type CostRatio, costRatio, expectedWorth, plainWorth } from './cost-ratio.ts';
import type { CostAnswer, NoStatedCost } from './learned-cost.ts';
import { relevanceOf } from './relevance.ts';
import { type RerankSettings, rerank } from './rerank.ts';

/** What one person could have been shown in a period that is over, by a model of the time before it, and what they then took. */
export interface JudgedList {
  readonly candidates: Candidates;
  readonly taken: Uint32Array;
}

export interface NoCurve {
  readonly kind: 'no_answer';
  /** Too few taken to tell better candidates from worse. */
  readonly reason: 'too_few_taken';
  readonly taken: number;
  readonly needed: number;
}

/** Below, a curve is noise. */
const FEWEST_TAKEN = 50;

/**
 * What scores mean: the chance that a candidate is taken, by its relevance (score over the person's best), never falling. Models' scores are
 * no chances: where iALS says .9 and 1, people may take 1 : 2, so controls weigh against scores as if they hardly fell. Give lists of a
 * period after the model's training. It is no price: for that there is `learnCost`. O(candidates log candidates).
 *
 * @throws EngineError `length_mismatch`, `nan`, `not_finite`, `repeated_unit`, `out_of_range`, `cancelled`
 * @example
 * const curve = fitRelevanceCurve(lists, { kind: 'held_out' });
 * rerank(candidates, { count: 10, ...(curve.kind === 'isotonic' && { curve }), diversity });
 */
export const fitRelevanceCurve = (
  lists: readonly JudgedList[],
  basis: CalibrationBasis,
  watch?: Watch,
): IsotonicCalibrator | NoCurve => {
  const scores: number[] = [];
  const outcomes: number[] = [];
  lists.forEach(({ candidates, taken }, k) => {
    if (k % 100 === 0) tell(watch, 'lists', (0.5 * k) / lists.length);
    const wanted = new Set(taken);
    const { item, relevance } = relevanceOf(candidates);
    for (const value of relevance) scores.push(value);
    for (const one of item) outcomes.push(wanted.has(one) ? 1 : 0);
  });
  const taken = outcomes.reduce((sum, outcome) => sum + outcome, 0);
  const none = { kind: 'no_answer', reason: 'too_few_taken', taken, needed: FEWEST_TAKEN } as const;
  if (taken < FEWEST_TAKEN) return none;
  const made = fitIsotonic({ scores, outcomes, basis }, watchPart(watch, 0.5, 1));
  return made.kind === 'isotonic' ? made : none;
};

/** What reranking said it costs, and what it did cost. Shares of what the plain lists would have had taken, places counted as NDCG does. */
export interface MeasuredCost {
  readonly kind: 'measured';
  readonly people: number;
  /** Mean of the costs that were stated; where one was not, its reason. */
  readonly stated: CostAnswer;
  /** Mean of what the lists gave up of the predicted score, chance included. */
  readonly predicted: number;
  /** Below 0 where reranking helped. The interval is over people. */
  readonly cost: CostRatio;
}

export interface NoMeasuredCost {
  readonly kind: 'no_answer';
  /** Nothing of the plain lists was taken: there is nothing to give up. */
  readonly reason: 'nothing_taken';
}

export interface MeasureCostSettings {
  /** The settings for the k-th list. */
  readonly at: (k: number) => RerankSettings;
  /** Of the interval. 0.95 unless said. */
  readonly level?: number;
}

const meanOf = (answers: readonly CostAnswer[]): CostAnswer => {
  const missing = answers.find((answer): answer is NoStatedCost => answer.kind === 'no_answer');
  if (missing) return missing;
  const sum = { estimate: 0, low: 0, high: 0 };
  for (const answer of answers) {
    if (answer.kind === 'no_answer') continue;
    sum.estimate += answer.estimate / answers.length;
    sum.low += answer.low / answers.length;
    sum.high += answer.high / answers.length;
  }
  return { kind: 'stated', ...sum };
};

/**
 * Reranks lists of a period that is over and counts what people took: what settings did cost, beside what they said. A ratio of sums with a
 * linearised standard error; what chance could have drawn is averaged. O(lists × reranking).
 *
 * @throws EngineError as `rerank`, `probability_out_of_range`, `cancelled`
 * @example measureCost(lists, { at: () => ({ count: 10, novelty: { bits, strength: 0.2, learned } }) }) // { stated, cost: { estimate: 0.04, … } }
 */
export const measureCost = (
  lists: readonly JudgedList[],
  { at, level = 0.95 }: MeasureCostSettings,
  watch?: Watch,
): MeasuredCost | NoMeasuredCost => {
  checkLevel('level', level);
  const people = lists.length;
  const plain = new Float64Array(people);
  const lost = new Float64Array(people);
  const stated: CostAnswer[] = [];
  let predicted = 0;
  lists.forEach(({ candidates, taken }, k) => {
    tell(watch, 'reranking', k / people);
    const wanted = new Set(taken);
    const settings = at(k);
    const found = rerank(candidates, settings);
    stated.push(found.cost);
    predicted += (found.predicted + found.surprise.predicted) / people;
    const before = plainWorth(rerank(candidates, { count: settings.count }), wanted);
    plain[k] = before;
    lost[k] = before - expectedWorth(found, wanted);
  });
  const cost = costRatio({ plain, lost }, level);
  if (!cost) return { kind: 'no_answer', reason: 'nothing_taken' };
  return { kind: 'measured', people, stated: meanOf(stated), predicted, cost };
};
