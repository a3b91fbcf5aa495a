import type { Calibrator } from '../../calibration/index.ts';
import { checkCount } from '../../errors/index.ts';
import type { Candidates } from '../filters/index.ts';
import { type ControlReport, type Controls, controlledList, costStated } from './controls.ts';
import { type CostAnswer, checkDial } from './learned-cost.ts';
import { costOfList, type Relevant, relevanceOf } from './relevance.ts';
import { type SurprisePlace, type SurpriseSettings, surprise } from './surprise.ts';

export interface RerankSettings extends Controls {
  /** Length of the list. */
  readonly count: number;
  /** What scores mean, by `fitRelevanceCurve`: what controls weigh against. Without it they weigh against scores. */
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
  /**
   * What lists made like this cost people, on average: the share of what they would have taken of plain ones, places counted as NDCG does, chance
   * included. 0 for a plain list; otherwise as it was learned with the last dial that is on, or why it cannot be told.
   */
  readonly cost: CostAnswer;
  /** Share of the predicted score that this list gives up before chance, 0 to 1. No price: it can be a third of what purchases say, or three times as much. */
  readonly predicted: number;
  /** What each control did. */
  readonly controls: readonly ControlReport[];
  /** What of the predicted score chance gives up on average, and the places it had a say in: log them. */
  readonly surprise: { readonly predicted: number; readonly places: readonly SurprisePlace[] };
  /** Whether predictions are shares of chances, of scores, or of what scores are above the worst candidate's (where some are below 0). */
  readonly scale: Relevant['scale'];
}

/**
 * Orders candidates for one person by more than their score, and says what that costs. Nothing but candidates can be in the list: what
 * `topEligible` left out stays out. Give some ten times as many candidates as places. O(count × candidates) per control.
 *
 * @throws EngineError `length_mismatch`, `nan`, `not_finite`, `repeated_unit`, `negative_count`, `probability_out_of_range`, `out_of_range`
 * @example
 * const { list, cost } = rerank(topEligible(scores, eligible, 200), {
 *   count: 10,
 *   curve,
 *   diversity: { likeness: (a, b) => likenessBetween(content, a, b).similarity, mostCost: 0.03, learned },
 *   surprise: { share: 0.1, random },
 * });
 */
export const rerank = (candidates: Candidates, settings: RerankSettings): Reranked => {
  const count = checkCount('count', settings.count);
  const relevant = relevanceOf(candidates, settings.curve);
  const { item, score, relevance, scale } = relevant;
  const { list, reports, cost, making } = controlledList(relevant, settings, count);
  checkDial('surprise', settings.surprise?.learned);
  const chance = settings.surprise
    ? surprise({ item, relevance, list, settings: settings.surprise })
    : { list, places: [], predicted: 0 };
  const { share = 0, learned } = settings.surprise ?? {};
  const propensity = new Float64Array(list.length).fill(1);
  for (const place of chance.places) propensity[place.place] = place.propensity;
  return {
    list: Array.from(chance.list, (k, place) => ({
      item: item[k] as number,
      score: score[k] as number,
      propensity: propensity[place] as number,
    })),
    cost: share > 0 ? costStated(share, learned, making) : cost,
    predicted: costOfList(relevance, list),
    controls: reports,
    surprise: { predicted: chance.predicted, places: chance.places },
    scale,
  };
};
