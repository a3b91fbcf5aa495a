import { Temporal } from 'temporal-polyfill';

/** Local wall-clock times, half-open. `start` after `end`: the window runs over midnight. Equal: always open. */
export interface SendingWindow {
  readonly start: string;
  readonly end: string;
}

const inside = (time: Temporal.PlainTime, start: Temporal.PlainTime, end: Temporal.PlainTime): boolean => {
  const order = Temporal.PlainTime.compare(start, end);
  if (order === 0) return true;
  const afterStart = Temporal.PlainTime.compare(time, start) >= 0;
  const beforeEnd = Temporal.PlainTime.compare(time, end) < 0;
  return order < 0 ? afterStart && beforeEnd : afterStart || beforeEnd;
};

/** The zone if the platform knows it, else the fallback. */
export const knownZone = (zone: string | null, fallback: string): string => {
  if (!zone) return fallback;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
  } catch {
    return fallback;
  }
};

/**
 * Instants of one local day at which the window may open: its start on the wall clock (twice where clocks go back over
 * it), or the end of the gap where clocks go forward over it. Before and after midnight belong to the same list.
 */
const openings = (day: Temporal.PlainDate, start: Temporal.PlainTime, zone: string): Temporal.Instant[] => {
  const wall = day.toPlainDateTime(start);
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.toPlainDateTime().equals(wall)) return [earlier.toInstant(), later.toInstant()];
  // The start does not exist that day: `earlier` is before the gap, the clocks jump over the start at the next change.
  const gap = earlier.getTimeZoneTransition('next');
  return gap ? [gap.toInstant()] : [later.toInstant()];
};

/**
 * Null when `now` is inside the window on the wall clock of `zone`; otherwise the first instant after `now` that is.
 * Safe over changes of the clocks (RFC 9557 zones, IANA rules through Temporal).
 */
export const opensAt = (now: Date, zone: string, window: SendingWindow): Date | null => {
  const start = Temporal.PlainTime.from(window.start);
  const end = Temporal.PlainTime.from(window.end);
  const instant = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  const local = instant.toZonedDateTimeISO(zone);
  if (inside(local.toPlainTime(), start, end)) return null;
  const candidates: Temporal.Instant[] = [];
  for (const days of [0, 1, 2]) candidates.push(...openings(local.toPlainDate().add({ days }), start, zone));
  // Where clocks go back over the end, the window may open a second time on the repeated hour before it.
  const change = local.getTimeZoneTransition('next');
  if (change) candidates.push(change.toInstant());
  const next = candidates
    .filter((candidate) => Temporal.Instant.compare(candidate, instant) > 0)
    .filter((candidate) => inside(candidate.toZonedDateTimeISO(zone).toPlainTime(), start, end))
    .sort((one, other) => Temporal.Instant.compare(one, other))[0];
  if (!next) throw new Error(`No opening of ${window.start}–${window.end} found in ${zone}`);
  // Temporal counts nanoseconds; a Date that is rounded down could fall before the window.
  return new Date(Math.ceil(Number(next.epochNanoseconds) / 1e6));
};
