import { chmod, constants, copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type ClickHouse, migrateClickHouse } from '#platform/clickhouse';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import { installJobs } from '#platform/jobs';
import { migrate, readMigrationFiles } from '#platform/postgres';
import { loadClickHouse, mustBeEmpty } from './load-clickhouse.ts';
import { loadPostgres } from './load-postgres.ts';
import { type Manifest, readManifest, SECRET } from './manifest.ts';
import { checkMeasured } from './measured-file.ts';

export interface RestoreOptions {
  readonly folder: string;
  readonly ownerUrl: string;
  readonly appRole: string;
  readonly clickhouse: ClickHouse;
  /** Where the root secret goes; an existing one is never overwritten. */
  readonly secretFile?: string;
  /** server/migrations: holds postgres/ and clickhouse/. */
  readonly migrations: string;
  readonly clock: Clock;
}

const numbersOf = (migrations: Manifest['postgres']['migrations']): number[] =>
  migrations.map(({ number }) => number);

const mustBeKnown = async (folder: string, migrations: Manifest['postgres']['migrations']): Promise<void> => {
  const known = new Map((await readMigrationFiles(folder)).map((file) => [file.number, file]));
  const strange = migrations.find(({ number, sha256 }) => known.get(number)?.sha256 !== sha256);
  if (strange === undefined) return;
  throw appError('unprocessable', {
    message: `The backup was made by a newer or another version of Mesure (${strange.name} is not the one of this version). Restore it with the version that made it, then upgrade.`,
    details: { reason: 'other_version', migration: strange.name },
  });
};

/**
 * Brings a backup back into new, empty stores, then up to this version. Sends are held in every workspace until a person
 * releases them. When it fails, PostgreSQL is as it was; ClickHouse may hold rows and is to be emptied.
 */
export const restoreBackup = async (options: RestoreOptions): Promise<Manifest> => {
  const folder = resolve(options.folder);
  const { ownerUrl, appRole, clickhouse, clock } = options;
  const [postgresMigrations, clickhouseMigrations] = [
    join(options.migrations, 'postgres'),
    join(options.migrations, 'clickhouse'),
  ];
  const manifest = await readManifest(folder);
  await mustBeKnown(postgresMigrations, manifest.postgres.migrations);
  await mustBeKnown(clickhouseMigrations, manifest.clickhouse.migrations);
  for (const file of [...manifest.postgres.tables, ...manifest.clickhouse.tables])
    await checkMeasured(folder, file);

  await migrate(ownerUrl, postgresMigrations, { appRole, only: numbersOf(manifest.postgres.migrations) });
  await installJobs({ ownerUrl, appRole });
  await migrateClickHouse(clickhouse, clickhouseMigrations, numbersOf(manifest.clickhouse.migrations));
  await mustBeEmpty(clickhouse, manifest);
  if (manifest.secret && options.secretFile !== undefined) {
    await copyFile(join(folder, SECRET), options.secretFile, constants.COPYFILE_EXCL).catch(
      (cause: NodeJS.ErrnoException) => {
        throw appError('unprocessable', {
          message: `The backup's secret cannot be put to ${options.secretFile} (${cause.code}). Restore into a new data folder: an existing secret is never overwritten.`,
          details: { reason: 'secret_exists' },
          cause,
        });
      },
    );
    await chmod(options.secretFile, 0o600);
  }
  await loadPostgres({
    ownerUrl,
    folder,
    manifest,
    restoredAt: clock.now(),
    beforeCommit: () => loadClickHouse(clickhouse, folder, manifest),
  });
  await migrate(ownerUrl, postgresMigrations, { appRole });
  await migrateClickHouse(clickhouse, clickhouseMigrations);
  return manifest;
};
