import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { bindInline } from './bind.ts';
import { translateClickHouse } from './failure.ts';
import type { ClickHouse, ClickHouseInsert, ClickHouseQuery } from './port.ts';
import { insertSettings, LONGEST_STATEMENT, parseLines, withSettings } from './statement.ts';

export interface ClickHouseHttpOptions {
  /** http(s)://user:password@host:8123/database */
  readonly url: string;
  /** Of one query; default 4 GB. The server's own limits hold as well. */
  readonly queryMemoryBytes?: number;
  /** Connections at the same time; default 20. */
  readonly connections?: number;
}

/** Longest answer waited for: the engine ends queries by itself before that. */
const REQUEST_MS = 3_600_000;

const textOf = async (stream: AsyncIterable<Buffer | string>): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};

/** A ClickHouse server or cluster. Requests share nothing on the server, so lanes need no separation here. */
export const openClickHouseHttp = (options: ClickHouseHttpOptions): ClickHouse => {
  const client = createClient({
    url: options.url,
    application: 'mesure',
    // Errors reach the caller; the client's own lines would quote statements and with them values.
    log: { level: ClickHouseLogLevel.OFF },
    request_timeout: REQUEST_MS,
    max_open_connections: options.connections ?? 20,
  });
  const limits = { queryBytes: options.queryMemoryBytes ?? 4_000_000_000 };

  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw translateClickHouse(error);
    }
  };
  const ask = async (sql: string, params: Readonly<Record<string, unknown>>): Promise<string> => {
    const query = bindInline(sql, params);
    return guarded(async () => {
      // An error after the first bytes would otherwise arrive inside the answer.
      const answer = await client.exec({
        query,
        clickhouse_settings: { wait_end_of_query: 1, max_query_size: String(LONGEST_STATEMENT) },
      });
      return textOf(answer.stream);
    });
  };

  return {
    query: async <R>(query: ClickHouseQuery): Promise<R[]> =>
      parseLines<R>(await ask(withSettings(query, limits), query.params ?? {})),
    insert: async ({ table, rows, token }: ClickHouseInsert): Promise<void> => {
      if (rows.length === 0) return;
      await guarded(() =>
        client.insert({
          table,
          values: rows,
          format: 'JSONEachRow',
          clickhouse_settings: { ...insertSettings(token), wait_end_of_query: 1 },
        }),
      );
    },
    command: async (sql, params) => {
      await ask(sql, params ?? {});
    },
    version: async () =>
      parseLines<{ version: string }>(await ask('select version() as version format JSONEachRow', {}))[0]
        ?.version ?? '',
    close: () => client.close(),
  };
};
