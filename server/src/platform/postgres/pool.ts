import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { appError } from '#platform/errors';
import type { Log } from '#platform/log';
import type { Database, SqlValues, Tx, TxOptions } from './database.ts';
import { isWorthRetrying, sqlStateOf, translate } from './translate.ts';
import { valueTypes } from './value-types.ts';

export interface DatabaseOptions {
  /** postgresql://user:password@host:port/name, or …?host=/folder/of/the/socket. */
  readonly url: string;
  readonly log?: Log;
  /** Connections kept at most; default 10. */
  readonly poolSize?: number;
}

/** A Database that also lends its pool: for graphile-worker, which brings its own statements. */
export interface PooledDatabase extends Database {
  readonly pool: pg.Pool;
}

const ATTEMPTS = 4;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const ask = async (client: pg.PoolClient, sql: string, values?: SqlValues): Promise<pg.QueryResult> => {
  try {
    return await client.query(sql, values === undefined ? undefined : [...values]);
  } catch (error) {
    throw translate(error);
  }
};

const openTx = (client: pg.PoolClient, workspaceId: string | null): Tx => {
  const send = (sql: string, values: SqlValues | undefined): Promise<pg.QueryResult> =>
    ask(client, sql, values);
  const rows = async <R>(sql: string, values?: SqlValues): Promise<R[]> =>
    (await send(sql, values)).rows as R[];
  const maybe = async <R>(sql: string, values?: SqlValues): Promise<R | undefined> => {
    const found = await rows<R>(sql, values);
    if (found.length > 1) throw tooMany(sql, found.length);
    return found[0];
  };
  return {
    workspaceId,
    rows,
    maybe,
    one: async <R>(sql: string, values?: SqlValues): Promise<R> => {
      const found = await maybe<R>(sql, values);
      if (found === undefined) throw tooMany(sql, 0);
      return found;
    },
    run: async (sql, values) => (await send(sql, values)).rowCount ?? 0,
  };
};

const tooMany = (sql: string, count: number): Error =>
  appError('internal', {
    cause: new Error(`One row expected, ${count} found: ${sql.replace(/\s+/g, ' ').trim().slice(0, 200)}`),
  });

/** BEGIN and the workspace in one round trip. SET takes no bound values, so the id is checked before it is written in. */
const opening = (workspaceId: string | null, options: TxOptions): string => {
  if (workspaceId !== null && !UUID.test(workspaceId)) {
    throw appError('internal', { cause: new Error('A workspace id must be a UUID') });
  }
  const begin = `begin isolation level ${options.isolation ?? 'read committed'} ${options.readOnly ? 'read only' : 'read write'}`;
  return `${begin}; select set_config('app.workspace', '${workspaceId ?? ''}', true)`;
};

export const createPool = (options: DatabaseOptions): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: 10_000,
    application_name: 'mesure',
    types: valueTypes,
  });
  // Without these two handlers a lost connection ends the process.
  const lost = (error: Error): void => {
    // pool.end() does not wait for the farewells: a server that stops right after it cuts them short.
    if (!pool.ending) options.log?.warn({ sqlState: sqlStateOf(error) }, 'lost a connection to PostgreSQL');
  };
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
};

/**
 * `work` may run several times (deadlock, serialization failure): it must only touch `tx`. Errors thrown by `work` roll
 * everything back and reach the caller.
 */
export const createDatabase = (options: DatabaseOptions): PooledDatabase => {
  const pool = createPool(options);

  const once = async <T>(
    begin: string,
    workspaceId: string | null,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> => {
    const client = await pool.connect().catch((error: unknown) => {
      throw translate(error);
    });
    let broken: Error | undefined;
    try {
      await ask(client, begin);
      const result = await work(openTx(client, workspaceId));
      // After a failed statement, COMMIT answers ROLLBACK and raises nothing.
      if ((await ask(client, 'commit')).command === 'ROLLBACK') {
        throw appError('internal', {
          cause: new Error('A failed statement was caught inside its transaction'),
        });
      }
      return result;
    } catch (error) {
      await client.query('rollback').catch((cause: unknown) => {
        broken = cause instanceof Error ? cause : new Error(String(cause));
      });
      throw error;
    } finally {
      client.release(broken);
    }
  };

  const transaction = async <T>(
    workspaceId: string | null,
    work: (tx: Tx) => Promise<T>,
    txOptions: TxOptions = {},
  ): Promise<T> => {
    const begin = opening(workspaceId, txOptions);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(begin, workspaceId, work);
      } catch (error) {
        if (attempt >= ATTEMPTS || !isWorthRetrying(error)) throw error;
        options.log?.debug({ attempt, sqlState: sqlStateOf(error) }, 'transaction tried again');
        await delay(5 * 2 ** attempt);
      }
    }
  };

  return {
    pool,
    inWorkspace: (workspaceId, work, txOptions) => transaction(workspaceId, work, txOptions),
    inSystem: (work, txOptions) => transaction(null, work, txOptions),
    close: () => pool.end(),
  };
};
