import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import type { Log } from '#platform/log';
import { queueLogger } from './queue-logger.ts';
import { grantQueue } from './queue-sql.ts';

export interface InstallJobsOptions {
  readonly ownerUrl: string;
  readonly appRole: string;
  readonly log?: Log;
}

/** Brings the queue's own schema to this version and lets the application use it. Run after `migrate`. */
export const installJobs = async ({ ownerUrl, appRole, log }: InstallJobsOptions): Promise<void> => {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await runMigrations({ pgPool: pool, logger: queueLogger(log) });
    await pool.query(grantQueue(pg.escapeIdentifier(appRole)));
  } finally {
    await pool.end();
  }
};
