import type { Tx } from '#platform/postgres';

export type BatchState = 'open' | 'committed' | 'hidden' | 'purged';

export const saveBatch = (
  tx: Tx,
  importId: string,
  change: { readonly state: BatchState; readonly now: Date },
): Promise<number> =>
  tx.run(
    `insert into bulk_batch (workspace_id, import_id, state, opened_at, changed_at)
     values (app_workspace(), $1, $2, $3, $3)
     on conflict (workspace_id, import_id) do update set state = excluded.state, changed_at = excluded.changed_at`,
    [importId, change.state, change.now],
  );

export const lockBatchState = async (tx: Tx, importId: string): Promise<BatchState | undefined> =>
  (
    await tx.maybe<{ state: BatchState }>(
      'select state from bulk_batch where workspace_id = app_workspace() and import_id = $1 for update',
      [importId],
    )
  )?.state;

export const visibleImportIds = async (tx: Tx): Promise<string[]> => {
  const rows = await tx.rows<{ id: string }>(
    `select import_id as id from bulk_batch where workspace_id = app_workspace() and state = 'committed'
     order by import_id`,
  );
  return rows.map(({ id }) => id);
};
