import type { PopularItem } from '@mesure/engine/recommend';
import type { Tx } from '#platform/postgres';
import { KEPT_OVERALL, KEPT_PER_CATEGORY, type RecommendModel, type StoredDelay } from './model.ts';

export const currentModel = (tx: Tx): Promise<RecommendModel | undefined> =>
  tx.maybe<RecommendModel>(
    `select version, refreshed_at as "refreshedAt", popularity_days as "popularityDays",
       overall_delay_days as "overallDelayDays"
     from recommend_model where workspace_id = app_workspace()`,
  );

/** The products that can reach a list at all. */
export const popularProducts = (tx: Tx): Promise<PopularItem[]> =>
  tx.rows<PopularItem>(
    `select sku, category, people from popular_product
     where workspace_id = app_workspace() and (overall_rank <= $1 or category_rank <= $2)
     order by overall_rank`,
    [KEPT_OVERALL, KEPT_PER_CATEGORY],
  );

export const storedDelays = (tx: Tx): Promise<StoredDelay[]> =>
  tx.rows<StoredDelay>(
    `select category, days, basis, gaps from rebuy_delay where workspace_id = app_workspace() order by category`,
  );
