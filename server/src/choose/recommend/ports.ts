import type { Tx } from '#platform/postgres';

/** Reads events of one workspace; hidden imports are filtered out. */
export interface OrderEvents {
  readonly query: <R>(
    workspaceId: string,
    query: {
      readonly sql: string;
      readonly params?: Readonly<Record<string, unknown>>;
      readonly lane?: 'interactive' | 'batch';
    },
  ) => Promise<R[]>;
}

export interface CatalogPort {
  readonly bySku: (
    tx: Tx,
    skus: readonly string[],
  ) => Promise<
    ReadonlyMap<
      string,
      {
        readonly name: string;
        readonly category: string;
        readonly sensitive: boolean;
        readonly available: boolean;
      }
    >
  >;
}

/** The last purchase of each product by each person, as PostgreSQL knows it. */
export interface LastPurchases {
  readonly last: (
    tx: Tx,
    profileIds: readonly string[],
  ) => Promise<ReadonlyMap<string, ReadonlyMap<string, { readonly at: Date; readonly category: string }>>>;
}
