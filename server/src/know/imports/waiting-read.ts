import type { Tx } from '#platform/postgres';

export interface WaitingImport {
  readonly id: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly createdAt: Date;
  /** The first file. */
  readonly file: string | null;
}

/** Described and not started, the newest 50. */
export const waitingImports = (tx: Tx): Promise<WaitingImport[]> =>
  tx.rows<WaitingImport>(
    `select i.id, jsonb_build_object('id', i.created_by ->> 'id', 'name', i.created_by ->> 'name') as by,
            i.created_at as "createdAt",
            (select min(f.name) from data_import_file f
             where f.workspace_id = i.workspace_id and f.import_id = i.id) as file
     from data_import i where i.workspace_id = app_workspace() and i.state = 'described'
     order by i.id desc limit 50`,
  );

export const hasCommittedImport = async (tx: Tx): Promise<boolean> =>
  (
    await tx.one<{ found: boolean }>(
      `select exists (
         select 1 from data_import where workspace_id = app_workspace() and state = 'committed') as found`,
    )
  ).found;
