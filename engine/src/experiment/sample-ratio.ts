import { chiSquareTail, logGamma } from './gamma.ts';

export interface SampleRatio {
  /** Pearson's chi-square p-value for one look, degrees of freedom = arms - 1. */
  readonly pValue: number;
  /**
   * p-value that may be looked at again and again: 1/Bayes factor of a Dirichlet around the planned shares against them.
   * Reference: Lindon and Malek, "Anytime-valid inference for multinomial count data", arXiv 2011.03567.
   */
  readonly anytimePValue: number;
}

/** Spread of the alternative: about ±1.6 percentage points around 50/50, the size of a typical broken assignment. */
const CONCENTRATION = 1000;

const checkCounts = (counts: readonly number[], shares: readonly number[]): void => {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (counts.length !== shares.length || counts.length < 2)
    throw new RangeError('sampleRatio: need one share per arm, two arms or more');
  if (counts.some((count) => !(count >= 0)) || shares.some((share) => !(share >= 0)) || !(total > 0)) {
    throw new RangeError('sampleRatio: counts and shares must be >= 0 and the shares must not all be 0');
  }
};

/**
 * Do the arms hold as many people as their shares say? `counts` people per arm; `shares` in any unit (they are divided by
 * their sum). An arm with share 0 counts in the degrees of freedom only.
 *
 * @example sampleRatio([5200, 4800], [0.5, 0.5]).pValue // 6.3e-5
 */
export const sampleRatio = (counts: readonly number[], shares: readonly number[]): SampleRatio => {
  checkCounts(counts, shares);
  const shareTotal = shares.reduce((sum, share) => sum + share, 0);
  const people = counts.reduce((sum, count) => sum + count, 0);
  if (people === 0) return { pValue: 1, anytimePValue: 1 };
  let chiSquare = 0;
  let logBayesFactor = 0;
  let used = 0;
  shares.forEach((share, i) => {
    const expectedShare = share / shareTotal;
    if (expectedShare === 0) return;
    const count = counts[i] as number;
    const prior = CONCENTRATION * expectedShare;
    chiSquare += (count - expectedShare * people) ** 2 / (expectedShare * people);
    logBayesFactor += logGamma(prior + count) - logGamma(prior) - count * Math.log(expectedShare);
    used += count;
  });
  logBayesFactor += logGamma(CONCENTRATION) - logGamma(CONCENTRATION + used);
  return {
    pValue: chiSquareTail(chiSquare, counts.length - 1),
    anytimePValue: Math.min(1, Math.exp(-logBayesFactor)),
  };
};
