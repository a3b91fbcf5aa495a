import type { Tx } from '#platform/postgres';
import { type Product, productNameKey, shortDecimal } from './product.ts';

const COLUMNS = `id, sku, name, category, unit_price as "unitPrice", currency, url, image_url as "imageUrl",
  sensitive, available`;

const HIGHEST = '\u{10FFFF}';

const asProduct = (row: Product): Product => ({ ...row, unitPrice: shortDecimal(row.unitPrice) });

export const bySku = async (tx: Tx, skus: readonly string[]): Promise<Product[]> =>
  (
    await tx.rows<Product>(
      `select ${COLUMNS} from product where workspace_id = app_workspace() and sku = any ($1)`,
      [skus],
    )
  ).map(asProduct);

export interface ProductQuery {
  /** Beginning of a SKU or of a name. */
  readonly text?: string | undefined;
  readonly category?: string | undefined;
  /** The last SKU of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** In the order of their SKUs. */
export const listProducts = async (tx: Tx, query: ProductQuery): Promise<Product[]> =>
  (
    await tx.rows<Product>(
      `select ${COLUMNS} from product
       where workspace_id = app_workspace() and sku > $1
         and ($2::text is null or category = $2)
         and ($3::text is null or sku >= $3 and sku < $3 || '${HIGHEST}' or name_key >= $4 and name_key < $4 || '${HIGHEST}')
       order by sku limit $5`,
      [
        query.after ?? '',
        query.category ?? null,
        query.text ?? null,
        query.text === undefined ? null : productNameKey(query.text),
        query.limit,
      ],
    )
  ).map(asProduct);

export const countProducts = async (tx: Tx): Promise<number> =>
  (await tx.one<{ n: number }>('select count(*) as n from product where workspace_id = app_workspace()')).n;
