import { jsonbText, nameKey } from '#know/profiles';
import type { Tx } from '#platform/postgres';
import type { ProductUpsert } from './product.ts';

export interface NewProduct {
  readonly id: string;
  readonly row: ProductUpsert;
}

/** The SKUs that are new. A new product without a price costs 0, in the given currency. */
export const insertProducts = async (
  tx: Tx,
  rows: readonly NewProduct[],
  options: { readonly currency: string; readonly now: Date },
): Promise<ReadonlySet<string>> => {
  const made = await tx.rows<{ sku: string }>(
    `insert into product (workspace_id, id, sku, name, name_key, category, unit_price, currency, url, image_url,
       sensitive, available, created_at, updated_at)
     select app_workspace(), id, sku, coalesce(name, sku), coalesce(name_key, lower(sku)), coalesce(category, ''),
       coalesce(unit_price, 0), coalesce(currency, $2), url, image_url, coalesce(sensitive, false),
       coalesce(available, true), $3, $3
     from jsonb_to_recordset($1::jsonb) as r (id uuid, sku text, name text, name_key text, category text,
       unit_price numeric, currency text, url text, image_url text, sensitive boolean, available boolean)
     on conflict (workspace_id, sku) do nothing returning sku`,
    [
      jsonbText(rows.map(({ row, id }) => Object.assign(asRecord(row), { id }))),
      options.currency,
      options.now,
    ],
  );
  return new Set(made.map(({ sku }) => sku));
};

export const updateProducts = (tx: Tx, rows: readonly ProductUpsert[], now: Date): Promise<number> =>
  tx.run(
    `update product p set name = coalesce(r.name, p.name), name_key = coalesce(r.name_key, p.name_key),
       category = coalesce(r.category, p.category), unit_price = coalesce(r.unit_price, p.unit_price),
       currency = coalesce(r.currency, p.currency), url = coalesce(r.url, p.url),
       image_url = coalesce(r.image_url, p.image_url), sensitive = coalesce(r.sensitive, p.sensitive),
       available = coalesce(r.available, p.available), updated_at = $2
     from jsonb_to_recordset($1::jsonb) as r (sku text, name text, name_key text, category text,
       unit_price numeric, currency text, url text, image_url text, sensitive boolean, available boolean)
     where p.workspace_id = app_workspace() and p.sku = r.sku`,
    [jsonbText(rows.map(asRecord)), now],
  );

const asRecord = (row: ProductUpsert): Record<string, unknown> => ({
  sku: row.sku,
  name: row.name,
  name_key: row.name ? nameKey(row.name) : null,
  category: row.category,
  unit_price: row.unitPrice,
  currency: row.currency,
  url: row.url,
  image_url: row.imageUrl,
  sensitive: row.sensitive,
  available: row.available,
});
