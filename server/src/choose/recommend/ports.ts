import type { Tx } from '#platform/postgres';

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
