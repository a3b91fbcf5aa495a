import type { EventReader } from '#know/collect';

/** One person's orders and refunds in a stretch of time; the three lists have one length. */
export interface PersonOrders {
  readonly profileId: string;
  readonly atMs: readonly number[];
  /** Minor units of the workspace's currency, refunds negative, 0 for orders in another currency. */
  readonly revenueMinor: readonly number[];
  /** 1 order, 0 refund. */
  readonly isOrder: readonly number[];
  readonly otherCurrency: readonly number[];
}

/** Orders of everybody who is known, in [from, to): the people of a campaign are picked out by the reader. */
export const readOrders = (
  events: EventReader,
  workspaceId: string,
  input: { readonly from: Date; readonly to: Date; readonly currency: string },
): Promise<PersonOrders[]> =>
  events.query<PersonOrders>(workspaceId, {
    lane: 'batch',
    params: { from: input.from, to: input.to, currency: input.currency },
    sql: `select toString(profile_id) as profileId,
        groupArray(toFloat64(toUnixTimestamp64Milli(at))) as atMs,
        groupArray(toFloat64(multiIf(currency != {currency:String}, 0,
          name = 'order_refunded', -abs(revenue_minor), revenue_minor))) as revenueMinor,
        groupArray(toUInt8(name = 'order_completed')) as isOrder,
        groupArray(toUInt8(name = 'order_completed' and currency != {currency:String})) as otherCurrency
      from events final
      where name in ('order_completed', 'order_refunded')
        and profile_id != toUUID('00000000-0000-0000-0000-000000000000')
        and at >= {from:DateTime64(3,'UTC')} and at < {to:DateTime64(3,'UTC')}
      group by profile_id`,
  });

export interface AnswerCount {
  readonly variant: string;
  readonly name: 'message_clicked' | 'unsubscribed';
  readonly people: number;
  readonly withoutPerson: number;
}

export const readAnswers = (
  events: EventReader,
  workspaceId: string,
  input: { readonly campaignId: string; readonly from: Date },
): Promise<AnswerCount[]> =>
  events.query<AnswerCount>(workspaceId, {
    lane: 'batch',
    params: { campaign: input.campaignId, from: input.from },
    sql: `select text['variant'] as variant, toString(name) as name,
        toUInt32(uniqExactIf(profile_id, profile_id != toUUID('00000000-0000-0000-0000-000000000000'))) as people,
        toUInt32(countIf(profile_id = toUUID('00000000-0000-0000-0000-000000000000'))) as withoutPerson
      from events final
      where name in ('message_clicked', 'unsubscribed') and at >= {from:DateTime64(3,'UTC')}
        and text['campaign_id'] = {campaign:String}
      group by variant, name`,
  });
