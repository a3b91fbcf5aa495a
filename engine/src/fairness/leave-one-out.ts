import { checkAllFinite, checkCount, checkLength, engineError } from '../errors/index.ts';
import { sampleQuantile } from '../quantiles/index.ts';
import type { Random } from '../random/index.ts';
import { type Attribute, checkAttribute } from './attribute.ts';
import type { Estimate } from './estimate.ts';

/** What a model decides with some features. */
export interface Decided {
  /** 1 = selected, one per person, the same people each time; on people the model was not trained on. */
  readonly selected: ArrayLike<number>;
  /** What the decision is worth for each person (1 = right, or money): its mean is the utility. */
  readonly utility: Float64Array;
}

export interface LeaveOneOutInput {
  readonly features: readonly string[];
  /** Trains and decides with these features only. */
  readonly decide: (features: readonly string[]) => Decided;
  readonly attribute: Attribute;
  readonly random: Random;
  /** Share of the whole utility that may be lost for a proposal; default 0.01. */
  readonly acceptableLoss?: number;
  /** Default 200. */
  readonly resamples?: number;
}

export interface WithoutFeature {
  readonly feature: string;
  /** Largest less smallest selection rate with all features, less the same without this one: positive when it helps. */
  readonly gapReduction: Estimate;
  /** Mean utility lost: positive when it costs. */
  readonly utilityLoss: Estimate;
  /** The gap is smaller for certain (interval above 0) and the loss acceptable with its whole interval. */
  readonly proposed: boolean;
}

export interface LeaveOneOutReport {
  readonly gap: number;
  readonly utility: number;
  /** Largest reduction of the gap first. */
  readonly features: readonly WithoutFeature[];
}

/** Gap and mean utility of one decision under people's weights. */
const measure = (decided: Decided, attribute: Attribute, weights: Uint8Array) => {
  const chosen = new Float64Array(attribute.levels.length);
  const all = new Float64Array(attribute.levels.length);
  let worth = 0;
  let people = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    const group = attribute.values[i] as number;
    worth += weight * (decided.utility[i] as number);
    people += weight;
    if (group < 0) continue;
    all[group] = (all[group] as number) + weight;
    chosen[group] = (chosen[group] as number) + weight * (decided.selected[i] as number);
  }
  const rates = [...all.keys()]
    .filter((group) => (all[group] as number) > 0)
    .map((group) => (chosen[group] as number) / (all[group] as number));
  return {
    gap: rates.length === 0 ? 0 : Math.max(...rates) - Math.min(...rates),
    utility: people === 0 ? 0 : worth / people,
  };
};

const estimateOf = (value: number, drawn: readonly number[], tail: number): Estimate => {
  const sorted = Float64Array.from(drawn).toSorted();
  const at = (share: number): number => sampleQuantile(sorted, share, { sorted: true });
  return { value, low: Math.min(value, at(tail)), high: Math.max(value, at(1 - tail)) };
};

/**
 * Trains once without each feature and says by how much the gap in selection rates and the utility fall: which feature to leave out.
 * Intervals: Poisson bootstrap over people, the same weights for all (so that differences are paired), 95 % over all features
 * together. Cost: features + 1 trainings and O(resamples × features × people).
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`, `unknown_key`, `out_of_range`
 * @example leaveOneFeatureOut({ features: ['hour', 'postcode'], decide, attribute: origin, random: createRandom(1) }).features[0]
 */
export const leaveOneFeatureOut = ({
  features,
  decide,
  attribute,
  random,
  acceptableLoss = 0.01,
  resamples = 200,
}: LeaveOneOutInput): LeaveOneOutReport => {
  if (features.length < 2) throw engineError('empty_input', 'leaving one out needs two features or more');
  if (checkCount('resamples', resamples) < 20)
    throw engineError('out_of_range', 'resamples must be at least 20', { resamples });
  const n = attribute.values.length;
  checkAttribute(attribute, n);
  const decisions = [undefined, ...features].map((without) => {
    const decided = decide(features.filter((feature) => feature !== without));
    checkLength('selected', decided.selected.length, n);
    checkLength('utility', decided.utility.length, n);
    checkAllFinite('utility', decided.utility);
    return decided;
  });
  const weights = new Uint8Array(n).fill(1);
  const points = decisions.map((decided) => measure(decided, attribute, weights));
  const drawn: { gap: number; utility: number }[][] = decisions.map(() => []);
  for (let i = 0; i < resamples; i++) {
    for (let person = 0; person < n; person++) weights[person] = random.poisson(1);
    for (const [at, decided] of decisions.entries()) drawn[at]?.push(measure(decided, attribute, weights));
  }
  const [whole, ...others] = points as [{ gap: number; utility: number }, ...typeof points];
  const tail = 0.025 / features.length;
  const found = others.map((point, at): WithoutFeature => {
    const gaps: number[] = [];
    const losses: number[] = [];
    for (let i = 0; i < resamples; i++) {
      const base = drawn[0]?.[i] ?? whole;
      const other = drawn[at + 1]?.[i] ?? point;
      gaps.push(base.gap - other.gap);
      losses.push(base.utility - other.utility);
    }
    const gapReduction = estimateOf(whole.gap - point.gap, gaps, tail);
    const utilityLoss = estimateOf(whole.utility - point.utility, losses, tail);
    return {
      feature: features[at] as string,
      gapReduction,
      utilityLoss,
      proposed: gapReduction.low > 0 && utilityLoss.high <= acceptableLoss * Math.abs(whole.utility),
    };
  });
  return {
    ...whole,
    features: found.toSorted((a, b) => b.gapReduction.value - a.gapReduction.value),
  };
};
