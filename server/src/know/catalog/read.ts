import type { ProductSort } from '@mesure/contract/catalog';
import { nameKey, readCursor, refuseCursor, writeCursor } from '#know/profiles';
import type { Tx } from '#platform/postgres';
import { type Product, shortDecimal } from './product.ts';

const COLUMNS = `id, sku, name, category, unit_price as "unitPrice", currency, url, image_url as "imageUrl",
  sensitive, available`;

const HERE = 'workspace_id = app_workspace()';
const HIGHEST = '\u{10FFFF}';

const asProduct = (row: Product): Product => ({ ...row, unitPrice: shortDecimal(row.unitPrice) });

export const bySku = async (tx: Tx, skus: readonly string[]): Promise<Product[]> =>
  (await tx.rows<Product>(`select ${COLUMNS} from product where ${HERE} and sku = any ($1)`, [skus])).map(
    asProduct,
  );

export interface ProductFilter {
  /** Beginning of a SKU or of a name. */
  readonly text?: string | undefined;
  /** Exactly this one; empty: products without one. */
  readonly category?: string | undefined;
  readonly sensitive?: boolean | undefined;
  readonly available?: boolean | undefined;
  /** Decimal text in major units; both ends included. */
  readonly minPrice?: string | undefined;
  readonly maxPrice?: string | undefined;
  readonly currency?: string | undefined;
}

export interface ProductQuery extends ProductFilter {
  readonly sort?: ProductSort | undefined;
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
}

export interface ProductPage {
  readonly items: readonly Product[];
  readonly next?: string;
}

const createValues = (values: unknown[]) => (value: unknown) => `$${values.push(value)}`;

const conditionsOf = (filter: ProductFilter, bind: (value: unknown) => string): string[] => {
  const conditions = [HERE];
  const text = filter.text?.replaceAll('\0', '').trim() ?? '';
  if (text !== '') {
    const begins = (column: string, prefix: string): string =>
      `${column} >= ${bind(prefix)}::text and ${column} < ${bind(prefix + HIGHEST)}::text`;
    const sku = begins(
      'sku_key',
      // PostgreSQL folds ASCII only where it compares byte by byte.
      text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
    );
    const name = nameKey(text);
    conditions.push(name === '' ? sku : `(${sku} or ${begins('name_key', name)})`);
  }
  const tests = [
    ['category =', filter.category],
    ['sensitive =', filter.sensitive],
    ['available =', filter.available],
    ['unit_price >=', filter.minPrice],
    ['unit_price <=', filter.maxPrice],
    ['currency =', filter.currency],
  ] as const;
  for (const [test, value] of tests) if (value !== undefined) conditions.push(`${test} ${bind(value)}`);
  return conditions;
};

const ORDERS = {
  sku: { column: 'sku', type: 'text', direction: 'asc' },
  sku_desc: { column: 'sku', type: 'text', direction: 'desc' },
  name: { column: 'name_key', type: 'text', direction: 'asc' },
  name_desc: { column: 'name_key', type: 'text', direction: 'desc' },
  price: { column: 'unit_price', type: 'numeric', direction: 'asc' },
  price_desc: { column: 'unit_price', type: 'numeric', direction: 'desc' },
  newest: { column: 'created_at', type: 'timestamptz', direction: 'desc' },
} as const satisfies Readonly<Record<ProductSort, object>>;

type Keyed = Product & { readonly key: string };

const plain = ({ key: _key, ...product }: Keyed): Product => asProduct(product);

export const listProducts = async (tx: Tx, query: ProductQuery): Promise<ProductPage> => {
  const sort = query.sort ?? 'sku';
  const { column, type, direction } = ORDERS[sort];
  const values: unknown[] = [];
  const bind = createValues(values);
  const conditions = conditionsOf(query, bind);
  if (query.after !== undefined) {
    const [order, key, sku] = readCursor(query.after, ['sku', '', '']);
    if (order !== sort || (type === 'numeric' && !/^\d+(\.\d+)?$/.test(String(key)))) refuseCursor();
    if (type === 'timestamptz' && Number.isNaN(Date.parse(String(key)))) refuseCursor();
    conditions.push(
      `(${column}, sku) ${direction === 'asc' ? '>' : '<'} (${bind(key)}::${type}, ${bind(sku)}::text)`,
    );
  }
  const rows = await tx.rows<Keyed>(
    `select ${COLUMNS}, ${type === 'timestamptz' ? `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')` : `${column}::text`} as key
     from product where ${conditions.join(' and ')}
     order by ${column} ${direction}, sku ${direction} limit ${bind(query.limit + 1)}`,
    values,
  );
  const last = rows[query.limit - 1];
  return {
    items: rows.slice(0, query.limit).map(plain),
    ...(rows.length > query.limit && last !== undefined
      ? { next: writeCursor([sort, last.key, last.sku]) }
      : {}),
  };
};

export const countProducts = async (tx: Tx, filter: ProductFilter = {}): Promise<number> => {
  const values: unknown[] = [];
  const conditions = conditionsOf(filter, createValues(values));
  return (
    await tx.one<{ n: number }>(`select count(*) as n from product where ${conditions.join(' and ')}`, values)
  ).n;
};

export interface ProductCategory {
  readonly category: string;
  readonly products: number;
  readonly available: number;
  readonly sensitive: number;
}

const CATEGORIES = 1000;

/** By name; the largest where there are more than a list shows. */
export const productCategories = async (tx: Tx): Promise<readonly ProductCategory[]> =>
  tx.rows<ProductCategory>(
    `select * from (
       select category, count(*) as products, count(*) filter (where available) as available,
         count(*) filter (where sensitive) as sensitive
       from product where ${HERE} group by category order by count(*) desc, category limit $1) as largest
     order by lower(category), category`,
    [CATEGORIES],
  );
