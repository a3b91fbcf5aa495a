import type { Clock } from '#platform/clock';
import type { Ids } from '#platform/ids';
import type { Tx } from '#platform/postgres';
import { onePerSku, type Product, type ProductUpsert } from './product.ts';
import {
  bySku,
  countProducts,
  listProducts,
  type ProductCategory,
  type ProductFilter,
  type ProductPage,
  type ProductQuery,
  productCategories,
} from './read.ts';
import { insertProducts, updateProducts } from './store.ts';

export interface Products {
  /** Makes what is new, completes what exists. `currency`: for new products that say none. */
  readonly upsert: (
    tx: Tx,
    rows: readonly ProductUpsert[],
    options?: { readonly currency?: string },
  ) => Promise<{ readonly created: number }>;
  readonly bySku: (tx: Tx, skus: readonly string[]) => Promise<ReadonlyMap<string, Product>>;
  /** @throws AppError invalid_request: `after` is of another list. */
  readonly list: (tx: Tx, query: ProductQuery) => Promise<ProductPage>;
  readonly count: (tx: Tx, filter?: ProductFilter) => Promise<number>;
  readonly categories: (tx: Tx) => Promise<readonly ProductCategory[]>;
}

const BATCH = 10_000;

export const createProducts = ({ ids, clock }: { readonly ids: Ids; readonly clock: Clock }): Products => ({
  upsert: async (tx, rows, options = {}) => {
    const merged = onePerSku(rows);
    const now = clock.now();
    let created = 0;
    for (let start = 0; start < merged.length; start += BATCH) {
      const batch = merged.slice(start, start + BATCH).map((row) => ({ row, id: ids.next() }));
      const fresh = await insertProducts(tx, batch, { currency: options.currency ?? 'EUR', now });
      created += fresh.size;
      const older = batch.flatMap(({ row }) => (fresh.has(row.sku) ? [] : [row]));
      if (older.length > 0) await updateProducts(tx, older, now);
    }
    return { created };
  },
  bySku: async (tx, skus) =>
    new Map((skus.length === 0 ? [] : await bySku(tx, skus)).map((product) => [product.sku, product])),
  list: listProducts,
  count: countProducts,
  categories: productCategories,
});
