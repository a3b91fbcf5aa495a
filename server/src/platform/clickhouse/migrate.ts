import { appError } from '#platform/errors';
import {
  type AppliedMigration,
  type MigrationFile,
  pendingMigrations,
  readMigrationFiles,
} from '#platform/postgres';
import type { ClickHouse } from './port.ts';

/** A statement ends with a semicolon at the end of a line. */
export const statementsIn = (sql: string): string[] =>
  sql
    .split(/;[ \t]*(?:\r?\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/--[^\n]*/g, '').trim() !== '');

const apply = async (clickhouse: ClickHouse, file: MigrationFile): Promise<void> => {
  for (const statement of statementsIn(file.sql)) {
    try {
      await clickhouse.command(statement);
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      throw appError('internal', {
        message: `ClickHouse migration ${file.name} failed: ${cause instanceof Error ? cause.message : String(cause)}\n${statement.slice(0, 300)}`,
        details: { reason: 'migration_failed', migration: file.name },
        cause: error,
      });
    }
  }
  await clickhouse.insert({
    table: 'schema_migration',
    rows: [{ number: file.number, name: file.name, sha256: file.sha256 }],
    token: file.sha256,
  });
};

/** Tokens are honoured, and an acknowledged insert is on the disk, only where the table says so. */
const DURABLE = {
  non_replicated_deduplication_window: '10000',
  fsync_after_insert: '1',
  fsync_part_directory: '1',
} as const;

const harden = async (clickhouse: ClickHouse): Promise<void> => {
  const tables = await clickhouse.query<{ name: string; definition: string; replicated: number }>({
    sql: `select name, create_table_query as definition, engine like 'Replicated%' or engine like 'Shared%' as replicated
          from system.tables where database = currentDatabase() and engine like '%MergeTree' order by name`,
  });
  for (const { name, definition, replicated } of tables) {
    const missing = Object.entries(DURABLE).filter(
      ([setting]) =>
        !definition.includes(`${setting} =`) && !(replicated === 1 && setting.startsWith('non_replicated')),
    );
    if (missing.length === 0) continue;
    const list = missing.map(([setting, value]) => `${setting} = ${value}`).join(', ');
    await clickhouse.command(`alter table {table:Identifier} modify setting ${list}`, { table: name });
  }
};

/**
 * Brings the event store to this version. ClickHouse has no transactions around its statements: each must do nothing
 * when it is repeated (create … if not exists), because a file that is interrupted runs again from its start. `only`
 * stops at an earlier version, for a backup that was made there.
 */
export const migrateClickHouse = async (
  clickhouse: ClickHouse,
  folder: string,
  only?: readonly number[],
): Promise<{ readonly applied: readonly string[] }> => {
  const files = await readMigrationFiles(folder);
  await clickhouse.command(`create table if not exists schema_migration (
    number UInt32, name String, sha256 String, applied_at DateTime64(3, 'UTC') default now64(3)
  ) engine = ReplacingMergeTree order by number`);
  await harden(clickhouse);
  const applied = await clickhouse.query<AppliedMigration>({
    sql: 'select number, name, sha256 from schema_migration final order by number',
  });
  const pending = pendingMigrations(files, applied, 'The event store (ClickHouse)').filter(
    ({ number }) => only === undefined || only.includes(number),
  );
  for (const file of pending) await apply(clickhouse, file);
  await harden(clickhouse);
  return { applied: pending.map(({ name }) => name) };
};
