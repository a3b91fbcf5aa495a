/** Every escape of a JSON text, so that `\\u0000` (a backslash, then text) is told from `\u0000`. */
const ESCAPE = /\\(?:u([0-9a-f]{4})|.)/gi;

/**
 * JSON that jsonb takes: U+0000 is left out and half a surrogate pair becomes U+FFFD, in values and in keys, which
 * PostgreSQL would refuse together with every other row of the statement.
 */
export const jsonbText = (value: unknown): string => {
  const text = JSON.stringify(value);
  // JSON.stringify writes code units as \uXXXX only for control characters and lone surrogates (ECMA-262, QuoteJSONString).
  if (!text.includes('\\u0000') && !text.includes('\\ud')) return text;
  return text.replace(ESCAPE, (escape, unit: string | undefined) => {
    if (unit === undefined) return escape;
    if (unit === '0000') return '';
    return unit.startsWith('d') ? '\ufffd' : escape;
  });
};
