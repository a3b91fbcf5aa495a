import type { EventReader } from '#know/collect';

export interface Happened {
  readonly clicks: number;
  readonly unsubscribed: number;
  readonly orders: number;
}

/** What people did in [since, until]. Recognised people count once per campaign; programs do not count. */
export const readHappened = async (
  events: EventReader,
  workspaceId: string,
  window: { readonly since: Date; readonly until: Date },
): Promise<Happened> => {
  const [row] = await events.query<Happened>(workspaceId, {
    lane: 'interactive',
    params: { ...window },
    sql: `select
        toUInt32(uniqExactIf((profile_id, text['campaign_id']), name = 'message_clicked'
          and profile_id != toUUID('00000000-0000-0000-0000-000000000000'))
          + uniqExactIf(event_id, name = 'message_clicked' and text['bot'] != 'yes'
          and profile_id = toUUID('00000000-0000-0000-0000-000000000000'))) as clicks,
        toUInt32(uniqExactIf(event_id, name = 'unsubscribed')) as unsubscribed,
        toUInt32(uniqExactIf(event_id, name = 'order_completed')) as orders
      from events
      where name in ('message_clicked', 'unsubscribed', 'order_completed')
        and at >= {since:DateTime64(3,'UTC')} and at <= {until:DateTime64(3,'UTC')}`,
  });
  return row ?? { clicks: 0, unsubscribed: 0, orders: 0 };
};
