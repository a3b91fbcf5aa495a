import type { TimelineEntry, TimelineSource } from '#know/profiles';
import type { EventReader } from './reader.ts';

interface Row {
  readonly eventId: string;
  readonly name: string;
  readonly at: string;
  readonly source: string;
  readonly text: Record<string, string>;
  readonly numbers: Record<string, number>;
  readonly orderId: string;
  readonly currency: string;
  readonly revenueMinor: number;
  readonly sku: string[];
  readonly itemName: string[];
  readonly quantity: string[];
  readonly totalMinor: number[];
}

const entry = (row: Row): TimelineEntry => ({
  eventId: row.eventId,
  name: row.name,
  at: new Date(row.at).toISOString(),
  source: row.source,
  text: row.text,
  numbers: row.numbers,
  order:
    row.orderId === '' && row.sku.length === 0
      ? null
      : {
          id: row.orderId,
          currency: row.currency,
          revenueMinor: row.revenueMinor,
          items: row.sku.map((sku, index) => ({
            sku,
            name: row.itemName[index] ?? '',
            quantity: row.quantity[index] ?? '',
            totalMinor: row.totalMinor[index] ?? 0,
          })),
        },
});

/**
 * `limit 1 by` instead of FINAL: an event that was sent twice shows once, and the index on profile_id is used. Events of
 * one instant are told apart by the text of their ids: how ClickHouse compares UUIDs differs between its versions.
 */
export const createTimeline = (reader: EventReader): TimelineSource => ({
  timeline: async (workspaceId, { profileId, limit, before, after, name }) => {
    const conditions = [
      'profile_id = {profileId:UUID}',
      ...(before === undefined ? [] : ["events.at < {before:DateTime64(3, 'UTC')}"]),
      ...(after === undefined
        ? []
        : [
            `(events.at < {afterAt:DateTime64(3, 'UTC')}
              or events.at = {afterAt:DateTime64(3, 'UTC')} and toString(event_id) < {afterId:String})`,
          ]),
      ...(name === undefined ? [] : ['name = {name:String}']),
    ];
    const rows = await reader.query<Row>(workspaceId, {
      sql: `select event_id as eventId, name, at, source, text, numbers, order_id as orderId, currency,
          revenue_minor as revenueMinor, item_sku as sku, item_name as itemName, item_quantity as quantity,
          item_total_minor as totalMinor
        from events
        where ${conditions.join(' and ')}
        order by events.at desc, toString(event_id) desc limit 1 by event_id limit {limit:UInt32}`,
      params: {
        profileId,
        limit,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { afterAt: after.at, afterId: after.eventId }),
        ...(name === undefined ? {} : { name }),
      },
    });
    return rows.map(entry);
  },
});
