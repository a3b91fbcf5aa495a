import { Temporal } from 'temporal-polyfill';

/** Midnight of the shop's day seven days ago: a campaign of that morning is in the week whatever the hour now. */
export const weekBefore = (now: Date, timeZone: string): Date =>
  new Date(
    Temporal.Instant.fromEpochMilliseconds(now.getTime())
      .toZonedDateTimeISO(timeZone)
      .subtract({ days: 7 })
      .startOfDay().epochMilliseconds,
  );
