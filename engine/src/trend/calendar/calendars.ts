import { checkCount, checkFinite, checkLength, engineError } from '../../errors/index.ts';
import type { Bucket } from './bucket.ts';

const HOUR_MS = 3_600_000;
/** 1 January 1970 was a Thursday; weekdays run from Monday = 0. */
const EPOCH_WEEKDAY = 3;
/** A day that crosses the date line. */
const LONGEST_DAY = 48;
const MOST_OFFSET = 1440;
/** More than a thousand years of hours. */
const MOST_BUCKETS = 10_000_000;

const checkLengthOf = (name: string, value: number): void => {
  if (checkCount(name, value) > MOST_BUCKETS)
    throw engineError('out_of_range', `${name} must be at most ${MOST_BUCKETS}, got ${value}`, {
      name,
      value,
    });
};

export interface DailyCalendar {
  /** Weekday of the first day, Monday = 0. */
  readonly firstWeekday: number;
  readonly days: number;
  /** Length days: kind of special day, 0 for none. */
  readonly holiday?: ArrayLike<number>;
  /** Length days: hours of each day (23 and 25 where clocks change); 24 unless said. */
  readonly hours?: ArrayLike<number>;
}

/**
 * Days with the weekday as their slot (7 slots). O(days).
 *
 * @throws EngineError `negative_count`, `out_of_range`, `length_mismatch`, `nan`, `not_finite`
 * @example dailyBuckets({ firstWeekday: 5, days: 2 }) // [{ slot: 5, holiday: 0, exposure: 1 }, { slot: 6, … }]
 */
export const dailyBuckets = ({ firstWeekday, days, holiday, hours }: DailyCalendar): readonly Bucket[] => {
  checkLengthOf('days', days);
  if (checkCount('firstWeekday', firstWeekday) > 6)
    throw engineError('out_of_range', `firstWeekday must be 0 to 6, got ${firstWeekday}`, { firstWeekday });
  if (holiday) checkLength('holiday', holiday.length, days);
  if (hours) checkLength('hours', hours.length, days);
  return Array.from({ length: days }, (_, day) => {
    const long = checkFinite(`hours[${day}]`, hours?.[day] ?? 24);
    if (long < 0 || long > LONGEST_DAY)
      throw engineError('out_of_range', `hours[${day}] must be 0 to ${LONGEST_DAY}, got ${long}`, { day });
    return {
      slot: (firstWeekday + day) % 7,
      holiday: checkCount(`holiday[${day}]`, holiday?.[day] ?? 0),
      exposure: long / 24,
    };
  });
};

export interface HourlyCalendar {
  /** Start of the first hour, ms since 1970 in UTC. */
  readonly startMs: number;
  readonly hours: number;
  /** Local time minus UTC at that moment, in minutes; the time zone's rules are the caller's. */
  readonly offsetMinutes: (atMs: number) => number;
  /** Kind of special day at that moment, 0 for none. */
  readonly holidayAt?: (atMs: number) => number;
}

/**
 * Elapsed hours with the local hour of the week as their slot (168 slots, Monday 0 h = 0). Where clocks change, an hour's slot
 * comes twice or not at all, and no hour is lost or counted twice. O(hours).
 *
 * @throws EngineError `negative_count`, `out_of_range`, `nan`, `not_finite`
 * @example hourlyBuckets({ startMs: 0, hours: 1, offsetMinutes: () => 60 }) // Thursday 1 h: [{ slot: 73, holiday: 0 }]
 */
export const hourlyBuckets = (calendar: HourlyCalendar): readonly Bucket[] => {
  const { startMs, hours, offsetMinutes, holidayAt } = calendar;
  checkLengthOf('hours', hours);
  checkFinite('startMs', startMs);
  return Array.from({ length: hours }, (_, hour) => {
    const atMs = startMs + hour * HOUR_MS;
    const offset = checkFinite('offsetMinutes', offsetMinutes(atMs));
    if (Math.abs(offset) > MOST_OFFSET)
      throw engineError('out_of_range', `offsetMinutes must be within a day, got ${offset}`, { offset });
    const local = Math.floor(atMs / HOUR_MS + offset / 60) + 24 * EPOCH_WEEKDAY;
    return { slot: ((local % 168) + 168) % 168, holiday: checkCount('holidayAt', holidayAt?.(atMs) ?? 0) };
  });
};
