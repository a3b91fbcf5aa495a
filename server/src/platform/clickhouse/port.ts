/** Interactive look-ups never wait behind heavy ones: each lane is a connection of its own. */
export type Lane = 'ingest' | 'interactive' | 'batch';

export interface ClickHouseQuery {
  readonly sql: string;
  /** Bound by name: `{name:Type}` in the SQL. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Table → condition, added by additional_table_filters to every read of that table, sub-queries included. */
  readonly filters?: Readonly<Record<string, string>>;
  readonly lane?: Lane;
  /** 64-bit integers as text, for those beyond 2^53. */
  readonly exactIntegers?: boolean;
  /** Default 30; the engine stops the query itself. */
  readonly maxSeconds?: number;
}

export interface ClickHouseInsert {
  readonly table: string;
  /** One JSON object per row, keys = columns. 64-bit integers and decimals may be strings. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** insert_deduplication_token: the same token twice inserts once. Carries the import's or batch's id. */
  readonly token: string;
}

export interface ClickHouse {
  /**
   * Rows as objects: integers as numbers, decimals as strings, instants as ISO 8601 in UTC. Bound instants need a type
   * that says UTC: `{from:DateTime64(3,'UTC')}`. The SQL carries neither FORMAT nor a SETTINGS of its own.
   */
  readonly query: <R>(query: ClickHouseQuery) => Promise<R[]>;
  readonly insert: (insert: ClickHouseInsert) => Promise<void>;
  /** Schema and maintenance statements. */
  readonly command: (sql: string, params?: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly version: () => Promise<string>;
  readonly close: () => Promise<void>;
}
