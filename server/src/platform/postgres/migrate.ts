import pg from 'pg';
import { appError } from '#platform/errors';
import { describeAddress, roleIn } from './address.ts';
import {
  type AppliedMigration,
  type MigrationFile,
  pendingMigrations,
  readMigrationFiles,
} from './migration-files.ts';

export interface MigrateOptions {
  /** The role that the application logs in as; the same as the owner when an installation has one URL only. */
  readonly appRole: string;
  /** These numbers only: an earlier version, for a backup that was made there. */
  readonly only?: readonly number[];
}

export interface MigrateResult {
  readonly applied: readonly string[];
}

/** "MESU" in ASCII: one migration run at a time per database. */
const LOCK = 0x4d455355;

const lineAt = (sql: string, position: string | undefined): string =>
  position === undefined ? '' : ` at line ${sql.slice(0, Number(position) - 1).split('\n').length}`;

const apply = async (client: pg.Client, file: MigrationFile, appRole: string): Promise<void> => {
  await client.query('begin');
  try {
    await client.query("select set_config('mesure.app_role', $1, true)", [appRole]);
    await client.query(file.sql);
    await client.query(
      'insert into schema_migration (number, name, sha256, applied_at) values ($1, $2, $3, now())',
      [file.number, file.name, file.sha256],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    const cause = error as pg.DatabaseError;
    throw appError('internal', {
      message: `Migration ${file.name} failed${lineAt(file.sql, cause.position)}: ${cause.message}`,
      details: { reason: 'migration_failed', migration: file.name },
      cause,
    });
  }
};

/** Brings a database to this version: each numbered file once, in its own transaction, under one lock. */
export const migrate = async (
  ownerUrl: string,
  folder: string,
  options: MigrateOptions,
): Promise<MigrateResult> => {
  const files = await readMigrationFiles(folder);
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'mesure migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(`create table if not exists schema_migration (
      number int primary key, name text not null, sha256 text not null, applied_at timestamptz not null)`);
    if (options.appRole !== roleIn(ownerUrl)) {
      const role = client.escapeIdentifier(options.appRole);
      await client.query(
        `grant usage on schema public to ${role}; grant select on schema_migration to ${role}`,
      );
    }
    const { rows } = await client.query<AppliedMigration>(
      'select number, name, sha256 from schema_migration order by number',
    );
    const pending = pendingMigrations(files, rows, `The database ${describeAddress(ownerUrl)}`).filter(
      ({ number }) => options.only === undefined || options.only.includes(number),
    );
    for (const file of pending) await apply(client, file, options.appRole);
    return { applied: pending.map(({ name }) => name) };
  } finally {
    await client.end();
  }
};
