import { type CalibrationBasis, fitIsotonic, type IsotonicCalibrator } from '../../calibration/index.ts';
import { checkLevel, engineError } from '../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { normalUpperQuantile } from '../../special/index.ts';
import type { Candidates } from '../filters/index.ts';
import { discountAt, relevanceOf } from './relevance.ts';
import { type Reranked, type RerankSettings, rerank } from './rerank.ts';

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
 * no chances: where iALS says .9 and 1, people may take 1 : 2, so a cost told in scores is far too low. Give lists of a period after the
 * model's training. O(candidates log candidates).
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
  /** Mean of the costs that were told. */
  readonly stated: number;
  /** Below 0 where reranking helped. The interval is over people. */
  readonly cost: { readonly estimate: number; readonly low: number; readonly high: number };
}

export interface NoMeasuredCost {
  readonly kind: 'no_answer';
  /** Nothing of the plain lists was taken: there is nothing to give up. */
  readonly reason: 'nothing_taken';
}

const listed = ({ list }: Reranked): readonly number[] => list.map(({ item }) => item);

const worth = (list: Iterable<number>, taken: ReadonlySet<number>): number => {
  let sum = 0;
  let place = 0;
  for (const item of list) {
    if (taken.has(item)) sum += discountAt(place);
    place += 1;
  }
  return sum;
};

/**
 * Reranks lists of a period that is over and counts what people took: the honest price of a setting. What is told beforehand knows scores
 * only, and what novelty and diversity bring up is rarer than its score says, so measured costs are higher. A ratio of sums with a
 * linearised standard error (Cochran 1977, §6.4). O(lists × reranking).
 *
 * @throws EngineError as `rerank`, `probability_out_of_range`, `cancelled`
 * @example measureCost(lists, { count: 10, curve, novelty: { bits, mostCost: 0.03 } }) // { stated: 0.022, cost: { estimate: 0.04, … } }
 */
export const measureCost = (
  lists: readonly JudgedList[],
  { level = 0.95, ...settings }: RerankSettings & { readonly level?: number },
  watch?: Watch,
): MeasuredCost | NoMeasuredCost => {
  const z = normalUpperQuantile((1 - checkLevel('level', level)) / 2);
  const plain = new Float64Array(lists.length);
  const lost = new Float64Array(lists.length);
  let stated = 0;
  lists.forEach(({ candidates, taken }, k) => {
    if (k % 16 === 0) tell(watch, 'reranking', k / lists.length);
    const wanted = new Set(taken);
    const found: Reranked = rerank(candidates, settings);
    stated += found.cost + found.surprise.cost;
    const before = worth(listed(rerank(candidates, { count: settings.count })), wanted);
    plain[k] = before;
    lost[k] = before - worth(listed(found), wanted);
  });
  const total = plain.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return { kind: 'no_answer', reason: 'nothing_taken' };
  const estimate = lost.reduce((sum, value) => sum + value, 0) / total;
  let squares = 0;
  for (let k = 0; k < lists.length; k++)
    squares += ((lost[k] as number) - estimate * (plain[k] as number)) ** 2;
  const n = lists.length;
  // One person has no spread: the interval is all there is.
  const half = n > 1 ? (z * Math.sqrt((squares * n) / (n - 1))) / total : 1;
  if (!Number.isFinite(half)) throw engineError('not_finite', 'the interval of the cost is not finite');
  return {
    kind: 'measured',
    people: n,
    stated: stated / n,
    cost: { estimate, low: estimate - half, high: Math.min(1, estimate + half) },
  };
};
