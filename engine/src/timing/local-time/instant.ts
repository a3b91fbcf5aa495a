import type { Zone } from './zone.ts';

const DAY_MS = 86_400_000;

/** When a local clock shows a time. */
export interface LocalInstant {
  /** `skipped`: the clock jumps over it · `twice`: the clock is set back and shows it again. */
  readonly kind: 'once' | 'twice' | 'skipped';
  /** Ms since 1970: the first time of two; for a skipped one as much later as the clock jumps (02:30 becomes 03:30). */
  readonly atMs: number;
}

/**
 * The instant at which the clock of a zone shows `localMs` (a date and time as if it were UTC), with the rule “compatible” of RFC 5545 and
 * Temporal for times that are skipped or come twice. O(1).
 *
 * @throws EngineError as `Zone.offsetAt`
 * @example instantOf(zoneOf('Europe/Paris'), Date.UTC(2025, 2, 30, 2, 30)) // skipped: 01:30 UTC, when the clock shows 03:30
 */
export const instantOf = (zone: Zone, localMs: number): LocalInstant => {
  // No zone is more than a day from UTC, and none changes twice within two days.
  const before = zone.offsetAt(localMs - DAY_MS);
  const after = zone.offsetAt(localMs + DAY_MS);
  const early = localMs - before;
  const late = localMs - after;
  const fitsEarly = zone.offsetAt(early) === before;
  const fitsLate = zone.offsetAt(late) === after;
  if (fitsEarly && fitsLate)
    return { kind: before === after ? 'once' : 'twice', atMs: Math.min(early, late) };
  if (fitsEarly || fitsLate) return { kind: 'once', atMs: fitsEarly ? early : late };
  return { kind: 'skipped', atMs: early };
};
