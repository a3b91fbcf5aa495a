import { checkFinite, engineError } from '../errors/index.ts';

/** Moments of values with weights: of importance-weighted rewards, for example. */
export interface WeightedMoments {
  readonly n: number;
  readonly weight: number;
  /** Σ w²: with `weight` it gives the effective sample size. */
  readonly squaredWeight: number;
  readonly mean: number;
  /** Σ w (x - mean)². */
  readonly m2: number;
  readonly maxWeight: number;
}

export const NO_WEIGHTED_MOMENTS: WeightedMoments = {
  n: 0,
  weight: 0,
  squaredWeight: 0,
  mean: 0,
  m2: 0,
  maxWeight: 0,
};

/** Two sets as one; O(1). */
export const mergeWeightedMoments = (a: WeightedMoments, b: WeightedMoments): WeightedMoments => {
  const weight = a.weight + b.weight;
  const delta = b.mean - a.mean;
  return {
    n: a.n + b.n,
    weight,
    squaredWeight: a.squaredWeight + b.squaredWeight,
    mean: weight === 0 ? 0 : a.mean + delta * (b.weight / weight),
    m2: weight === 0 ? 0 : a.m2 + b.m2 + delta * delta * a.weight * (b.weight / weight),
    maxWeight: Math.max(a.maxWeight, b.maxWeight),
  };
};

/**
 * West's weighted update (1979) over two arrays of equal length; weights >= 0. O(n).
 *
 * @throws EngineError `length_mismatch`, `nan`, `not_finite`, `negative_weight`
 * @example weightedMomentsOf([1, 3], [3, 1]).mean // 1.5
 */
export const weightedMomentsOf = (values: ArrayLike<number>, weights: ArrayLike<number>): WeightedMoments => {
  if (values.length !== weights.length)
    throw engineError('length_mismatch', `${values.length} values, ${weights.length} weights`);
  let weight = 0;
  let squaredWeight = 0;
  let mean = 0;
  let m2 = 0;
  let maxWeight = 0;
  for (let i = 0; i < values.length; i++) {
    const value = checkFinite(`values[${i}]`, values[i] as number);
    const w = checkFinite(`weights[${i}]`, weights[i] as number);
    if (w < 0) throw engineError('negative_weight', `weights[${i}] is below 0: ${w}`, { index: i });
    if (w === 0) continue;
    weight += w;
    squaredWeight += w * w;
    if (w > maxWeight) maxWeight = w;
    const delta = value - mean;
    mean += delta * (w / weight);
    m2 += w * delta * (value - mean);
  }
  return { n: values.length, weight, squaredWeight, mean, m2, maxWeight };
};

/** Kish's effective sample size (Σ w)²/Σ w², in [1, n]; 0 when nothing has a weight. */
export const effectiveSampleSize = (moments: WeightedMoments): number =>
  moments.squaredWeight === 0 ? 0 : moments.weight * (moments.weight / moments.squaredWeight);
