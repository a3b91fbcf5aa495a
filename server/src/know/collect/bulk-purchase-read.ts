import { purchases } from '#know/profiles';
import type { ClickHouse } from '#platform/clickhouse';
import type { Tx } from '#platform/postgres';
import { visibilityFilters } from './visibility.ts';

/** People per slice: one slice of a heavy shop (50 articles each) is 50,000 rows of PostgreSQL, 30 MB here. */
const PEOPLE = 1000;

interface LastLine {
  readonly profileId: string;
  readonly sku: string;
  readonly lastCategory: string;
  readonly lastAt: string;
  readonly lastQuantity: string;
}

const LINES = `from events array join item_sku as sku, item_category as category, item_quantity as quantity,
    item_kind as kind, item_flags as flags
  where import_id = {importId:UUID} and name = 'order_completed' and profile_id != toUUID('00000000-0000-0000-0000-000000000000')
    and kind = 'product' and quantity > 0 and not hasAny(splitByChar(',', flags), ['cancelled', 'returned'])`;

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
  const [counted] = await ask<{ n: number }>(`select uniqExact(profile_id) as n ${LINES}`, {});
  const slices = Math.ceil((counted?.n ?? 0) / PEOPLE);
  for (let slice = 0; slice < slices; slice += 1) {
    // Names of their own: ClickHouse would take an alias that is a column's name into WHERE.
    const rows = await ask<LastLine>(
      `select profile_id as profileId, sku, argMax(category, at) as lastCategory, max(at) as lastAt,
         argMax(quantity, at) as lastQuantity
       ${LINES} and cityHash64(profile_id) % {slices:UInt32} = {slice:UInt32}
       group by profile_id, sku`,
      { slices, slice },
    );
    await purchases.record(
      tx,
      rows.map(({ profileId, sku, lastCategory, lastAt, lastQuantity }) => ({
        profileId,
        sku,
        category: lastCategory,
        at: new Date(lastAt),
        quantity: lastQuantity,
        importId,
      })),
    );
  }
};
