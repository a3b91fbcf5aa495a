import { paramText, stringLiteral } from './values.ts';

export interface Placeholder {
  readonly name: string;
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** What hides a brace: string literals, quoted identifiers, comments. The last alternative is a placeholder. */
const TOKEN =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`|--[^\n]*|\/\*[\s\S]*?\*\/|\{\s*(\w+)\s*:\s*([^{}]+?)\s*\}/g;

export const placeholdersIn = (sql: string): Placeholder[] =>
  [...sql.matchAll(TOKEN)].flatMap(({ 0: text, 1: name, 2: type, index }) =>
    name === undefined || type === undefined ? [] : [{ name, type, start: index, end: index + text.length }],
  );

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const plain = (value: unknown, type: string): string => {
  if (isMap(value))
    return `map(${Object.entries(value)
      .map(([key, item]) => `${stringLiteral(key)}, ${plain(item, type)}`)
      .join(', ')})`;
  const text = paramText(value, type);
  return text === null ? 'NULL' : typeof value === 'number' ? text : stringLiteral(text);
};

const literal = (value: unknown, { name, type }: Placeholder): string => {
  if (value === undefined) throw new TypeError(`No value for {${name}:${type}}`);
  if (type === 'Identifier' && typeof value === 'string')
    return `\`${value.replace(/[\\`]/g, (found) => `\\${found}`)}\``;
  if (type === 'String' && typeof value === 'string') return stringLiteral(value);
  // A map has no text form that CAST reads.
  return isMap(value)
    ? `CAST(${plain(value, type)} AS ${type})`
    : `CAST(${castable(value, type)} AS ${type})`;
};

const castable = (value: unknown, type: string): string => {
  const text = paramText(value, type);
  return text === null ? 'NULL' : stringLiteral(text);
};

/**
 * Writes bound values into the statement as typed literals. The engine's own parameters are not used: chDB runs all
 * parameterised queries of a process one after another, which would put look-ups behind heavy reports, and over HTTP
 * they travel in the address, which ends at 1 MB.
 */
export const bindInline = (sql: string, params: Readonly<Record<string, unknown>>): string => {
  let bound = '';
  let end = 0;
  for (const place of placeholdersIn(sql)) {
    bound += sql.slice(end, place.start) + literal(params[place.name], place);
    end = place.end;
  }
  return bound + sql.slice(end);
};
