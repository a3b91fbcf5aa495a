import { checkCount, engineError } from '../errors/index.ts';
import { chiSquareTail, logGamma } from '../special/index.ts';

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

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const checkCounts = (counts: readonly number[], shares: readonly number[]): void => {
  if (counts.length !== shares.length)
    throw engineError('length_mismatch', `sampleRatio: ${counts.length} counts, ${shares.length} shares`);
  if (counts.length < 2) throw engineError('one_arm', 'sampleRatio: need two arms or more');
  counts.forEach((count, i) => {
    checkCount(`counts[${i}]`, count);
  });
  if (shares.some((share) => !(share >= 0 && share < Infinity)) || !(sumOf(shares) > 0))
    throw engineError('negative_weight', 'sampleRatio: shares must be >= 0 and must not all be 0');
};

/** Chi-square with its degrees of freedom, and ln of the Bayes factor, which is an e-process. */
const evidence = (counts: readonly number[], shares: readonly number[]) => {
  checkCounts(counts, shares);
  const shareTotal = sumOf(shares);
  const people = sumOf(counts);
  let chiSquare = 0;
  let logE = 0;
  let used = 0;
  shares.forEach((share, i) => {
    const expectedShare = share / shareTotal;
    if (expectedShare === 0 || people === 0) return;
    const count = counts[i] as number;
    const prior = CONCENTRATION * expectedShare;
    chiSquare += (count - expectedShare * people) ** 2 / (expectedShare * people);
    logE += logGamma(prior + count) - logGamma(prior) - count * Math.log(expectedShare);
    used += count;
  });
  if (people > 0) logE += logGamma(CONCENTRATION) - logGamma(CONCENTRATION + used);
  return { chiSquare, degrees: people === 0 ? 0 : counts.length - 1, logE };
};

const answer = (parts: readonly ReturnType<typeof evidence>[]): SampleRatio => {
  const degrees = sumOf(parts.map((part) => part.degrees));
  const logE = sumOf(parts.map((part) => part.logE));
  return {
    pValue: degrees === 0 ? 1 : chiSquareTail(sumOf(parts.map((part) => part.chiSquare)), degrees),
    anytimePValue: Math.min(1, Math.exp(-logE)),
  };
};

/**
 * Do the arms hold as many people as their shares say? `counts` people per arm; `shares` in any unit (they are divided by
 * their sum). An arm with share 0 counts in the degrees of freedom only. O(arms).
 *
 * @throws EngineError `length_mismatch`, `one_arm`, `negative_count`, `negative_weight`, `nan`, `not_finite`
 * @example sampleRatio([5200, 4800], [0.5, 0.5]).pValue // 6.3e-5
 */
export const sampleRatio = (counts: readonly number[], shares: readonly number[]): SampleRatio =>
  answer([evidence(counts, shares)]);

export interface EpochCounts {
  /** People per arm who were assigned in this epoch. */
  readonly counts: readonly number[];
  /** The shares in force then. */
  readonly shares: readonly number[];
}

/**
 * The same when weights changed: each allocation epoch against its own shares. Chi-squares and their degrees add up; the Bayes factors
 * of epochs multiply, one being started when the one before has ended, so that their product may be looked at all the time. Comparing
 * totals with any one set of shares would alarm for nothing, or hide a fault. O(epochs × arms).
 *
 * @throws EngineError as `sampleRatio`; `empty_input`
 * @example sampleRatioByEpoch([{ counts: [100, 900], shares: [0.1, 0.9] }, { counts: [510, 490], shares: [0.5, 0.5] }])
 */
export const sampleRatioByEpoch = (
  epochs: readonly EpochCounts[],
): SampleRatio & { readonly perEpoch: readonly SampleRatio[] } => {
  if (epochs.length === 0) throw engineError('empty_input', 'sampleRatioByEpoch: no epochs');
  const parts = epochs.map(({ counts, shares }) => evidence(counts, shares));
  return { ...answer(parts), perEpoch: parts.map((part) => answer([part])) };
};
