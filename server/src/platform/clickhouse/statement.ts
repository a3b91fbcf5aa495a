import type { ClickHouseQuery } from './port.ts';
import { stringLiteral } from './values.ts';

export interface Limits {
  /** Most memory of one query; it goes to disk from half of that. */
  readonly queryBytes: number;
}

const DEFAULT_SECONDS = 30;

/** Bytes of one statement with its values: room for a million bound ids. The engine's default is 256 KB. */
export const LONGEST_STATEMENT = 67_108_864;

const filtersLiteral = (filters: Readonly<Record<string, string>>): string =>
  `{${Object.entries(filters)
    .map(([table, condition]) => `${stringLiteral(table)}: ${stringLiteral(condition)}`)
    .join(', ')}}`;

/**
 * The statement with its settings. After FORMAT they hold for the whole query with all its sub-queries and unions;
 * after the last SELECT of a union in parentheses they would be ignored, and the filters with them. SET would stay on
 * the connection.
 */
export const withSettings = (query: ClickHouseQuery, limits: Limits): string => {
  const settings: Record<string, string | number> = {
    max_execution_time: query.maxSeconds ?? DEFAULT_SECONDS,
    max_memory_usage: limits.queryBytes,
    max_bytes_before_external_group_by: Math.floor(limits.queryBytes / 2),
    max_bytes_before_external_sort: Math.floor(limits.queryBytes / 2),
    session_timezone: stringLiteral('UTC'),
    date_time_output_format: stringLiteral('iso'),
    output_format_json_quote_64bit_integers: query.exactIntegers === true ? 1 : 0,
    output_format_json_quote_decimals: 1,
    ...(query.filters === undefined ? {} : { additional_table_filters: filtersLiteral(query.filters) }),
  };
  const list = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return `${query.sql.trimEnd().replace(/;$/, '')}\nFORMAT JSONEachRow\nSETTINGS ${list.join(', ')}`;
};

/** Unknown columns are mistakes, not noise; ISO instants are accepted; a batch may span many months. */
export const insertSettings = (token: string): Record<string, string | number> => ({
  insert_deduplication_token: token,
  insert_deduplicate: 1,
  async_insert: 0,
  date_time_input_format: 'best_effort',
  input_format_skip_unknown_fields: 0,
  max_partitions_per_insert_block: 2000,
  session_timezone: 'UTC',
});

export const rowsAsLines = (rows: readonly Readonly<Record<string, unknown>>[]): string =>
  rows.map((row) => JSON.stringify(row)).join('\n');

export const parseLines = <R>(text: string): R[] =>
  text === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as R);
