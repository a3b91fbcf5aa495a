import type { Tx } from '#platform/postgres';
import { type FileRow, IMPORT_COLUMNS, type ImportRow } from './import-store.ts';

export const findImport = (tx: Tx, id: string): Promise<ImportRow | undefined> =>
  tx.maybe<ImportRow>(
    `select ${IMPORT_COLUMNS} from data_import where workspace_id = app_workspace() and id = $1`,
    [id],
  );

/** Ids are made in time order: newest first is highest first. */
export const listImports = (
  tx: Tx,
  page: { readonly before?: string | undefined; readonly limit: number },
): Promise<ImportRow[]> =>
  tx.rows<ImportRow>(
    `select ${IMPORT_COLUMNS} from data_import where workspace_id = app_workspace() and ($1::uuid is null or id < $1)
     order by id desc limit $2`,
    [page.before ?? null, page.limit],
  );

/** Batches that are seen now. */
export const committedBatches = async (tx: Tx): Promise<readonly string[]> =>
  (
    await tx.rows<{ id: string }>(
      `select batch_id as id from data_import
       where workspace_id = app_workspace() and state = 'committed' and batch_id is not null order by id`,
    )
  ).map(({ id }) => id);

export const undoneImports = async (tx: Tx): Promise<readonly string[]> =>
  (
    await tx.rows<{ id: string }>(
      `select id from data_import where workspace_id = app_workspace() and state = 'undone'`,
    )
  ).map(({ id }) => id);

export const unfinishedImports = (tx: Tx): Promise<ImportRow[]> =>
  tx.rows<ImportRow>(
    `select ${IMPORT_COLUMNS} from data_import
     where workspace_id = app_workspace() and state in ('checking', 'running', 'undoing') order by id`,
  );

export interface ListedFile extends FileRow {
  readonly importId: string;
  readonly alreadyImportedBy: string | null;
}

/** Files in the order in which they are read: by name, so that months sent in any order come in order. */
export const filesOf = (tx: Tx, importIds: readonly string[]): Promise<ListedFile[]> =>
  tx.rows<ListedFile>(
    `select f.import_id as "importId", f.stored_as as "storedAs", f.name, f.bytes, f.sha256, f.gzip, f.encoding, f.delimiter, f.header,
       (select min(i.id::text) from data_import_file g join data_import i on (i.workspace_id, i.id) = (g.workspace_id, g.import_id)
        where g.workspace_id = app_workspace() and g.sha256 = f.sha256 and i.state = 'committed' and i.id <> f.import_id)
       as "alreadyImportedBy"
     from data_import_file f where f.workspace_id = app_workspace() and f.import_id = any ($1::uuid[])
     order by f.import_id, f.name`,
    [importIds],
  );

/** First and last records of each file, in the order of the files. */
export const samplesOf = async (tx: Tx, importId: string): Promise<string[][]> => {
  const rows = await tx.rows<{ sample: string[][] }>(
    'select sample from data_import_file where workspace_id = app_workspace() and import_id = $1 order by name',
    [importId],
  );
  return rows.flatMap(({ sample }) => sample);
};
