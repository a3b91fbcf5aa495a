export type DecimalSeparator = '.' | ',';

/** Spaces of every kind and the Swiss apostrophe group digits; currency signs and codes surround amounts. */
const noise = /(?<=\d)\s*[A-Z]{3}$|^\s*[A-Z]{3}\s*(?=[-\d.,])|[\s\u00a0\u2007\u2009\u202f'’€$£¥]/gu;
const grouped: Readonly<Record<DecimalSeparator, RegExp>> = {
  '.': /^\d{1,3}(,\d{2,3})*,\d{3}(\.|$)/u,
  ',': /^\d{1,3}(\.\d{2,3})*\.\d{3}(,|$)/u,
};

/** Largest magnitude kept: beyond it, a double no longer holds every integer. */
const MAX_SCALED = Number.MAX_SAFE_INTEGER;

const scaleDigits = (digits: string, fraction: string, places: number): number | undefined => {
  const kept = fraction.slice(0, places).padEnd(places, '0');
  // Half away from zero on the first digit that is dropped.
  const scaled = Number(digits + kept) + (fraction.charCodeAt(places) >= 0x35 ? 1 : 0);
  return scaled <= MAX_SCALED ? scaled : undefined;
};

const plain = /^(\d*)(?:[.,](\d*))?$/u;

const parseUnsigned = (text: string, decimal: DecimalSeparator, places: number): number | undefined => {
  let body = text;
  const group = decimal === '.' ? ',' : '.';
  if (body.includes(group)) {
    if (!grouped[decimal].test(body)) return undefined;
    body = body.replaceAll(group, '');
  }
  const match = plain.exec(body);
  if (match === null) return undefined;
  const [, digits = '', fraction = ''] = match;
  if (digits === '' && fraction === '') return undefined;
  return scaleDigits(digits, fraction, places);
};

/** Digits with at most one point, no sign, short enough to be exact: nearly every number of nearly every file. */
const parseFast = (text: string, decimal: DecimalSeparator, places: number): number | undefined => {
  const separator = decimal.charCodeAt(0);
  let value = 0;
  let seen = -1;
  const length = text.length;
  if (length === 0 || length > 12) return undefined;
  let index = text.charCodeAt(0) === 0x2d ? 1 : 0;
  const negative = index === 1;
  if (index === length) return undefined;
  for (; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === separator && seen < 0) seen = 0;
    else if (code >= 0x30 && code <= 0x39) {
      value = value * 10 + code - 0x30;
      if (seen >= 0) seen += 1;
    } else return undefined;
  }
  if (seen === 0) return undefined;
  const missing = places - Math.max(seen, 0);
  if (missing < 0) return undefined;
  const scaled = value * 10 ** missing;
  if (scaled > MAX_SCALED) return undefined;
  return negative && scaled !== 0 ? -scaled : scaled;
};

/**
 * Reads a number as people write it ("1 234,50 €", "(12.30)", "12-", "1,234.5") into an integer of 10^-places units.
 * Digits beyond `places` are rounded half away from zero. Undefined when it is not one number.
 */
export const parseScaled = (text: string, decimal: DecimalSeparator, places: number): number | undefined => {
  const fast = parseFast(text, decimal, places);
  if (fast !== undefined) return fast;
  let body = text
    .trim()
    .replace(/[\u2212\u2013]/gu, '-')
    .replace(noise, '');
  let negative = false;
  if (body.startsWith('(') && body.endsWith(')')) {
    negative = true;
    body = body.slice(1, -1);
  } else if (body.startsWith('-') || body.startsWith('+')) {
    negative = body.startsWith('-');
    body = body.slice(1);
  } else if (body.endsWith('-')) {
    negative = true;
    body = body.slice(0, -1);
  }
  const scaled = parseUnsigned(body, decimal, places);
  if (scaled === undefined) return undefined;
  return negative && scaled !== 0 ? -scaled : scaled;
};

/** The exact decimal string of an integer of 10^-places units, without trailing zeros. */
export const formatScaled = (scaled: number, places: number): string => {
  const digits = String(Math.abs(scaled)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/u, '');
  const sign = scaled < 0 ? '-' : '';
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
};

/** Which separator the numbers of a sample use; null when no value tells. */
export const guessDecimal = (values: readonly string[]): DecimalSeparator | null => {
  let commas = 0;
  let points = 0;
  for (const value of values) {
    const text = value.replace(noise, '');
    const comma = text.lastIndexOf(',');
    const point = text.lastIndexOf('.');
    if (comma >= 0 && point >= 0) {
      if (comma > point) commas += 1;
      else points += 1;
    } else if (comma >= 0 && !/^-?\d{1,3}(,\d{3})+$/u.test(text)) commas += 1;
    else if (point >= 0 && !/^-?[1-9]\d{0,2}(\.\d{3})+$/u.test(text)) points += 1;
  }
  if (commas === 0 && points === 0) return null;
  return commas > points ? ',' : '.';
};
