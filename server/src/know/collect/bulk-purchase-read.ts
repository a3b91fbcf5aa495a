import { type ImportedPurchases, purchases } from '#know/profiles';
import type { ClickHouse } from '#platform/clickhouse';
import type { Tx } from '#platform/postgres';
import { visibilityFilters } from './visibility.ts';

/** Order lines per slice, and so at most as many purchases: 15 MB here. Each slice reads the buyers of all orders. */
const LINES = 100_000;

const ORDERS = `import_id = {importId:UUID} and name = 'order_completed'
  and profile_id != toUUID('00000000-0000-0000-0000-000000000000')`;

// Names of their own: ClickHouse would take an alias that is a column's name into WHERE.
const BOUGHT = `select profile_id as profileId, groupArray(item) as skus, groupArray(lastCategory) as categories,
    groupArray(lastAt) as boughtAt
  from (
    select profile_id, item, argMax(itemCategory, at) as lastCategory, max(at) as lastAt
    from (
      select profile_id, at, item_sku, item_category, item_quantity, item_kind, item_flags from events
      where ${ORDERS} and cityHash64(profile_id) % {slices:UInt32} = {slice:UInt32})
    array join item_sku as item, item_category as itemCategory, item_quantity as itemQuantity, item_kind as itemKind,
      item_flags as itemFlags
    where itemKind = 'product' and itemQuantity > 0
      and not hasAny(splitByChar(',', itemFlags), ['cancelled', 'returned'])
    group by profile_id, item)
  group by profile_id`;

/** Reads an import's rows while they are still invisible to everybody else. */
export const recordImportedPurchases = async (
  clickhouse: ClickHouse,
  tx: Tx,
  batch: { readonly workspaceId: string; readonly importId: string },
): Promise<void> => {
  const { workspaceId, importId } = batch;
  const filters = visibilityFilters(workspaceId, [importId]);
  const ask = <R>(sql: string, params: Readonly<Record<string, unknown>>): Promise<R[]> =>
    clickhouse.query<R>({ sql, params: { importId, ...params }, filters, lane: 'batch', maxSeconds: 300 });
  const [counted] = await ask<{ n: number }>(
    `select sum(length(item_sku)) as n from events where ${ORDERS}`,
    {},
  );
  const slices = Math.ceil((counted?.n ?? 0) / LINES);
  for (let slice = 0; slice < slices; slice += 1)
    await purchases.recordImport(tx, importId, await ask<ImportedPurchases>(BOUGHT, { slices, slice }));
};
