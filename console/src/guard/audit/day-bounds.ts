const minuteMs = 60_000;

/** Minutes that a zone is ahead of UTC at an instant, from what `Intl` tells of it. */
const offsetMinutes = (at: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return Math.round((wall - at) / minuteMs);
};

/** The instant at which a day (`2026-03-29`) begins in a time zone; `daysLater` days after that with 1, 2 … */
export const startOfDay = (day: string, timeZone: string, daysLater = 0): string => {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  const wall = Date.UTC(year, month - 1, date + daysLater);
  const guess = wall - offsetMinutes(wall, timeZone) * minuteMs;
  // Twice, because the offset may change between midnight in UTC and midnight there.
  return new Date(wall - offsetMinutes(guess, timeZone) * minuteMs).toISOString();
};
