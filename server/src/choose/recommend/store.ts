import type { Tx } from '#platform/postgres';
import type { Learned } from './model.ts';

const ranked = (popular: Learned['popular']) => {
  const inCategory = new Map<string, number>();
  return popular.map((item, i) => {
    const categoryRank = (inCategory.get(item.category) ?? 0) + 1;
    inCategory.set(item.category, categoryRank);
    return { ...item, overallRank: i + 1, categoryRank };
  });
};

/** Puts what was learned in the place of what was known. `popular` is sorted, best first. */
export const replaceModel = async (tx: Tx, { model, popular, delays }: Learned): Promise<void> => {
  // Two refreshes at once would both delete and then collide on the keys.
  await tx.rows(`select pg_advisory_xact_lock(hashtextextended('recommend/' || app_workspace()::text, 0))`);
  await tx.run('delete from popular_product where workspace_id = app_workspace()');
  await tx.run('delete from rebuy_delay where workspace_id = app_workspace()');
  const rows = ranked(popular);
  await tx.run(
    `insert into popular_product (workspace_id, sku, category, people, overall_rank, category_rank)
     select app_workspace(), t.* from unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::int[])
       as t (sku, category, people, overall_rank, category_rank)`,
    [
      rows.map((row) => row.sku),
      rows.map((row) => row.category),
      rows.map((row) => row.people),
      rows.map((row) => row.overallRank),
      rows.map((row) => row.categoryRank),
    ],
  );
  await tx.run(
    `insert into rebuy_delay (workspace_id, category, days, basis, gaps)
     select app_workspace(), t.* from unnest($1::text[], $2::int[], $3::text[], $4::bigint[]) as t (category, days, basis, gaps)`,
    [
      delays.byCategory.map((delay) => delay.category),
      delays.byCategory.map((delay) => delay.days),
      delays.byCategory.map((delay) => delay.basis),
      delays.byCategory.map((delay) => delay.gaps),
    ],
  );
  await tx.run(
    `insert into recommend_model (workspace_id, version, refreshed_at, popularity_days, overall_delay_days)
     values (app_workspace(), $1, $2, $3, $4)
     on conflict (workspace_id) do update set version = excluded.version, refreshed_at = excluded.refreshed_at,
       popularity_days = excluded.popularity_days, overall_delay_days = excluded.overall_delay_days`,
    [model.version, model.refreshedAt, model.popularityDays, model.overallDelayDays],
  );
};
