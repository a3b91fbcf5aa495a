import { checkLevel, checkPositive } from '../errors/index.ts';
import { anytimeMultiplier } from '../experiment/index.ts';
import { studentQuantile } from '../special/index.ts';
import type { Scored } from './estimators.ts';
import type { UsedRows } from './log.ts';
import { clusteredError } from './weights.ts';

export interface IntervalSettings {
  /** 0.05 unless said. */
  readonly alpha?: number;
  /** Did the logging policy learn from the log (or: will this be looked at again)? True unless said. */
  readonly adaptive?: boolean;
  /** Where an adaptive interval shall be tightest: rows, fixed before; the length of the log unless said. */
  readonly plannedRows?: number;
}

export interface ValueInterval {
  readonly low: number;
  readonly high: number;
  readonly standardError: number;
}

/**
 * Standard error: the larger of the one over people's sums (a person's rows go together) and the one over rows (the quadratic variation of the
 * martingale that an adaptive log makes of Σ (influence - value)).
 *
 * Half-width: for a fixed logging policy Student's t with people - 1 degrees. For an adaptive one the normal-mixture boundary in
 * intrinsic time: a martingale's self-normalised sum need not become normal when the policy's probabilities never settle (Hadad,
 * Hirshberg, Zhan, Wager, Athey, PNAS 2021), but it stays under this boundary asymptotically (Waudby-Smith et al., arXiv 2103.06476, the
 * martingale version; arXiv 2210.10768 for off-policy values), at all looks together. About 1.5 times as wide. O(n).
 *
 * @throws EngineError `probability_out_of_range`, `out_of_range`, `nan`
 * @example intervalOf(scoreMethod({ kind: 'snips' }, terms), used, { adaptive: false }) // { low, high, standardError }
 */
export const intervalOf = (
  scored: Scored,
  used: UsedRows,
  settings: IntervalSettings = {},
): ValueInterval => {
  const { alpha = 0.05, adaptive = true } = settings;
  checkLevel('alpha', alpha);
  const { influence, value } = scored;
  const n = influence.length;
  let squares = 0;
  for (const score of influence) squares += (score - value) ** 2;
  const byRows = n < 2 ? Number.POSITIVE_INFINITY : Math.sqrt(squares / (n - 1) / n);
  const standardError = Math.max(byRows, clusteredError(influence, used, value));
  const multiplier = adaptive
    ? anytimeMultiplier(n, checkPositive('plannedRows', settings.plannedRows ?? n), alpha)
    : studentQuantile(1 - alpha / 2, Math.max(1, used.people - 1));
  // No spread at all is no spread seen, not certainty; the caller says so.
  const half = standardError === 0 ? 0 : multiplier * standardError;
  return { low: value - half, high: value + half, standardError };
};
