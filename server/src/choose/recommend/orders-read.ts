import type { CategoryRebuys } from '@mesure/engine/recommend';
import type { EventReader } from '#know/collect';
import { OBSERVED_DAYS } from './model.ts';

/** Lines that say what somebody chose and paid for. */
const PURCHASED = `name = 'order_completed' and kind = 'product' and sku != ''
  and not hasAny(splitByChar(',', toString(flags)), ['returned', 'cancelled', 'zero_price'])
  and profile_id != toUUID('00000000-0000-0000-0000-000000000000')`;

export interface HistoryRow {
  readonly profileId: string;
  readonly sku: string;
  readonly category: string;
  readonly orders: number;
  readonly weight: number;
  readonly lastAtMs: number;
}

/** What these people bought before `now`: one row per person and product. */
export const readHistories = (
  events: EventReader,
  workspaceId: string,
  input: { readonly profileIds: readonly string[]; readonly now: Date; readonly halfLifeDays: number },
): Promise<HistoryRow[]> =>
  events.query<HistoryRow>(workspaceId, {
    lane: 'batch',
    params: { ids: input.profileIds, now: input.now, halfLife: input.halfLifeDays * 86_400 },
    // The order of additions is the engine's: rounded, so that equal histories weigh the same. Ties take the last name.
    sql: `select toString(profile_id) as profileId, sku, argMax(order_category, (bought_at, order_category)) as category,
        toUInt32(count()) as orders,
        round(sum(exp2(-dateDiff('second', bought_at, {now:DateTime64(3,'UTC')}) / {halfLife:Float64})), 9) as weight,
        toFloat64(toUnixTimestamp64Milli(max(bought_at))) as lastAtMs
      from (
        select profile_id, sku, order_id, max(toString(category)) as order_category, min(at) as bought_at
        from order_lines
        where ${PURCHASED} and profile_id in {ids:Array(UUID)} and at <= {now:DateTime64(3,'UTC')}
        group by profile_id, sku, order_id)
      group by profile_id, sku`,
  });

/** Distinct buyers per product within [from, to). */
export const readPopularity = (
  events: EventReader,
  workspaceId: string,
  window: { readonly from: Date; readonly to: Date },
): Promise<{ sku: string; category: string; people: number }[]> =>
  events.query(workspaceId, {
    lane: 'batch',
    params: { from: window.from, to: window.to },
    sql: `select sku, argMax(toString(order_lines.category), (at, toString(order_lines.category))) as category, toUInt32(uniqExact(profile_id)) as people
      from order_lines
      where ${PURCHASED} and at >= {from:DateTime64(3,'UTC')} and at < {to:DateTime64(3,'UTC')}
      group by sku order by people desc, sku`,
  });

interface RebuyRow {
  readonly category: string;
  readonly pairs: number;
  readonly rebought: number;
  readonly days: readonly number[];
  readonly times: readonly (number | string)[];
}

/** Per category, the days between one purchase of a product and the same person's next one, as a histogram. */
export const readRebuys = async (
  events: EventReader,
  workspaceId: string,
  now: Date,
): Promise<CategoryRebuys[]> => {
  const rows = await events.query<RebuyRow>(workspaceId, {
    lane: 'batch',
    params: { now, observed: OBSERVED_DAYS },
    sql: `select category, pairs, rebought, tupleElement(histogram, 1) as days, tupleElement(histogram, 2) as times
      from (
        select pair_category as category,
          toUInt32(countIf(first_at <= {now:DateTime64(3,'UTC')} - toIntervalDay({observed:UInt32}))) as pairs,
          toUInt32(countIf(first_at <= {now:DateTime64(3,'UTC')} - toIntervalDay({observed:UInt32}) and length(gaps) > 0)) as rebought,
          sumMap(gaps, arrayMap(gap -> toUInt64(1), gaps)) as histogram
        from (
          select argMax(toString(category), (at, toString(category))) as pair_category, min(at) as first_at,
            arrayMap(gap -> toUInt32(gap), arrayFilter(gap -> gap >= 1,
              arrayPopFront(arrayDifference(arraySort(groupUniqArray(toInt64(toRelativeDayNum(at)))))))) as gaps
          from order_lines
          where ${PURCHASED} and at <= {now:DateTime64(3,'UTC')}
          group by profile_id, sku)
        group by pair_category)
      order by category`,
  });
  return rows.map(({ category, pairs, rebought, days, times }) => ({
    category,
    pairs,
    rebought,
    gaps: new Map(days.map((day, i) => [day, Number(times[i] ?? 0)])),
  }));
};
