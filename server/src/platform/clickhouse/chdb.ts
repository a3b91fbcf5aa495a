import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { drainPending, Session } from 'chdb';
import { appError } from '#platform/errors';
import { isAlive } from '#platform/postgres';
import { bindInline } from './bind.ts';
import { translateClickHouse } from './failure.ts';
import type { ClickHouse, ClickHouseInsert, ClickHouseQuery, Lane } from './port.ts';
import { insertSettings, LONGEST_STATEMENT, parseLines, rowsAsLines, withSettings } from './statement.ts';

export interface ChdbOptions {
  /** Belongs to this process alone while it is open. */
  readonly folder: string;
  /** Of the engine as a whole; default 4 GB. */
  readonly memoryBytes?: number;
}

const LANES: readonly Lane[] = ['ingest', 'interactive', 'batch'];
const MARK_CACHE_BYTES = 268_435_456;

/** The engine writes who holds a folder into its file `status`, and keeps the reason of a refusal to itself. */
const holderOf = (folder: string): number | undefined => {
  try {
    const pid = Number(/^PID: (\d+)/.exec(readFileSync(join(folder, 'status'), 'utf8'))?.[1]);
    return pid !== process.pid && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
};

const openSession = (folder: string, memoryBytes: number): Session => {
  try {
    return new Session(folder, {
      connectionArgs: [
        `--max_server_memory_usage=${memoryBytes}`,
        `--mark_cache_size=${MARK_CACHE_BYTES}`,
        `--max_query_size=${LONGEST_STATEMENT}`,
      ],
    });
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    const holder = holderOf(folder);
    throw appError('unavailable', {
      message:
        holder === undefined
          ? `The event store ${folder} cannot be opened: ${text.slice(0, 300)}`
          : `The event store ${folder} is open in another process (${holder}). Stop the other Mesure server first, or start this one with another MESURE_DATA_FOLDER.`,
      details: { reason: holder === undefined ? 'event_store' : 'folder_in_use' },
      cause,
    });
  }
};

/** ClickHouse inside this process. Every lane is a session of its own, since a session runs one query at a time. */
export const openChdb = async (options: ChdbOptions): Promise<ClickHouse> => {
  const memoryBytes = options.memoryBytes ?? 4_000_000_000;
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const sessions = new Map<Lane, Session>();
  // The first one fixes the limits: they belong to the engine, not to a session.
  for (const lane of LANES) sessions.set(lane, openSession(folder, memoryBytes));
  const limits = { queryBytes: Math.floor(memoryBytes / 2) };

  const sessionOf = (lane: Lane): Session => {
    const session = sessions.get(lane);
    if (session === undefined) throw appError('unavailable', { message: 'The event store is closed.' });
    return session;
  };
  const ask = async (lane: Lane, sql: string): Promise<string> => {
    try {
      return (await sessionOf(lane).queryAsync(sql, { format: 'JSONEachRow' })).text();
    } catch (error) {
      throw translateClickHouse(error);
    }
  };

  return {
    query: async <R>(query: ClickHouseQuery): Promise<R[]> =>
      parseLines<R>(
        await ask(
          query.lane ?? 'interactive',
          withSettings({ ...query, sql: bindInline(query.sql, query.params ?? {}) }, limits),
        ),
      ),
    insert: async ({ table, rows, token }: ClickHouseInsert): Promise<void> => {
      if (rows.length === 0) return;
      try {
        await sessionOf('ingest').insert({
          table,
          values: Buffer.from(rowsAsLines(rows)),
          format: 'JSONEachRow',
          settings: insertSettings(token),
        });
      } catch (error) {
        throw translateClickHouse(error);
      }
    },
    command: async (sql, params) => {
      await ask('batch', bindInline(sql, params ?? {}));
    },
    version: async () => {
      const rows = parseLines<{ version: string }>(await ask('interactive', 'select version() as version'));
      return rows[0]?.version ?? '';
    },
    close: async () => {
      for (const session of sessions.values()) session.close();
      sessions.clear();
      await drainPending();
    },
  };
};
