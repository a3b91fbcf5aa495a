import type { Calibrator } from '../../calibration/index.ts';
import { checkCount } from '../../errors/index.ts';
import type { Candidates } from '../filters/index.ts';
import { type ControlReport, type Controls, controlledList } from './controls.ts';
import { costOfList, type Relevant, relevanceOf } from './relevance.ts';
import { type SurprisePlace, type SurpriseSettings, surprise } from './surprise.ts';

export interface RerankSettings extends Controls {
  /** Length of the list. */
  readonly count: number;
  /** What scores mean, by `fitRelevanceCurve`. Without it costs are told in scores, which is too low for most models. */
  readonly curve?: Calibrator;
  /** A share for surprise. */
  readonly surprise?: SurpriseSettings;
}

export interface RerankedPlace {
  readonly item: number;
  /** Its score, as it came. */
  readonly score: number;
  /** Probability of the item at this place given the places before; 1 where chance has no say. */
  readonly propensity: number;
}

export interface Reranked {
  readonly list: readonly RerankedPlace[];
  /** Share of the predicted score given up against the plain ranking by the controls, places counted as NDCG does; 0 to 1. */
  readonly cost: number;
  /** What of it came from which control. */
  readonly controls: readonly ControlReport[];
  /** What chance gives up on average, and the places it had a say in: log them. */
  readonly surprise: { readonly cost: number; readonly places: readonly SurprisePlace[] };
  /** Whether costs are shares of chances, of scores, or of what scores are above the worst candidate's (where some are below 0). */
  readonly scale: Relevant['scale'];
}

/**
 * Orders candidates for one person by more than their score, and says what that costs. Nothing but candidates can be in the list: what
 * `topEligible` left out stays out. Give some ten times as many candidates as places. O(count × candidates), seven times per
 * control with `mostCost`.
 *
 * @throws EngineError `length_mismatch`, `nan`, `not_finite`, `repeated_unit`, `negative_count`, `probability_out_of_range`, `out_of_range`
 * @example
 * const { list, cost } = rerank(topEligible(scores, eligible, 200), {
 *   count: 10,
 *   curve,
 *   diversity: { likeness: (a, b) => likenessBetween(content, a, b).similarity, mostCost: 0.03 },
 *   surprise: { share: 0.1, random },
 * });
 */
export const rerank = (candidates: Candidates, settings: RerankSettings): Reranked => {
  const count = checkCount('count', settings.count);
  const relevant = relevanceOf(candidates, settings.curve);
  const { item, score, relevance, scale } = relevant;
  const { list, reports } = controlledList(relevant, settings, count);
  const chance = settings.surprise
    ? surprise({ item, relevance, list, settings: settings.surprise })
    : { list, places: [], cost: 0 };
  const propensity = new Float64Array(list.length).fill(1);
  for (const place of chance.places) propensity[place.place] = place.propensity;
  return {
    list: Array.from(chance.list, (k, place) => ({
      item: item[k] as number,
      score: score[k] as number,
      propensity: propensity[place] as number,
    })),
    cost: costOfList(relevance, list),
    controls: reports,
    surprise: { cost: chance.cost, places: chance.places },
    scale,
  };
};
