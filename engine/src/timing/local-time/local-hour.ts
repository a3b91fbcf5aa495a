import type { Zone } from './zone.ts';

export const HOUR_MS = 3_600_000;
/** Hours of a week, from Monday 00:00 local (0) to Sunday 23:00 (167). */
export const WEEK_HOURS = 168;
/** 1 January 1970 was a Thursday: 72 hours after Monday 00:00. */
const FIRST_HOUR = 72;

/**
 * Whole hours on the local clock since 1970-01-01 00:00 local: equal for all instants that show the same date and hour. O(1).
 *
 * @throws EngineError as `Zone.offsetAt`
 * @example localHour(zoneOf('Asia/Kolkata'), 0) // 5: 05:30 on 1 January 1970
 */
export const localHour = (zone: Zone, atMs: number): number =>
  Math.floor((atMs + zone.offsetAt(atMs)) / HOUR_MS);

/**
 * Hour of the week of a local hour, 0 (Monday 00:00) to 167.
 *
 * @example hourOfWeek(localHour(zone, atMs))
 */
export const hourOfWeek = (hour: number): number =>
  (((hour + FIRST_HOUR) % WEEK_HOURS) + WEEK_HOURS) % WEEK_HOURS;
