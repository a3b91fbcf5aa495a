import { join } from 'node:path';
import { type ClickHouse, migrateClickHouse, openChdb, openClickHouseHttp } from '#platform/clickhouse';
import { installJobs } from '#platform/jobs';
import type { Log } from '#platform/log';
import {
  checkDurability,
  checkServer,
  connectDatabase,
  createDatabase,
  type EmbeddedPostgres,
  migrate,
  type PooledDatabase,
  roleIn,
  startEmbeddedPostgres,
} from '#platform/postgres';
import { loadSecrets, type Secrets } from '#platform/secrets';
import { type Config, projectFolder } from './config.ts';

export interface Stores {
  readonly database: PooledDatabase;
  /** Logged in as the application role: for the job queue, which brings its own connections. */
  readonly databaseUrl: string;
  /** The role that owns the tables: for migrations and backups. */
  readonly databaseOwnerUrl: string;
  readonly clickhouse: ClickHouse;
  readonly secrets: Secrets;
  /** Names of what was opened, for the start message and health. */
  readonly engines: { readonly postgres: string; readonly clickhouse: string };
  readonly close: () => Promise<void>;
}

const migrations = join(projectFolder, 'server/migrations');

// One machine for everything: PostgreSQL gets 64 MB of its own cache and the rest from the page cache.
const embeddedSettings = { shared_buffers: '64MB', max_connections: '60', wal_level: 'minimal', max_wal_senders: '0' };

const openPostgres = async (config: Config, log: Log): Promise<{ readonly database: PooledDatabase; readonly url: string; readonly ownerUrl: string; readonly embedded?: EmbeddedPostgres }> => {
  if (config.databaseUrl !== undefined && config.databaseOwnerUrl !== undefined) {
    const owner = { url: config.databaseOwnerUrl, variable: 'MESURE_DATABASE_OWNER_URL' };
    const app = { url: config.databaseUrl, variable: 'MESURE_DATABASE_URL' };
    await (await connectDatabase(owner)).close();
    await migrate(owner.url, join(migrations, 'postgres'), { appRole: roleIn(app.url) });
    await installJobs({ ownerUrl: owner.url, appRole: roleIn(app.url), log });
    return { database: await connectDatabase(app, { log }), url: app.url, ownerUrl: owner.url };
  }
  const embedded = await startEmbeddedPostgres({ dataFolder: config.dataFolder, log, settings: embeddedSettings });
  try {
    await migrate(embedded.ownerUrl, join(migrations, 'postgres'), { appRole: embedded.appRole });
    await installJobs({ ownerUrl: embedded.ownerUrl, appRole: embedded.appRole, log });
    return { database: createDatabase({ url: embedded.appUrl, log, poolSize: 16 }), url: embedded.appUrl, ownerUrl: embedded.ownerUrl, embedded };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
};

/** Opens both stores and the secrets, brings them to this version, and refuses what could lose data. */
export const openStores = async (config: Config, log: Log): Promise<Stores> => {
  // PostgreSQL first: its folder lock is what tells a second server on this folder to go away.
  const { database, url, ownerUrl, embedded } = await openPostgres(config, log);
  const undo: (() => Promise<void>)[] = [async () => embedded?.stop(), () => database.close()];
  try {
    await checkServer(database);
    await checkDurability(database);
    const secrets = await loadSecrets(join(config.dataFolder, 'secret'));
    const clickhouse =
      config.clickhouseUrl === undefined
        ? await openChdb({ folder: join(config.dataFolder, 'clickhouse'), memoryBytes: config.clickhouseMemoryMb * 1_048_576 })
        : openClickHouseHttp({ url: config.clickhouseUrl });
    undo.push(() => clickhouse.close());
    await migrateClickHouse(clickhouse, join(migrations, 'clickhouse'));
    return {
      database,
      databaseUrl: url,
      databaseOwnerUrl: ownerUrl,
      clickhouse,
      secrets,
      engines: {
        postgres: embedded ? 'built-in PostgreSQL 18' : 'PostgreSQL at MESURE_DATABASE_URL',
        clickhouse: config.clickhouseUrl === undefined ? 'built-in ClickHouse (chDB)' : 'ClickHouse at MESURE_CLICKHOUSE_URL',
      },
      close: async () => {
        for (const step of undo.toReversed()) await step();
      },
    };
  } catch (error) {
    for (const step of undo.toReversed()) await step().catch(() => undefined);
    throw error;
  }
};
