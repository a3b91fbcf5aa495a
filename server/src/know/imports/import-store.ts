import type {
  ImportGuess,
  ImportMapping,
  ImportMappingChange,
  ImportReport,
  ImportState,
} from '@mesure/contract/imports';
import type { Actor } from '#guard/access';
import type { Tx } from '#platform/postgres';
import type { InspectedFile } from './inspect-file.ts';
import type { SourceFile } from './source-file.ts';

export type Starter = Pick<Actor, 'kind' | 'id' | 'name' | 'roles' | 'workspaceId' | 'personId'>;

export interface ImportRow {
  readonly id: string;
  readonly state: ImportState;
  readonly attempt: number;
  readonly tries: number;
  readonly batchId: string | null;
  readonly guess: ImportGuess | null;
  readonly correction: ImportMappingChange;
  readonly mapping: ImportMapping | null;
  readonly report: ImportReport | null;
  readonly reportIsDryRun: boolean;
  readonly phase: 'waiting' | 'reading' | 'saving' | 'done';
  readonly bytesDone: number;
  readonly lines: number;
  readonly cancelRequested: boolean;
  readonly failure: string | null;
  readonly failureWhy: FailureWhy | null;
  readonly createdBy: Starter;
  readonly startedBy: Starter | null;
  readonly createdAt: Date;
  readonly committedAt: Date | null;
  readonly undoneAt: Date | null;
}

export const IMPORT_COLUMNS = `id, state, attempt, tries, batch_id as "batchId", guess, correction, mapping, report,
  report_is_dry_run as "reportIsDryRun", phase, bytes_done as "bytesDone", lines, cancel_requested as "cancelRequested", failure,
  failure_why as "failureWhy",
  created_by as "createdBy", started_by as "startedBy", created_at as "createdAt", committed_at as "committedAt", undone_at as "undoneAt"`;

/** The reason as a code, and where it was: file, line, column. */
export type FailureWhy = Readonly<Record<string, string | number>>;

/** jsonb refuses U+0000, which a file may hold. */
const json = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value).replaceAll('\\u0000', '');

export const insertImport = (
  tx: Tx,
  id: string,
  by: { readonly actor: Starter; readonly now: Date },
): Promise<number> =>
  tx.run(
    `insert into data_import (workspace_id, id, kind, state, created_by, created_at)
     values (app_workspace(), $1, 'orders', 'receiving', $2, $3)`,
    [id, json(by.actor), by.now],
  );

export const lockImport = (tx: Tx, id: string): Promise<ImportRow | undefined> =>
  tx.maybe<ImportRow>(
    `select ${IMPORT_COLUMNS} from data_import where workspace_id = app_workspace() and id = $1 for update`,
    [id],
  );

export interface ImportChange {
  readonly state?: ImportState;
  readonly attempt?: number;
  readonly tries?: number;
  readonly batchId?: string | null;
  readonly guess?: ImportGuess | null;
  readonly correction?: ImportMappingChange;
  readonly mapping?: ImportMapping;
  readonly report?: ImportReport | null;
  readonly reportIsDryRun?: boolean;
  readonly phase?: ImportRow['phase'];
  readonly bytesDone?: number;
  readonly lines?: number;
  readonly cancelRequested?: boolean;
  /** Without a reason of its own it forgets the one before. */
  readonly failure?: string | null;
  readonly failureWhy?: FailureWhy | null;
  readonly startedBy?: Starter;
  readonly committedAt?: Date;
  readonly undoneAt?: Date;
}

const columnOf: Readonly<Record<keyof ImportChange, string>> = {
  state: 'state',
  attempt: 'attempt',
  tries: 'tries',
  batchId: 'batch_id',
  guess: 'guess',
  correction: 'correction',
  mapping: 'mapping',
  report: 'report',
  reportIsDryRun: 'report_is_dry_run',
  phase: 'phase',
  bytesDone: 'bytes_done',
  lines: 'lines',
  cancelRequested: 'cancel_requested',
  failure: 'failure',
  failureWhy: 'failure_why',
  startedBy: 'started_by',
  committedAt: 'committed_at',
  undoneAt: 'undone_at',
};
const jsonColumns = new Set<string>(['guess', 'correction', 'mapping', 'report', 'startedBy', 'failureWhy']);

export const saveImport = (tx: Tx, id: string, change: ImportChange): Promise<number> => {
  const whole = 'failure' in change ? { failureWhy: null, ...change } : change;
  const entries = Object.entries(whole) as [keyof ImportChange, unknown][];
  const sets = entries.map(([key], index) => `${columnOf[key]} = $${index + 2}`);
  const values = entries.map(([key, value]) => (jsonColumns.has(key) ? json(value) : value));
  return tx.run(
    `update data_import set ${sets.join(', ')} where workspace_id = app_workspace() and id = $1`,
    [id, ...values],
  );
};

/** Progress of one try. Null: this try is no longer the one that counts and must stop. */
export const saveProgress = async (
  tx: Tx,
  id: string,
  progress: {
    readonly attempt: number;
    readonly bytes: number;
    readonly lines: number;
    readonly phase: ImportRow['phase'];
  },
): Promise<{ readonly cancelRequested: boolean } | null> =>
  (await tx.maybe<{ cancelRequested: boolean }>(
    `update data_import set bytes_done = $3, lines = $4, phase = $5
     where workspace_id = app_workspace() and id = $1 and attempt = $2 and state in ('running', 'checking')
     returning cancel_requested as "cancelRequested"`,
    [id, progress.attempt, progress.bytes, progress.lines, progress.phase],
  )) ?? null;

export interface FileRow extends Omit<SourceFile, 'path'> {
  readonly storedAs: string;
  readonly bytes: number;
  readonly sha256: string;
}

export const insertFile = (
  tx: Tx,
  importId: string,
  file: FileRow & Pick<InspectedFile, 'sample'>,
): Promise<number> =>
  tx.run(
    `insert into data_import_file (workspace_id, import_id, stored_as, name, bytes, sha256, gzip, encoding, delimiter, header, sample)
     values (app_workspace(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      importId,
      file.storedAs,
      file.name,
      file.bytes,
      file.sha256,
      file.gzip,
      file.encoding,
      file.delimiter,
      json(file.header),
      json(file.sample),
    ],
  );

/** Samples and previews hold personal data: they go when they have served. */
export const forgetSamples = async (tx: Tx, importId: string): Promise<void> => {
  await tx.run(
    `update data_import_file set sample = '[]' where workspace_id = app_workspace() and import_id = $1`,
    [importId],
  );
  await tx.run(
    `update data_import set guess = jsonb_set(guess, '{preview}', '[]') where workspace_id = app_workspace() and id = $1 and guess is not null`,
    [importId],
  );
};
