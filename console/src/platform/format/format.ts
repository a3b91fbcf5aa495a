import { currentLanguage } from '#words';

const locales = { en: 'en-GB', fr: 'fr-FR' } as const;
const locale = (): string => locales[currentLanguage()];

/** Formatters are costly to make (about 50 µs each) and lists use thousands of them. */
const kept = new Map<string, unknown>();
const keep = <T>(key: string, make: () => T): T => {
  const full = `${locale()} ${key}`;
  const found = kept.get(full);
  if (found !== undefined) return found as T;
  const made = make();
  kept.set(full, made);
  return made;
};

const numbers = (key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat =>
  keep(key, () => new Intl.NumberFormat(locale(), options));
const dates = (key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  keep(key, () => new Intl.DateTimeFormat(locale(), options));

export const formatNumber = (value: number): string => numbers('n', {}).format(value);

/** 0.123 → 12.3 %. */
export const formatShare = (share: number, digits = 1): string =>
  numbers(`%${digits}`, { style: 'percent', maximumFractionDigits: digits }).format(share);

/** 0.02 → +2 %, for differences. */
export const formatChange = (share: number, digits = 1): string =>
  numbers(`±%${digits}`, {
    style: 'percent',
    maximumFractionDigits: digits,
    signDisplay: 'exceptZero',
  }).format(share);

const minorDigits = (currency: string): number =>
  keep(
    `digits ${currency}`,
    () =>
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2,
  );

/** Minor units of an ISO 4217 currency: 1290 EUR → €12.90. */
export const formatMoney = (minor: number, currency: string): string =>
  numbers(`¤${currency}`, { style: 'currency', currency }).format(minor / 10 ** minorDigits(currency));

/** A decimal price in major units, as the catalogue keeps it: prices below a minor unit stay exact. */
export const formatPrice = (decimal: string, currency: string): string =>
  numbers(`¤6${currency}`, { style: 'currency', currency, maximumFractionDigits: 6 }).format(
    // Text, not Number: eighteen digits are more than a number holds.
    decimal as Intl.StringNumericLiteral,
  );

let zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** The shop's time zone from its settings: every instant in the console is told in it. */
export const tellTimeIn = (timeZone: string): void => {
  zone = timeZone;
};

export const formatDate = (instant: string | Date): string =>
  dates(`d${zone}`, { dateStyle: 'medium', timeZone: zone }).format(new Date(instant));
export const formatTime = (instant: string | Date): string =>
  dates(`t${zone}`, { timeStyle: 'short', timeZone: zone }).format(new Date(instant));
export const formatInstant = (instant: string | Date): string =>
  dates(`i${zone}`, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(instant));
export const formatLongDate = (instant: string | Date): string =>
  dates(`l${zone}`, { dateStyle: 'full', timeStyle: 'short', timeZone: zone }).format(new Date(instant));

/** A day that belongs to no time zone: `2026-03-04`. */
export const formatCalendarDay = (day: string): string =>
  dates('calendar', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

/** A length of time given in hours, in days where that says it shorter: 168 → 7 days. */
export const formatHours = (hours: number): string => {
  const inDays = hours >= 48 && hours % 24 === 0;
  const unit = inDays ? 'day' : 'hour';
  return numbers(`u${unit}`, { style: 'unit', unit, unitDisplay: 'long' }).format(
    inDays ? hours / 24 : hours,
  );
};

export const formatBytes = (bytes: number): string => {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const unit = units[power] ?? 'byte';
  // “70 byte” is what the short form writes: whole words where there is no prefix.
  const form: Intl.NumberFormatOptions =
    power === 0 ? { maximumFractionDigits: 0, unitDisplay: 'long' } : { maximumFractionDigits: 1 };
  return numbers(`b${unit}`, { style: 'unit', unit, ...form }).format(bytes / 1000 ** power);
};

export const formatList = (items: readonly string[]): string =>
  keep('list', () => new Intl.ListFormat(locale(), { type: 'conjunction' })).format(items);

/** Orders text as a reader of the current language expects it, accents included. */
export const compareText = (a: string, b: string): number =>
  keep('collator', () => new Intl.Collator(locale(), { numeric: true, sensitivity: 'base' })).compare(a, b);
