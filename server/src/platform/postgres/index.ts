export { type DatabaseAddress, describeAddress, explainRefusal, readAddress, roleIn } from './address.ts';
export { checkAnswers, checkDurability, checkServer } from './check.ts';
export { connectDatabase } from './connect.ts';
export type { Database, SqlValues, Tx, TxOptions } from './database.ts';
export { isAlive } from './embedded/folder-lock.ts';
export { embeddedPostgresFolder } from './embedded/reach.ts';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded/start.ts';
export { type MigrateOptions, type MigrateResult, migrate } from './migrate.ts';
export {
  type AppliedMigration,
  type MigrationFile,
  pendingMigrations,
  readMigrationFiles,
} from './migration-files.ts';
export { createDatabase, type DatabaseOptions, type PooledDatabase } from './pool.ts';
export { isWorthRetrying, sqlStateOf, translate } from './translate.ts';
