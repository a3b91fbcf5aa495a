import { checkLength, checkLevel } from '../../errors/index.ts';
import { cholesky, inverseQuadraticForm, type Matrix, matrix } from '../../linear/index.ts';
import { designOf } from '../../linear-models/index.ts';
import { chiSquareTail, normalTail, normalUpperQuantile } from '../../special/index.ts';
import type { CrossFitted } from './cross-fit.ts';

export interface Heterogeneity {
  /** `not_seen` is no proof that people are alike: the interval of `explained` says how much could hide. */
  readonly kind: 'people_differ' | 'not_seen';
  /** Of both tests together (the smaller one, doubled). */
  readonly pValue: number;
  /** Do effects go with any feature, linearly? A robust score test, all features at once. */
  readonly features: { readonly statistic: number; readonly degrees: number; readonly pValue: number };
  /**
   * Do effects go with the predicted ones? The slope (1: predictions are right on average; 0: they say nothing), one-sided, and how much of a
   * standard deviation of effects the predictions explain, in the outcome's unit. Not asked when all scores of a fold are the same.
   */
  readonly prediction:
    | {
        readonly kind: 'value';
        readonly slope: number;
        readonly standardError: number;
        readonly pValue: number;
        readonly explained: { readonly value: number; readonly low: number; readonly high: number };
      }
    | { readonly kind: 'no_answer'; readonly reason: 'no_spread' };
}

const without = ({ rows, columns, values }: Matrix, dropped: number): Matrix => {
  const out = matrix(rows - 1, columns - 1);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++)
      if (i !== dropped && j !== dropped) out.values[at++] = values[i * columns + j] as number;
  }
  return out;
};

/** sᵀ M⁻¹ s, columns that follow from earlier ones left out. */
const quadratic = (meat: Matrix, score: Float64Array): { statistic: number; degrees: number } => {
  let m = meat;
  let s = score;
  for (;;) {
    if (m.rows === 0) return { statistic: 0, degrees: 0 };
    const made = cholesky(m, 1e-9);
    if (made.kind === 'factor') return { statistic: inverseQuadraticForm(made, s), degrees: m.rows };
    const { row } = made;
    m = without(m, row);
    s = s.filter((_, k) => k !== row);
  }
};

const testFeatures = (features: Matrix, effects: Float64Array): Heterogeneity['features'] => {
  const n = effects.length;
  const { width, values } = designOf(features, new Float64Array(n).fill(1));
  const k = width - 1;
  const mean = effects.reduce((a, b) => a + b, 0) / n;
  const score = new Float64Array(k);
  const meat = matrix(k, k);
  for (let i = 0; i < n; i++) {
    const r = (effects[i] as number) - mean;
    for (let a = 0; a < k; a++) {
      const za = r * (values[i * width + 1 + a] as number);
      score[a] = (score[a] as number) + za;
      for (let b = 0; b <= a; b++)
        meat.values[a * k + b] =
          (meat.values[a * k + b] as number) + za * r * (values[i * width + 1 + b] as number);
    }
  }
  const { statistic, degrees } = quadratic(meat, score);
  return { statistic, degrees, pValue: degrees === 0 ? 1 : chiSquareTail(statistic, degrees) };
};

/** Each fold's scores come from a model of their own: compared within folds. */
const centred = (values: Float64Array, fold: Uint8Array): Float64Array => {
  const sums = new Float64Array(256);
  const counts = new Float64Array(256);
  values.forEach((x, i) => {
    const f = fold[i] as number;
    sums[f] = (sums[f] as number) + x;
    counts[f] = (counts[f] as number) + 1;
  });
  return values.map(
    (x, i) => x - (sums[fold[i] as number] as number) / (counts[fold[i] as number] as number),
  );
};

const testPrediction = (
  { scores, effects, fold }: CrossFitted,
  alpha: number,
): Heterogeneity['prediction'] => {
  const s = centred(scores, fold);
  const e = centred(effects, fold);
  let squares = 0;
  let product = 0;
  let largest = 0;
  for (let i = 0; i < s.length; i++) {
    squares += (s[i] as number) ** 2;
    product += (s[i] as number) * (e[i] as number);
    largest = Math.max(largest, Math.abs(scores[i] as number));
  }
  const spread = Math.sqrt(squares / s.length);
  if (!(spread > 1e-12 * largest)) return { kind: 'no_answer', reason: 'no_spread' };
  const slope = product / squares;
  let meat = 0;
  for (let i = 0; i < s.length; i++)
    meat += (s[i] as number) ** 2 * ((e[i] as number) - slope * (s[i] as number)) ** 2;
  const standardError = Math.sqrt(meat) / squares;
  const half = normalUpperQuantile(alpha / 2) * standardError * spread;
  const value = slope * spread;
  return {
    kind: 'value',
    slope,
    standardError,
    pValue: standardError > 0 ? normalTail(slope / standardError) : 1,
    explained: { value, low: value - half, high: value + half },
  };
};

/**
 * Do people differ in what the treatment does to them, at all? Another question than whom to treat: they may differ and yet everybody gain.
 * Two tests of cross-fitted doubly robust effects, by Bonferroni: a robust score test on the features (best linear projection, Semenova
 * and Chernozhukov, arXiv 1702.06240) and a one-sided one on the predictions (Chernozhukov, Demirer, Duflo and Fernández-Val,
 * arXiv 1712.04802). O(n columns²).
 *
 * @throws EngineError `length_mismatch`, `probability_out_of_range`
 * @example peopleDiffer(features, fitted).kind // 'people_differ' or 'not_seen'
 */
export const peopleDiffer = (
  features: Matrix,
  fitted: CrossFitted,
  { alpha = 0.05 }: { readonly alpha?: number } = {},
): Heterogeneity => {
  checkLevel('alpha', alpha);
  checkLength('rows of features', features.rows, fitted.effects.length);
  const linear = testFeatures(features, fitted.effects);
  const prediction = testPrediction(fitted, alpha);
  const other = prediction.kind === 'value' ? prediction.pValue : 1;
  const pValue = Math.min(1, 2 * Math.min(linear.pValue, other));
  return { kind: pValue <= alpha ? 'people_differ' : 'not_seen', pValue, features: linear, prediction };
};
