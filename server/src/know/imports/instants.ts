import type { ImportDateFormat } from '@mesure/contract/imports';
import { Temporal } from 'temporal-polyfill';
import { parseDate, type WrittenDate } from './dates.ts';

const MINUTE_MS = 60_000;

/** Wall clock of a zone → UTC milliseconds. A time that a clock change skips or repeats: RFC 5545's reading. */
const zonedMs = (date: WrittenDate, timeZone: string): number => {
  const { year, month, day, hour, minute, second } = date;
  const plain = new Temporal.PlainDateTime(year, month, day, hour, minute, second);
  return plain.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
};

const asUtcMs = (date: WrittenDate): number =>
  Date.UTC(date.year, date.month - 1, date.day, date.hour, date.minute, date.second);

/** Offset of a whole local day, or null on the days on which clocks change. */
const dayOffsetMs = (date: WrittenDate, timeZone: string): number | null => {
  const midnight = { ...date, hour: 0, minute: 0, second: 0 };
  const evening = { ...date, hour: 23, minute: 59, second: 0 };
  const offset = asUtcMs(midnight) - zonedMs(midnight, timeZone);
  return offset === asUtcMs(evening) - zonedMs(evening, timeZone) ? offset : null;
};

export type ReadInstant = (text: string) => number | undefined;

/**
 * Reads dates of one file into UTC milliseconds. Undefined for an impossible date. Zone rules are looked up once per
 * local day, and neighbouring lines nearly always carry the same text.
 */
export const createInstantReader = (format: ImportDateFormat, timeZone: string): ReadInstant => {
  const offsets = new Map<number, number | null>();
  let lastText: string | undefined;
  let lastValue: number | undefined;
  const convert = (date: WrittenDate): number => {
    if (date.offsetMinutes !== null) return asUtcMs(date) - date.offsetMinutes * MINUTE_MS;
    const day = date.year * 10_000 + date.month * 100 + date.day;
    let offset = offsets.get(day);
    if (offset === undefined) {
      offset = dayOffsetMs(date, timeZone);
      offsets.set(day, offset);
    }
    return offset === null ? zonedMs(date, timeZone) : asUtcMs(date) - offset;
  };
  return (text) => {
    if (text === lastText) return lastValue;
    const date = parseDate(text, format);
    lastText = text;
    lastValue = date === undefined ? undefined : convert(date);
    return lastValue;
  };
};
