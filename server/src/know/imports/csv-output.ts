const FORMULA_START = /^'*[=+\-@\t\r\0]/u;
const PLAIN_NUMBER = /^-\d+(?:[.,]\d+)?$/u;

/**
 * One field of a CSV file that a spreadsheet will open: RFC 4180 quotes, and an apostrophe before what a spreadsheet
 * would take for a formula (OWASP, CSV injection). Negative numbers stay numbers.
 */
export const csvField = (value: string): string => {
  const safe = FORMULA_START.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value;
  return /[",;\r\n]/u.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const csvLine = (fields: readonly string[]): string => `${fields.map(csvField).join(',')}\r\n`;

/** The value before `csvField` put an apostrophe in front of it: what we exported comes back as it was. */
export const withoutApostrophe = (value: string): string =>
  value.charCodeAt(0) === 0x27 && FORMULA_START.test(value) ? value.slice(1) : value;
