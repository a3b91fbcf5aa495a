import type { EventReader } from '#know/collect';

const ORDER_NAMES = "name in ('order_completed', 'order_refunded', 'order_cancelled')";
const LANE = { lane: 'batch', maxSeconds: 120 } as const;

/** Which orders the event store shows already. A workspace without orders is asked once. */
export const createKnownOrders = (eventReader: EventReader, workspaceId: string) => {
  let hasOrders: boolean | undefined;
  return async (orderIds: readonly string[]): Promise<ReadonlySet<string>> => {
    hasOrders ??=
      (
        await eventReader.query(workspaceId, {
          sql: `select 1 as found from events where ${ORDER_NAMES} limit 1`,
          ...LANE,
        })
      ).length > 0;
    if (!hasOrders) return new Set();
    const rows = await eventReader.query<{ orderId: string }>(workspaceId, {
      sql: `select distinct order_id as orderId from events where ${ORDER_NAMES} and order_id in {orderIds:Array(String)}`,
      params: { orderIds },
      ...LANE,
    });
    return new Set(rows.map(({ orderId }) => orderId));
  };
};

/** People of whom something else than this batch tells. */
export const profilesWithOtherEvents = async (
  eventReader: EventReader,
  workspaceId: string,
  asked: { readonly profileIds: readonly string[]; readonly batchId: string },
): Promise<ReadonlySet<string>> => {
  const rows = await eventReader.query<{ profileId: string }>(workspaceId, {
    sql: `select distinct profile_id as profileId from events
          where profile_id in {profileIds:Array(UUID)} and import_id != {batchId:UUID}`,
    params: asked,
    ...LANE,
  });
  return new Set(rows.map(({ profileId }) => profileId));
};

/** Of these people, those of whom this batch tells. */
export const profilesOfBatch = async (
  eventReader: EventReader,
  workspaceId: string,
  asked: { readonly profileIds: readonly string[]; readonly batchId: string },
): Promise<readonly string[]> => {
  const rows = await eventReader.query<{ profileId: string }>(workspaceId, {
    sql: `select distinct profile_id as profileId from events
          where profile_id in {profileIds:Array(UUID)} and import_id = {batchId:UUID}`,
    params: asked,
    ...LANE,
  });
  return rows.map(({ profileId }) => profileId);
};
