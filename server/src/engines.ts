import { join } from 'node:path';
import { type ClickHouse, openChdb, openClickHouseHttp } from '#platform/clickhouse';
import type { Log } from '#platform/log';
import { connectDatabase, roleIn, startEmbeddedPostgres } from '#platform/postgres';
import type { Config } from './config.ts';

/** Both engines, running, with whatever they hold. */
export interface Engines {
  /** Logs in as the application role. */
  readonly appUrl: string;
  /** The role that owns the tables: for migrations and backups. */
  readonly ownerUrl: string;
  readonly appRole: string;
  readonly clickhouse: ClickHouse;
  /** For the start message. */
  readonly names: { readonly postgres: string; readonly clickhouse: string };
  readonly close: () => Promise<void>;
}

type Postgres = Pick<Engines, 'appUrl' | 'ownerUrl' | 'appRole'> & {
  readonly name: string;
  readonly stop: () => Promise<void>;
};

// One machine for everything: PostgreSQL gets 64 MB of its own cache and the rest from the page cache.
const embeddedSettings = {
  shared_buffers: '64MB',
  max_connections: '60',
  wal_level: 'minimal',
  max_wal_senders: '0',
};

const openPostgres = async (config: Config, log: Log): Promise<Postgres> => {
  if (config.databaseUrl !== undefined && config.databaseOwnerUrl !== undefined) {
    const owner = { url: config.databaseOwnerUrl, variable: 'MESURE_DATABASE_OWNER_URL' };
    const app = { url: config.databaseUrl, variable: 'MESURE_DATABASE_URL' };
    for (const address of [owner, app]) await (await connectDatabase(address)).close();
    return {
      appUrl: app.url,
      ownerUrl: owner.url,
      appRole: roleIn(app.url),
      name: 'PostgreSQL at MESURE_DATABASE_URL',
      stop: async () => undefined,
    };
  }
  const embedded = await startEmbeddedPostgres({
    dataFolder: config.dataFolder,
    log,
    settings: embeddedSettings,
  });
  return { ...embedded, name: 'Built-in PostgreSQL 18' };
};

const openClickHouse = (config: Config): Promise<ClickHouse> | ClickHouse =>
  config.clickhouseUrl === undefined
    ? openChdb({
        folder: join(config.dataFolder, 'clickhouse'),
        memoryBytes: config.clickhouseMemoryMb * 1_048_576,
      })
    : openClickHouseHttp({ url: config.clickhouseUrl });

/** PostgreSQL first: its folder lock is what tells a second server on this folder to go away. */
export const openEngines = async (config: Config, log: Log): Promise<Engines> => {
  const { name, stop, ...postgres } = await openPostgres(config, log);
  try {
    const clickhouse = await openClickHouse(config);
    return {
      ...postgres,
      clickhouse,
      names: {
        postgres: name,
        clickhouse:
          config.clickhouseUrl === undefined
            ? 'built-in ClickHouse (chDB)'
            : 'ClickHouse at MESURE_CLICKHOUSE_URL',
      },
      close: async () => {
        await clickhouse.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
