export type SqlValues = readonly unknown[];

/** One open transaction. Rows are plain objects; int8 arrives as number, numeric as string, timestamptz as Date. */
export interface Tx {
  /** Null only inside `inSystem`. */
  readonly workspaceId: string | null;
  readonly rows: <R>(sql: string, values?: SqlValues) => Promise<R[]>;
  /** Exactly one row, or an internal error that names the statement. */
  readonly one: <R>(sql: string, values?: SqlValues) => Promise<R>;
  readonly maybe: <R>(sql: string, values?: SqlValues) => Promise<R | undefined>;
  /** The number of rows touched. */
  readonly run: (sql: string, values?: SqlValues) => Promise<number>;
}

export interface TxOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readonly readOnly?: boolean;
}

export interface Database {
  /** One transaction that sees and writes one workspace only (row-level security). */
  readonly inWorkspace: <T>(
    workspaceId: string,
    work: (tx: Tx) => Promise<T>,
    options?: TxOptions,
  ) => Promise<T>;
  /** One transaction on the few tables outside row-level security; workspace tables show no row here. */
  readonly inSystem: <T>(work: (tx: Tx) => Promise<T>, options?: TxOptions) => Promise<T>;
  readonly close: () => Promise<void>;
}
