/** A value of a bound parameter, in ClickHouse's text form; nested strings are quoted, the outermost is not. */
export type ParamText = string | null;

const quote = (text: string): string => `'${text.replace(/[\\']/g, (found) => `\\${found}`)}'`;

/** Instants are written in UTC: the parameter's type must say so, as in {at:DateTime64(3,'UTC')}. */
const dateText = (date: Date, type: string): string => {
  const iso = date.toISOString();
  if (/DateTime64/.test(type)) return iso.slice(0, 23).replace('T', ' ');
  return /DateTime/.test(type) ? iso.slice(0, 19).replace('T', ' ') : iso.slice(0, 10);
};

const nested = (value: unknown, type: string): string => {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string') return quote(value);
  if (value instanceof Date) return quote(dateText(value, type));
  return paramText(value, type) ?? 'NULL';
};

/** @throws TypeError for what has no text form (functions, symbols, NaN). */
export const paramText = (value: unknown, type: string): ParamText => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') {
    if (Number.isNaN(value)) throw new TypeError('NaN cannot be bound');
    return String(value);
  }
  if (value instanceof Date) return dateText(value, type);
  if (Array.isArray(value)) return `[${value.map((element) => nested(element, type)).join(',')}]`;
  throw new TypeError(`A ${typeof value} cannot be bound`);
};

/** A ClickHouse string literal. */
export const stringLiteral = (text: string): string => quote(text);
