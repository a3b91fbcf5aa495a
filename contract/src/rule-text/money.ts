/**
 * Minor units of a currency: 2 for EUR, 0 for JPY, 3 for KWD. ECMA-402 takes them from ISO 4217; what has no entry has
 * two. The tree keeps minor units, so that a list that changes can change how a rule is written, never what it means.
 */
export const currencyDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

interface Decimal {
  readonly sign: string;
  readonly digits: string;
  /** Where the point stands, counted from the left of `digits`. */
  readonly point: number;
}

const decimalOf = (text: string): Decimal => {
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  return { sign, digits: whole + fraction, point: whole.length + Number(exponent) };
};

const written = ({ sign, digits, point }: Decimal, leastFraction: number): string => {
  const padded = digits.padStart(digits.length + Math.max(0, 1 - point), '0');
  const at = Math.max(point, 1);
  const whole = padded
    .slice(0, at)
    .padEnd(at, '0')
    .replace(/^0+(?=\d)/, '');
  const fraction = padded.slice(at).replace(/0+$/, '').padEnd(leastFraction, '0');
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
};

/** 10050 → `100.50`. Exact for every number: only the point moves. */
export const majorText = (minor: number, digits: number): string => {
  const decimal = decimalOf(Object.is(minor, -0) ? '-0' : String(minor));
  return written({ ...decimal, point: decimal.point - digits }, digits);
};

/** `100.50` → 10050; `100.505` → 10050.5, which a tree may hold. */
export const minorOf = (major: string, digits: number): number => {
  const decimal = decimalOf(major);
  return Number(written({ ...decimal, point: decimal.point + digits }, 0));
};
