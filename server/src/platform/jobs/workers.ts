import { type Runner, run, type TaskList } from 'graphile-worker';
import pg from 'pg';
import type { Log } from '#platform/log';
import { sqlStateOf } from '#platform/postgres';
import type { JobHandlers } from './job.ts';
import { queueLogger } from './queue-logger.ts';
import { COUNT_JOBS, UNLOCK_ALL } from './queue-sql.ts';

export interface WorkersOptions {
  /** Logged in as the application role. */
  readonly url: string;
  readonly handlers: JobHandlers;
  readonly log: Log;
  /** Jobs at the same time; default 4. */
  readonly concurrency?: number;
}

export interface JobCounts {
  readonly ready: number;
  readonly later: number;
  readonly running: number;
  /** Used up their attempts: somebody has to look. */
  readonly failed: number;
}

export interface Workers {
  readonly counts: () => Promise<JobCounts>;
  /** Takes no new job, lets running ones finish, signals those that do not, and gives back the rest. */
  readonly stop: () => Promise<void>;
}

/** "MESJ" in ASCII: held shared by every process with workers, for as long as it lives. */
const PRESENCE = 0x4d45534a;

/**
 * Shows that this process works on jobs. The first one to come finds nobody: whatever is locked then was left by a
 * crash, and is free again at once.
 */
const announce = async (client: pg.PoolClient): Promise<void> => {
  const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
    PRESENCE,
  ]);
  if (rows[0]?.alone === true) await client.query(UNLOCK_ALL);
  await client.query('select pg_advisory_lock_shared($1)', [PRESENCE]);
  if (rows[0]?.alone === true) await client.query('select pg_advisory_unlock($1)', [PRESENCE]);
};

const never = new AbortController().signal;

export const startWorkers = async (options: WorkersOptions): Promise<Workers> => {
  const { handlers, log, concurrency = 4 } = options;
  // Its own pool, without our value types: the queue reads its own rows. One connection listens, one shows presence.
  const pool = new pg.Pool({
    connectionString: options.url,
    max: concurrency + 4,
    application_name: 'mesure jobs',
  });
  const lost = (error: Error): void =>
    log.warn({ sqlState: sqlStateOf(error) }, 'the job queue lost a connection');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  const presence = await pool.connect();
  let runner: Runner;
  try {
    await announce(presence);
    const taskList: TaskList = Object.fromEntries(
      Object.entries(handlers).map(([name, handler]) => [
        name,
        (payload: unknown, helpers: { readonly abortSignal?: AbortSignal }) =>
          handler(payload, helpers.abortSignal ?? never),
      ]),
    );
    runner = await run({
      pgPool: pool,
      taskList,
      noHandleSignals: true,
      logger: queueLogger(log),
      preset: { worker: { concurrentJobs: concurrency, localQueue: { size: 100 }, pollInterval: 2000 } },
    });
  } catch (error) {
    presence.release(true);
    await pool.end();
    throw error;
  }
  runner.promise.catch((error: unknown) => log.error({ err: error }, 'the job queue stopped'));
  return {
    counts: async () => {
      const { rows } = await pool.query<JobCounts>(COUNT_JOBS);
      return rows[0] ?? { ready: 0, later: 0, running: 0, failed: 0 };
    },
    stop: async () => {
      await runner.stop();
      presence.release(true);
      await pool.end();
    },
  };
};
