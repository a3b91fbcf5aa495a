import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { installJobs } from '#platform/jobs';
import {
  type EmbeddedPostgres,
  embeddedPostgresFolder,
  migrate,
  readMigrationFiles,
  startEmbeddedPostgres,
} from '#platform/postgres';
import { temporaryDataFolder } from './temporary-folder.ts';

const run = promisify(execFile);
const HERE = dirname(fileURLToPath(import.meta.url));
export const POSTGRES_MIGRATIONS = join(HERE, '../../migrations/postgres');
export const CLICKHOUSE_MIGRATIONS = join(HERE, '../../migrations/clickhouse');

const TEMPLATE = 'mesure';
const KEEP_MS = 3_600_000;

export interface TestDatabase {
  readonly url: string;
  readonly ownerUrl: string;
  readonly name: string;
}

export interface TestCluster {
  readonly postgres: EmbeddedPostgres;
  readonly folder: string;
  /** A copy of the migrated template, under a name of its own. */
  readonly createDatabase: () => Promise<TestDatabase>;
  readonly dropDatabase: (name: string) => Promise<void>;
}

const start = async (folder: string): Promise<EmbeddedPostgres> =>
  startEmbeddedPostgres({ dataFolder: folder, settings: { shared_buffers: '32MB', max_connections: '60' } });

const firstWritable = async (folders: readonly string[]): Promise<string> => {
  for (const folder of folders) {
    const usable = await mkdir(folder, { recursive: true, mode: 0o700 })
      .then(() => access(folder, constants.W_OK).then(() => true))
      .catch(() => false);
    if (usable) return folder;
  }
  throw new Error(`None of ${folders.join(', ')} can be written to`);
};

/** A cluster with all migrations applied, kept between runs: setting one up costs a second, copying it a tenth. */
const preparedFolder = async (): Promise<string> => {
  const files = await readMigrationFiles(POSTGRES_MIGRATIONS);
  const key = createHash('sha256').update(
    `3 ${process.getuid?.()} ${files.map(({ sha256 }) => sha256).join()}`,
  );
  const cache = await firstWritable([
    join(HERE, '../../../node_modules/.cache/mesure-test-clusters'),
    join(tmpdir(), `mesure-test-clusters-${process.getuid?.()}`),
  ]);
  const ready = join(cache, key.digest('hex').slice(0, 16));
  const now = new Date();
  if (
    await access(ready).then(
      () => true,
      () => false,
    )
  ) {
    await utimes(ready, now, now).catch(() => undefined);
    return ready;
  }
  const folder = await temporaryDataFolder();
  const postgres = await start(folder);
  try {
    await migrate(postgres.ownerUrl, POSTGRES_MIGRATIONS, { appRole: postgres.appRole });
    await installJobs({ ownerUrl: postgres.ownerUrl, appRole: postgres.appRole });
  } finally {
    await postgres.stop();
  }
  const beside = `${ready}.${randomBytes(4).toString('hex')}`;
  await run('cp', ['-a', join(postgres.folder, 'data'), beside]);
  await rename(beside, ready).catch(() => rm(beside, { recursive: true, force: true }));
  await forgetOld(cache, now.getTime());
  return ready;
};

const forgetOld = async (cache: string, nowMs: number): Promise<void> => {
  for (const name of await readdir(cache)) {
    const found = await stat(join(cache, name)).catch(() => undefined);
    if (found !== undefined && nowMs - found.mtimeMs > KEEP_MS)
      await rm(join(cache, name), { recursive: true, force: true });
  }
};

const asAdmin = async (postgres: EmbeddedPostgres, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: postgres.adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

const inDatabase = (url: string, name: string): string => url.replace(/\/mesure\?/, `/${name}?`);

export const startTestCluster = async (): Promise<TestCluster> => {
  const prepared = await preparedFolder();
  const folder = await temporaryDataFolder();
  const engineFolder = await embeddedPostgresFolder(folder);
  await mkdir(engineFolder, { mode: 0o711 });
  await run('cp', ['-a', prepared, join(engineFolder, 'data')]);
  const postgres = await start(folder);
  return {
    postgres,
    folder,
    createDatabase: async () => {
      const name = `test_${randomBytes(8).toString('hex')}`;
      await asAdmin(postgres, `create database ${name} template ${TEMPLATE} owner mesure_owner`);
      return { name, url: inDatabase(postgres.appUrl, name), ownerUrl: inDatabase(postgres.ownerUrl, name) };
    },
    dropDatabase: (name) => asAdmin(postgres, `drop database if exists ${name} with (force)`),
  };
};
