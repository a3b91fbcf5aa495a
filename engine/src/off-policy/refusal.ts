import type { OverlapDiagnostics } from './weights.ts';

/** When a log says nothing about a policy. */
export interface RefusalRules {
  /** Effective sample size, over rows and over people. 100 unless said. */
  readonly minimumEss?: number;
  /** Share of all weight in one row. 0.1 unless said. */
  readonly largestShare?: number;
  /** The target's probability on what the log cannot show. 0.01 unless said. */
  readonly missingSupport?: number;
  /** Distance of the mean weight from 1, in its standard errors. 3 unless said. */
  readonly meanWeightErrors?: number;
}

/**
 * - `no_rows` no row had a choice · `small_ess` too few rows (or people) carry the weight · `one_row_dominates`
 * - `missing_support` the target does what the log never shows · `outside_constraints` the target does what was not allowed
 * - `mean_weight_not_one` the logged propensities are wrong, or support is missing
 */
export interface Refusal {
  readonly reason:
    | 'no_rows'
    | 'small_ess'
    | 'one_row_dominates'
    | 'missing_support'
    | 'outside_constraints'
    | 'mean_weight_not_one';
  readonly found: number;
  readonly limit: number;
}

/**
 * Every rule that is broken; none: the log can answer. O(1).
 *
 * @example refusalsOf(overlap, { minimumEss: 200 }) // [{ reason: 'small_ess', found: 151.2, limit: 200 }]
 */
export const refusalsOf = (found: OverlapDiagnostics, rules: RefusalRules = {}): readonly Refusal[] => {
  if (found.rows === 0) return [{ reason: 'no_rows', found: 0, limit: 1 }];
  const { minimumEss = 100, largestShare = 0.1, missingSupport = 0.01, meanWeightErrors = 3 } = rules;
  const refusals: Refusal[] = [];
  const ess = Math.min(found.ess, found.essPeople);
  if (ess < minimumEss) refusals.push({ reason: 'small_ess', found: ess, limit: minimumEss });
  if (found.largestShare > largestShare)
    refusals.push({ reason: 'one_row_dominates', found: found.largestShare, limit: largestShare });
  if (found.missingSupport > missingSupport)
    refusals.push({ reason: 'missing_support', found: found.missingSupport, limit: missingSupport });
  if (found.outsideConstraints > 1e-9)
    refusals.push({ reason: 'outside_constraints', found: found.outsideConstraints, limit: 0 });
  const distance = Math.abs(found.meanWeight - 1);
  // Rounding alone must not refuse a log whose weights are all 1.
  if (distance > Math.max(1e-9, meanWeightErrors * found.standardErrorMeanWeight))
    refusals.push({
      reason: 'mean_weight_not_one',
      found: found.meanWeight,
      limit: meanWeightErrors * found.standardErrorMeanWeight,
    });
  return refusals;
};
