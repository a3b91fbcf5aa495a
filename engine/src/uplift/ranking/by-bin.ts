import { engineError } from '../../errors/index.ts';
import { noAnswer, type RankingAnswer } from './areas.ts';
import { type RankingInput, rankedFrom } from './ranked.ts';

export interface ByBinOptions {
  /** From 1 to the number of people (by arm: of the smaller arm). */
  readonly bins: number;
  /** `overall` cuts the ranked people, `by_arm` each arm. `overall` unless said. */
  readonly among?: 'overall' | 'by_arm';
}

export interface UpliftBin {
  readonly treated: number;
  readonly control: number;
  readonly uplift: RankingAnswer;
}

export interface UpliftByBin {
  readonly bins: readonly UpliftBin[];
  /** Mean of the bins' uplifts, weighted by the treated (scikit-uplift's weighted_average_uplift). */
  readonly weightedAverage: RankingAnswer;
}

/** The first n mod bins parts have one more, as numpy.array_split does. */
const parts = (rows: Int32Array, bins: number): readonly Int32Array[] => {
  const size = Math.floor(rows.length / bins);
  const longer = rows.length % bins;
  let start = 0;
  return Array.from({ length: bins }, (_, b) => {
    const part = rows.subarray(start, start + size + (b < longer ? 1 : 0));
    start += part.length;
    return part;
  });
};

/**
 * Uplift from the highest scores to the lowest, in bins of equal size; of equal scores the later row comes first. O(n log n).
 *
 * @throws EngineError as `qiniCurve`, and `out_of_range` for `bins`
 * @example upliftByBin({ outcomes, treated, scores }, { bins: 10 }).bins[0] // the best tenth
 */
export const upliftByBin = (input: RankingInput, { bins, among }: ByBinOptions): UpliftByBin => {
  const { order, treated, outcomes } = rankedFrom(input);
  const arm = (t: number, rows: Int32Array): Int32Array => rows.filter((row) => treated[row] === t);
  const most = among === 'by_arm' ? Math.min(arm(1, order).length, arm(0, order).length) : order.length;
  if (!(Number.isInteger(bins) && bins >= 1 && bins <= most))
    throw engineError('out_of_range', `bins must be a whole number from 1 to ${most}, got ${bins}`, { bins });
  const whole = parts(order, bins);
  const split = (t: number): readonly Int32Array[] =>
    among === 'by_arm' ? parts(arm(t, order), bins) : whole.map((part) => arm(t, part));
  const controls = split(0);
  const mean = (rows: Int32Array): number =>
    rows.reduce((sum, row) => sum + (outcomes[row] as number), 0) / rows.length;
  const made = split(1).map((rows, b): UpliftBin => {
    const control = controls[b] as Int32Array;
    const uplift: RankingAnswer =
      rows.length > 0 && control.length > 0
        ? { kind: 'value', value: mean(rows) - mean(control) }
        : noAnswer('empty_arm');
    return { treated: rows.length, control: control.length, uplift };
  });
  let sum = 0;
  let weight = 0;
  for (const { treated: size, uplift } of made) {
    if (uplift.kind === 'no_answer') return { bins: made, weightedAverage: uplift };
    sum += size * uplift.value;
    weight += size;
  }
  return { bins: made, weightedAverage: { kind: 'value', value: sum / weight } };
};
