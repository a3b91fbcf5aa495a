import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { appError } from '#platform/errors';
import { type CatalogTable, readApplied, readForeignKeys, readTables } from './catalog-read.ts';
import { columnList, qualified } from './dump-postgres.ts';
import type { Manifest, PostgresTableFile } from './manifest.ts';
import { readMeasured } from './measured-file.ts';
import { advanceTransactionIds, renumberTransactionIds } from './transaction-ids.ts';

const refuse = (reason: string, message: string): Error =>
  appError('unprocessable', { message, details: { reason } });

const matchTables = (
  tables: readonly CatalogTable[],
  files: readonly PostgresTableFile[],
): [CatalogTable, PostgresTableFile][] =>
  files.map((file) => {
    const table = tables.find(({ schema, name }) => schema === file.schema && name === file.name);
    if (table === undefined || file.columns.some((column) => !table.columns.includes(column))) {
      throw refuse(
        'other_schema',
        `The backup's table ${file.schema}.${file.name} does not fit this version of Mesure.`,
      );
    }
    return [table, file];
  });

const mustBeNew = async (
  client: pg.Client,
  tables: readonly CatalogTable[],
  manifest: Manifest,
): Promise<void> => {
  const applied = await readApplied(client);
  const wanted = new Set(manifest.postgres.migrations.map(({ number }) => number));
  if (applied.length !== wanted.size || applied.some(({ number }) => !wanted.has(number))) {
    throw refuse(
      'not_empty',
      'The database is of another version than the backup. Restore into a new database or data folder.',
    );
  }
  for (const table of tables) {
    const { rows } = await client.query<{ found: boolean }>(
      `select exists (select from ${qualified(table)}) as found`,
    );
    if (rows[0]?.found === true) {
      throw refuse(
        'not_empty',
        `The database is not empty (${table.name} has rows). Restore into a new database or data folder: nothing is overwritten.`,
      );
    }
  }
};

const loadTable = async (
  client: pg.Client,
  folder: string,
  [table, file]: [CatalogTable, PostgresTableFile],
): Promise<void> => {
  const stream = client.query(copyFrom(`copy ${qualified(table)} (${columnList(file.columns)}) from stdin`));
  await pipeline(readMeasured(join(folder, file.file)), stream);
  if (stream.rowCount !== file.rows) {
    throw refuse('row_count', `${file.file} holds ${stream.rowCount} rows, the manifest says ${file.rows}.`);
  }
};

const holdSends = async (client: pg.Client, manifest: Manifest, restoredAt: Date): Promise<void> => {
  await client.query(
    `insert into restore_hold (workspace_id, backup_at, restored_at) select id, $1, $2 from workspace
     on conflict (workspace_id) do update set backup_at = excluded.backup_at, restored_at = excluded.restored_at,
       released_at = null, released_by = null`,
    [manifest.createdAt, restoredAt],
  );
};

/** On a connection of its own and before the commit: no reader ever sees a row whose id lies in the future. */
const advanceElsewhere = async (ownerUrl: string, next: number): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'mesure restore' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await advanceTransactionIds(client, next);
  } finally {
    await client.end();
  }
};

export interface LoadOptions {
  readonly ownerUrl: string;
  readonly folder: string;
  readonly manifest: Manifest;
  readonly restoredAt: Date;
  /** Runs when everything is in, before it is committed: the other store's rows. */
  readonly beforeCommit: () => Promise<void>;
}

/**
 * Everything in one transaction. The owner lifts foreign keys, triggers and the forcing of row-level security for the
 * length of it and puts them back: nobody else sees the tables without them.
 */
export const loadPostgres = async ({
  ownerUrl,
  folder,
  manifest,
  restoredAt,
  beforeCommit,
}: LoadOptions): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'mesure restore' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin');
    const tables = await readTables(client);
    const forced = tables.filter((table) => table.forced);
    for (const table of forced)
      await client.query(`alter table ${qualified(table)} no force row level security`);
    await mustBeNew(client, tables, manifest);
    const pairs = matchTables(tables, manifest.postgres.tables);
    const keys = await readForeignKeys(client);
    for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`);
    for (const table of tables) await client.query(`alter table ${qualified(table)} disable trigger user`);

    for (const pair of pairs) await loadTable(client, folder, pair);
    const next = await renumberTransactionIds(client, tables);
    for (const { schema, name, lastValue } of manifest.postgres.sequences) {
      if (lastValue !== null)
        await client.query('select setval($1::regclass, $2::bigint)', [
          qualified({ schema, name }),
          lastValue,
        ]);
    }
    // Whoever held these locks is not here.
    await client.query(
      'update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null',
    );
    await client.query(
      'update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null',
    );
    await holdSends(client, manifest, restoredAt);

    for (const table of tables) await client.query(`alter table ${qualified(table)} enable trigger user`);
    for (const { table, name, definition } of keys)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    for (const table of forced)
      await client.query(`alter table ${qualified(table)} force row level security`);
    await beforeCommit();
    await advanceElsewhere(ownerUrl, next);
    await client.query('commit');
    await client.query('analyze');
  } finally {
    await client.end();
  }
};
