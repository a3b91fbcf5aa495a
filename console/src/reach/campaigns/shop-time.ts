const partsIn = (at: Date, timeZone: string): Readonly<Record<string, string>> => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
};

/** An instant as the wall clock of a time zone shows it, `2026-03-10T09:00`, as `datetime-local` fields want it. */
export const toWallClock = (instant: string, timeZone: string): string => {
  const { year, month, day, hour, minute } = partsIn(new Date(instant), timeZone);
  return `${year}-${month}-${day}T${hour}:${minute}`;
};

/**
 * The instant at which the wall clock of a time zone shows this; null for what is no time. A time that is skipped in
 * spring becomes one an hour later; of one that comes twice in autumn the first is meant.
 */
export const fromWallClock = (wall: string, timeZone: string): string | null => {
  const asUtc = Date.parse(`${wall}:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) || Number.isNaN(asUtc)) return null;
  const offsetAt = (ms: number): number =>
    Date.parse(`${toWallClock(new Date(ms).toISOString(), timeZone)}:00Z`) - ms;
  // Both offsets around the day: a change of clocks lies between them at most once.
  const offsets = [offsetAt(asUtc - 86_400_000), offsetAt(asUtc + 86_400_000)];
  const candidates = offsets.map((offset) => asUtc - offset).toSorted((a, b) => a - b);
  const exact = candidates.find((ms) => ms + offsetAt(ms) === asUtc);
  const found = exact ?? candidates.at(-1) ?? asUtc;
  return new Date(found).toISOString();
};
