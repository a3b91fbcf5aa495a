import { chmod, copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ClickHouse } from '#platform/clickhouse';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Ids } from '#platform/ids';
import { dumpClickHouse } from './dump-clickhouse.ts';
import { beginPostgresDump } from './dump-postgres.ts';
import { MANIFEST, type Manifest, SECRET } from './manifest.ts';

export interface BackupOptions {
  /** New or empty. It will hold everything that is known about customers: keep it as safe as the server. */
  readonly folder: string;
  readonly ownerUrl: string;
  readonly clickhouse: ClickHouse;
  /** The root secret's file, copied along. */
  readonly secretFile?: string;
  readonly clock: Clock;
  readonly ids: Ids;
  /**
   * Keeps what moves rows from PostgreSQL to ClickHouse (shipper, replication) still while `work` runs. Without it
   * nothing else may run: a stopped server.
   */
  readonly whileStill?: (work: () => Promise<Manifest['clickhouse']>) => Promise<Manifest['clickhouse']>;
}

const prepare = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  if ((await readdir(folder)).length > 0) {
    throw appError('unprocessable', {
      message: `${folder} is not empty. Give the backup a folder of its own.`,
      details: { reason: 'folder_not_empty' },
    });
  }
  for (const part of ['postgres', 'clickhouse']) await mkdir(join(folder, part), { mode: 0o700 });
};

/**
 * Both stores at one instant: the snapshot of PostgreSQL is opened while ClickHouse stands still, and its rows are read
 * afterwards. Rows of an import that was not committed then are copied too and stay invisible.
 */
export const createBackup = async (options: BackupOptions): Promise<Manifest> => {
  const folder = resolve(options.folder);
  const { clickhouse, clock, ids } = options;
  const whileStill = options.whileStill ?? ((work) => work());
  await prepare(folder);
  const createdAt = clock.now().toISOString();
  let dump: Awaited<ReturnType<typeof beginPostgresDump>> | undefined;
  const events = await whileStill(async () => {
    dump = await beginPostgresDump(options.ownerUrl, folder);
    return dumpClickHouse(clickhouse, folder);
  }).catch(async (error: unknown) => {
    await dump?.abandon();
    throw error;
  });
  if (dump === undefined) throw appError('internal', { cause: new Error('whileStill did not run its work') });
  const postgres = await dump.finish();
  if (options.secretFile !== undefined) {
    await copyFile(options.secretFile, join(folder, SECRET));
    await chmod(join(folder, SECRET), 0o600);
  }
  const manifest: Manifest = {
    format: 1,
    id: ids.next(),
    createdAt,
    postgres,
    clickhouse: events,
    secret: options.secretFile !== undefined,
  };
  await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  return manifest;
};
