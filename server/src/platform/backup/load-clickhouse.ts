import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ClickHouse } from '#platform/clickhouse';
import { appError } from '#platform/errors';
import { countRows, readClickHouseTables } from './clickhouse-read.ts';
import type { ClickHouseTableFile, Manifest } from './manifest.ts';
import { readMeasured } from './measured-file.ts';

const BATCH_ROWS = 20_000;

type Row = Readonly<Record<string, unknown>>;

const loadTable = async (
  clickhouse: ClickHouse,
  folder: string,
  { file, id }: { file: ClickHouseTableFile; id: string },
): Promise<void> => {
  let batch: Row[] = [];
  let loaded = 0;
  const send = async (): Promise<void> => {
    await clickhouse.insert({ table: file.name, rows: batch, token: `restore:${id}:${file.name}:${loaded}` });
    loaded += batch.length;
    batch = [];
  };
  for await (const line of createInterface({
    input: readMeasured(join(folder, file.file)),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    batch.push(JSON.parse(line) as Row);
    if (batch.length >= BATCH_ROWS) await send();
  }
  await send();
  if (loaded !== file.rows) {
    throw appError('unprocessable', {
      message: `${file.file} holds ${loaded} rows, the manifest says ${file.rows}.`,
      details: { reason: 'row_count' },
    });
  }
};

/** @throws unprocessable unless every table is there and empty. */
export const mustBeEmpty = async (clickhouse: ClickHouse, manifest: Manifest): Promise<void> => {
  const known = new Set((await readClickHouseTables(clickhouse)).map(({ name }) => name));
  for (const { name } of manifest.clickhouse.tables) {
    if (!known.has(name)) {
      throw appError('unprocessable', {
        message: `The backup's table ${name} does not fit this version of Mesure.`,
        details: { reason: 'other_schema' },
      });
    }
    if ((await countRows(clickhouse, name)) > 0) {
      throw appError('unprocessable', {
        message: `The event store is not empty (${name} has rows). Restore into a new store or data folder: nothing is overwritten.`,
        details: { reason: 'not_empty' },
      });
    }
  }
};

export const loadClickHouse = async (
  clickhouse: ClickHouse,
  folder: string,
  manifest: Manifest,
): Promise<void> => {
  for (const file of manifest.clickhouse.tables)
    await loadTable(clickhouse, folder, { file, id: manifest.id });
};
