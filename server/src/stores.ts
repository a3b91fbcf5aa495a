import { join } from 'node:path';
import { migrateClickHouse } from '#platform/clickhouse';
import { installJobs } from '#platform/jobs';
import type { Log } from '#platform/log';
import {
  checkDurability,
  checkServer,
  createDatabase,
  migrate,
  type PooledDatabase,
} from '#platform/postgres';
import { loadSecrets, type Secrets } from '#platform/secrets';
import { type Config, projectFolder } from './config.ts';
import { type Engines, openEngines } from './engines.ts';

/** The engines at this version's schema, and what the rooms need of them. */
export interface Stores extends Engines {
  readonly database: PooledDatabase;
  readonly secrets: Secrets;
}

export const migrationsFolder = join(projectFolder, 'server/migrations');

export const secretFileOf = (config: Config): string => join(config.dataFolder, 'secret');

/** Brings both stores to this version, and refuses what could lose data. */
export const openStores = async (config: Config, log: Log): Promise<Stores> => {
  const engines = await openEngines(config, log);
  const { appUrl, ownerUrl, appRole, clickhouse } = engines;
  let database: PooledDatabase | undefined;
  try {
    await migrate(ownerUrl, join(migrationsFolder, 'postgres'), { appRole });
    await installJobs({ ownerUrl, appRole, log });
    await migrateClickHouse(clickhouse, join(migrationsFolder, 'clickhouse'));
    const opened = createDatabase({ url: appUrl, log, poolSize: 16 });
    database = opened;
    await checkServer(opened);
    await checkDurability(opened);
    return {
      ...engines,
      database: opened,
      secrets: await loadSecrets(secretFileOf(config)),
      close: async () => {
        await opened.close();
        await engines.close();
      },
    };
  } catch (error) {
    await database?.close();
    await engines.close();
    throw error;
  }
};
