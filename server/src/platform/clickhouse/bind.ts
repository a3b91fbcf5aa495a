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

const literal = (value: unknown, { name, type }: Placeholder): string => {
  if (value === undefined) throw new TypeError(`No value for {${name}:${type}}`);
  const text = paramText(value, type);
  if (type === 'Identifier') return `\`${(text ?? '').replace(/[\\`]/g, (found) => `\\${found}`)}\``;
  if (text === null) return `CAST(NULL AS ${type})`;
  return type === 'String' ? stringLiteral(text) : `CAST(${stringLiteral(text)} AS ${type})`;
};

/**
 * Writes bound values into the statement as typed literals. chDB has parameters of its own, but runs all parameterised
 * queries of a process one after another, which would put interactive look-ups behind heavy reports.
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

/** The same values as text, for engines that bind by themselves. */
export const bindAsText = (
  sql: string,
  params: Readonly<Record<string, unknown>>,
): Record<string, string | null> => {
  const bound: Record<string, string | null> = {};
  for (const { name, type } of placeholdersIn(sql)) {
    const value = params[name];
    if (value === undefined) throw new TypeError(`No value for {${name}:${type}}`);
    bound[name] = paramText(value, type);
  }
  return bound;
};
