import { join } from 'node:path';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import {
  type CatalogTable,
  readApplied,
  readSequences,
  readTables,
  readWorkspaceIds,
} from './catalog-read.ts';
import type { Manifest, PostgresTableFile } from './manifest.ts';
import { writeMeasured } from './measured-file.ts';

export const qualified = ({ schema, name }: { readonly schema: string; readonly name: string }): string =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;

export const columnList = (columns: readonly string[]): string =>
  columns.map((name) => pg.escapeIdentifier(name)).join(', ');

const dumpTable = async (
  client: pg.Client,
  {
    folder,
    table,
    workspaceIds,
  }: { readonly folder: string; readonly table: CatalogTable; readonly workspaceIds: readonly string[] },
): Promise<PostgresTableFile> => {
  const { schema, name, columns } = table;
  const file = `postgres/${schema}.${name}.copy.gz`;
  let rows = 0;
  const chunks = async function* (): AsyncGenerator<Buffer> {
    for (const workspaceId of table.forced ? workspaceIds : ['']) {
      await client.query("select set_config('app.workspace', $1, true)", [workspaceId]);
      const stream = client.query(
        copyTo(`copy (select ${columnList(columns)} from ${qualified(table)}) to stdout`),
      );
      for await (const chunk of stream) yield chunk as Buffer;
      rows += stream.rowCount;
    }
  };
  const measured = await writeMeasured(join(folder, file), chunks());
  return { schema, name, columns: [...columns], file, ...measured, rows };
};

export interface PostgresDump {
  /** The rest of the tables, of the same instant. */
  readonly finish: () => Promise<Manifest['postgres']>;
  readonly abandon: () => Promise<void>;
}

/** Opens one snapshot of everything at this instant; rows are read from it in `finish`. */
export const beginPostgresDump = async (ownerUrl: string, folder: string): Promise<PostgresDump> => {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'mesure backup' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin isolation level repeatable read read only');
  // The first statement takes the snapshot.
  const { rows: found } = await client.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  return {
    finish: async () => {
      try {
        const workspaceIds = await readWorkspaceIds(client);
        const tables: PostgresTableFile[] = [];
        for (const table of await readTables(client))
          tables.push(await dumpTable(client, { folder, table, workspaceIds }));
        return {
          version: found[0]?.version ?? '',
          migrations: await readApplied(client),
          tables,
          sequences: await readSequences(client),
        };
      } finally {
        await client.end();
      }
    },
    abandon: () => client.end(),
  };
};
