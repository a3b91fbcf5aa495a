import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appError } from '#platform/errors';

export interface MigrationFile {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

export interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
}

const NAME = /^(\d{4})-[a-z0-9-]+\.sql$/;

const stop = (reason: string, message: string): Error =>
  appError('unavailable', { message, details: { reason } });

/** The numbered files of a folder in their order. */
export const readMigrationFiles = async (folder: string): Promise<MigrationFile[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const files = await Promise.all(
    names.map(async (name): Promise<MigrationFile> => {
      const number = NAME.exec(name)?.[1];
      if (number === undefined)
        throw stop('migration_name', `${name} is not a migration's name: 0001-what-it-does.sql`);
      const sql = await readFile(join(folder, name), 'utf8');
      return { number: Number(number), name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
  const twice = files.find((file, index) => files[index - 1]?.number === file.number);
  if (twice !== undefined) throw stop('migration_number', `Two migrations have the number of ${twice.name}`);
  return files;
};

/**
 * What is still to be applied. Rooms have their own ranges of numbers, so a lower number may come after a higher one.
 * @throws unavailable when the store was written by a newer version, or when a file changed after it was applied.
 */
export const pendingMigrations = (
  files: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
  store: string,
): MigrationFile[] => {
  const known = new Map(files.map((file) => [file.number, file]));
  for (const { number, name, sha256 } of applied) {
    const file = known.get(number);
    if (file === undefined) {
      throw stop(
        'newer_version',
        `${store} was written by a newer version of Mesure (it knows ${name}; this version does not). Install that version or a later one; never go back without restoring a backup.`,
      );
    }
    if (file.sha256 !== sha256) {
      throw stop(
        'changed_migration',
        `${store} was set up with another ${name} than the one in this version. Put the file back as it was and make the change in a new migration.`,
      );
    }
  }
  const done = new Set(applied.map(({ number }) => number));
  return files.filter(({ number }) => !done.has(number));
};
