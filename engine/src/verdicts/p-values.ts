import { checkAllFinite, checkLevel, checkProbability } from '../errors/index.ts';

/** What many tests come to together. */
export interface Verdicts {
  /** In the order given. */
  readonly rejected: readonly boolean[];
  /** p-values adjusted so that a test is rejected at any level above its own. In the order given. */
  readonly adjusted: Float64Array;
}

const checkAll = (pValues: ArrayLike<number>): void => {
  checkAllFinite('pValues', pValues);
  for (let i = 0; i < pValues.length; i++) checkProbability(`pValues[${i}]`, pValues[i] as number);
};

/** Indices from the smallest p-value on; equal ones in the order given. */
const ascending = (pValues: ArrayLike<number>): number[] =>
  Array.from(pValues, (_, i) => i).sort((a, b) => (pValues[a] as number) - (pValues[b] as number) || a - b);

const verdictsAt = (adjusted: Float64Array, alpha: number): Verdicts => ({
  rejected: Array.from(adjusted, (p) => p <= alpha),
  adjusted,
});

/**
 * Bonferroni: chance of one wrong rejection or more at most alpha, whatever the dependence. O(n).
 *
 * @throws EngineError `nan`, `not_finite`, `probability_out_of_range`
 * @example bonferroni([0.01, 0.04, 0.03], 0.05).rejected // [true, false, false]
 */
export const bonferroni = (pValues: ArrayLike<number>, alpha: number): Verdicts => {
  checkAll(pValues);
  checkLevel('alpha', alpha);
  const n = pValues.length;
  return verdictsAt(
    Float64Array.from(pValues, (p) => Math.min(1, n * p)),
    alpha,
  );
};

/**
 * Holm's step-down: the promise of Bonferroni, never fewer rejections. O(n log n). Source: Holm 1979.
 *
 * @throws EngineError `nan`, `not_finite`, `probability_out_of_range`
 * @example holm([0.01, 0.04, 0.03], 0.05).adjusted // [0.03, 0.06, 0.06]
 */
export const holm = (pValues: ArrayLike<number>, alpha: number): Verdicts => {
  checkAll(pValues);
  checkLevel('alpha', alpha);
  const adjusted = new Float64Array(pValues.length);
  let largest = 0;
  ascending(pValues).forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * (pValues[index] as number)));
    adjusted[index] = largest;
  });
  return verdictsAt(adjusted, alpha);
};

/**
 * Benjamini and Hochberg's step-up: among the rejected, at most the share alpha is wrong on average (false discovery rate), when tests
 * are independent or positively dependent; for any dependence divide by Σ 1/k (`dependence: 'any'`, Benjamini and Yekutieli 2001).
 * O(n log n). Source: Benjamini and Hochberg 1995.
 *
 * @throws EngineError `nan`, `not_finite`, `probability_out_of_range`
 * @example benjaminiHochberg([0.01, 0.04, 0.03], 0.05).rejected // [true, true, true]
 */
export const benjaminiHochberg = (
  pValues: ArrayLike<number>,
  alpha: number,
  dependence: 'positive' | 'any' = 'positive',
): Verdicts => {
  checkAll(pValues);
  checkLevel('alpha', alpha);
  const n = pValues.length;
  let factor = 1;
  if (dependence === 'any') for (let k = 2; k <= n; k++) factor += 1 / k;
  const adjusted = new Float64Array(n);
  const order = ascending(pValues);
  let smallest = 1;
  for (let rank = n; rank >= 1; rank--) {
    const index = order[rank - 1] as number;
    smallest = Math.min(smallest, (pValues[index] as number) * ((factor * n) / rank));
    adjusted[index] = smallest;
  }
  return verdictsAt(adjusted, alpha);
};
