import { join } from 'node:path';
import type { ClickHouse } from '#platform/clickhouse';
import {
  type ClickHouseTable,
  readClickHouseMigrations,
  readClickHouseTables,
  readPartitions,
} from './clickhouse-read.ts';
import type { ClickHouseTableFile, Manifest } from './manifest.ts';
import { writeMeasured } from './measured-file.ts';

/** Rows of one query: some hundred bytes each. */
const SLICE_ROWS = 50_000;

/**
 * Slices by a hash of the sorting key: whatever merges meanwhile, a row stays in its slice, and of two copies of a row at
 * least one is read.
 */
const dumpTable = async (
  clickhouse: ClickHouse,
  folder: string,
  table: ClickHouseTable,
): Promise<ClickHouseTableFile> => {
  const file = `clickhouse/${table.name}.jsonl.gz`;
  let rows = 0;
  const chunks = async function* (): AsyncGenerator<string> {
    for (const { partition, count } of await readPartitions(clickhouse, table.name)) {
      const slices = Math.max(1, Math.ceil(count / SLICE_ROWS));
      for (let slice = 0; slice < slices; slice += 1) {
        const found = await clickhouse.query({
          sql: `select ${table.columns.map((name) => `\`${name}\``).join(', ')} from {table:Identifier}
                where _partition_id = {partition:String} and cityHash64(${table.sortingKey || '1'}) % {slices:UInt32} = {slice:UInt32}`,
          params: { table: table.name, partition, slices, slice },
          exactIntegers: true,
          lane: 'batch',
          maxSeconds: 600,
        });
        rows += found.length;
        if (found.length > 0) yield `${found.map((row) => JSON.stringify(row)).join('\n')}\n`;
      }
    }
  };
  const measured = await writeMeasured(join(folder, file), chunks());
  return { name: table.name, file, ...measured, rows };
};

export const dumpClickHouse = async (
  clickhouse: ClickHouse,
  folder: string,
): Promise<Manifest['clickhouse']> => {
  const tables: ClickHouseTableFile[] = [];
  for (const table of await readClickHouseTables(clickhouse))
    tables.push(await dumpTable(clickhouse, folder, table));
  return {
    version: await clickhouse.version(),
    migrations: await readClickHouseMigrations(clickhouse),
    tables,
  };
};
