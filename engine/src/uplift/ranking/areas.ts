import { areaUnder, type Curve, type CurveKind, cellsOf, curveOf, perfectCurveOf } from './curves.ts';
import { type GroupSums, groupSums, type RankingInput, rankedFrom } from './ranked.ts';

/**
 * - `not_binary` a perfect order is defined for 0/1 outcomes only · `one_outcome` everybody has the same outcome
 * - `perfect_is_random` no order could do better than chance: nothing to divide by
 * - `negative_effect` without negative effects, a harmful treatment has no perfect curve
 * - `empty_arm` nobody of one arm among those people
 */
export type RankingReason =
  | 'not_binary'
  | 'one_outcome'
  | 'perfect_is_random'
  | 'negative_effect'
  | 'empty_arm';

export type RankingAnswer =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'no_answer'; readonly reason: RankingReason };

export const noAnswer = (reason: RankingReason): RankingAnswer => ({ kind: 'no_answer', reason });

/** Area between a curve and the straight line to `end`. */
const above = (curve: Curve, end: Curve): number => {
  const last = end.x.length - 1;
  return areaUnder(curve) - ((end.x[last] as number) * (end.y[last] as number)) / 2;
};

export interface AreaOptions {
  readonly curve: CurveKind;
  /** May a treatment harm some? True unless said; false changes the perfect Qini curve only. */
  readonly negativeEffect?: boolean;
}

/** Of sums per score; see `rankingArea`. */
export const areaOf = (sums: GroupSums, { curve, negativeEffect = true }: AreaOptions): RankingAnswer => {
  const cells = cellsOf(sums);
  if (cells.treatedYes + cells.controlYes === 0 || cells.treatedNo + cells.controlNo === 0)
    return noAnswer('one_outcome');
  let perfect = perfectCurveOf(curve, cells);
  if (curve === 'qini' && !negativeEffect) {
    const people = cells.treatedYes + cells.treatedNo + cells.controlYes + cells.controlNo;
    const treated = cells.treatedYes + cells.treatedNo;
    const most = cells.treatedYes - (treated * cells.controlYes) / (people - treated);
    if (most < 0) return noAnswer('negative_effect');
    perfect = { x: Float64Array.of(0, most, people), y: Float64Array.of(0, most, most) };
  }
  const best = above(perfect, perfect);
  return best === 0
    ? noAnswer('perfect_is_random')
    : { kind: 'value', value: above(curveOf(curve, sums), perfect) / best };
};

/**
 * Qini coefficient (`curve: 'qini'`) or AUUC (`'uplift'`) over that of the perfect order: 1 perfect, 0 chance, below 0 worse.
 * As scikit-uplift normalises it (Devriendt et al. 2018); for 0/1 outcomes. O(n log n).
 *
 * @throws EngineError as `qiniCurve`
 * @example rankingArea({ outcomes: [1, 0, 1, 0], treated: [1, 1, 0, 0], scores: [4, 3, 2, 1] }, { curve: 'qini' }) // 1/3
 */
export const rankingArea = (input: RankingInput, options: AreaOptions): RankingAnswer => {
  const ranked = rankedFrom(input);
  return ranked.binary ? areaOf(groupSums(ranked), options) : noAnswer('not_binary');
};

/**
 * Area between the uplift curve and chance, per person: in units of the outcome, for any outcome. Half the difference to the mean effect that
 * one gains on average over all shares. O(groups).
 */
export const plainAreaOf = (sums: GroupSums): number => {
  const curve = curveOf('uplift', sums);
  const people = curve.x[curve.x.length - 1] as number;
  return above(curve, curve) / people ** 2;
};
