import type { ImportDateFormat } from '@mesure/contract/imports';

/** A date as written: wall-clock fields, and the offset in minutes when the text carries one. */
export interface WrittenDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly offsetMinutes: number | null;
}

const time = String.raw`(?:(?:[T ,]|\s+)\s*(\d{1,2})[:h](\d{2})?(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([AaPp])?\.?[Mm]?\.?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?`;
const yearFirst = new RegExp(String.raw`^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})${time}$`, 'u');
const yearLast = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})${time}$`, 'u');
const serial = /^\d{4,6}(?:[.,]\d+)?$/u;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const offsetOf = (zone: string | undefined): number | null => {
  if (zone === undefined) return null;
  if (!/^[+-]/u.test(zone)) return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.slice(1).replace(':', '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
};

/** The European and American two-digit years of order files: 70–99 are the last century's (POSIX strptime). */
const fullYear = (text: string): number => {
  const year = Number(text);
  return text.length === 4 ? year : year + (year < 70 ? 2000 : 1900);
};

const checked = (date: WrittenDate): WrittenDate | undefined => {
  const { year, month, day, hour, minute, second, offsetMinutes } = date;
  const possible =
    year >= 1970 &&
    year <= 2200 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59 &&
    Math.abs(offsetMinutes ?? 0) <= 14 * 60;
  return possible ? date : undefined;
};

const withTime = (ymd: readonly [number, number, number], parts: readonly (string | undefined)[]) => {
  const [hourText, minuteText, secondText, half, zone] = parts;
  let hour = Number(hourText ?? 0);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  const [year, month, day] = ymd;
  const rest = {
    minute: Number(minuteText ?? 0),
    second: Number(secondText ?? 0),
    offsetMinutes: offsetOf(zone),
  };
  return checked({ year, month, day, hour, ...rest });
};

/** Excel's day 1 is 1 January 1900 and its 1900 is a leap year, so from March 1900 on day 25569 is 1 January 1970. */
const EXCEL_EPOCH_DAY = 25_569;
const DAY_MS = 86_400_000;

const fromSerial = (text: string): WrittenDate | undefined => {
  if (!serial.test(text)) return undefined;
  const seconds = Math.round((Number(text.replace(',', '.')) - EXCEL_EPOCH_DAY) * (DAY_MS / 1000));
  const date = new Date(seconds * 1000);
  return checked({
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    offsetMinutes: null,
  });
};

/** Reads one date in the file's format; a date with its year first is read in every format but Excel's numbers. */
export const parseDate = (raw: string, format: ImportDateFormat): WrittenDate | undefined => {
  const text = raw.trim();
  if (format === 'excel') return fromSerial(text);
  const first = yearFirst.exec(text);
  if (first !== null) {
    const [, year = '', month, day, ...rest] = first;
    return withTime([Number(year), Number(month), Number(day)], rest);
  }
  const last = yearLast.exec(text);
  if (last === null || format === 'iso') return undefined;
  const [, one, two, year = '', ...rest] = last;
  const [day, month] = format === 'dmy' ? [Number(one), Number(two)] : [Number(two), Number(one)];
  return withTime([fullYear(year), month, day], rest);
};

export interface DateGuess {
  readonly format: ImportDateFormat;
  readonly isAmbiguous: boolean;
}

const comparable = (date: WrittenDate): number =>
  Date.UTC(date.year, date.month - 1, date.day, date.hour, date.minute, date.second);

/** Order files are nearly always sorted: the reading under which time runs one way is the right one. */
const turns = (values: readonly string[], format: ImportDateFormat): number => {
  let count = 0;
  let direction = 0;
  let previous: number | undefined;
  for (const value of values) {
    const date = parseDate(value, format);
    if (date === undefined) continue;
    const now = comparable(date);
    const step = previous === undefined ? 0 : Math.sign(now - previous);
    if (step !== 0 && direction !== 0 && step !== direction) count += 1;
    if (step !== 0) direction = step;
    previous = now;
  }
  return count;
};

const share = (values: readonly string[], format: ImportDateFormat): number =>
  values.filter((value) => parseDate(value, format) !== undefined).length / Math.max(values.length, 1);

/** The format that reads the sample, given in file order; null when none reads at least half of it. */
export const guessDateFormat = (sample: readonly string[]): DateGuess | null => {
  const values = sample.filter((value) => value.trim() !== '');
  if (values.length === 0) return null;
  const shares = {
    iso: share(values, 'iso'),
    dmy: share(values, 'dmy'),
    mdy: share(values, 'mdy'),
    excel: share(values, 'excel'),
  };
  if (shares.iso >= 0.5) return { format: 'iso', isAmbiguous: false };
  if (Math.max(shares.dmy, shares.mdy) >= 0.5) {
    if (shares.dmy !== shares.mdy)
      return { format: shares.dmy > shares.mdy ? 'dmy' : 'mdy', isAmbiguous: false };
    const [dmy, mdy] = [turns(values, 'dmy'), turns(values, 'mdy')];
    return { format: mdy < dmy ? 'mdy' : 'dmy', isAmbiguous: dmy === mdy };
  }
  return shares.excel >= 0.5 ? { format: 'excel', isAmbiguous: false } : null;
};
