import { type SendItem, sendRoutes } from '@mesure/contract/sends';
import type { FastifyInstance } from 'fastify';
import { bindRoute } from '#platform/http';
import type { Database } from '#platform/postgres';
import type { SendFilter } from './read.ts';
import type { Send } from './send.ts';
import type { Delivery } from './service.ts';

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null;

const present = (send: Send): SendItem => ({
  ...send,
  products: [...send.products],
  dueAt: iso(send.dueAt),
  queuedAt: send.queuedAt.toISOString(),
  claimedAt: iso(send.claimedAt),
  attemptingAt: iso(send.attemptingAt),
  finishedAt: iso(send.finishedAt),
});

export const bindDeliveryRoutes = (
  app: FastifyInstance,
  { database, delivery }: { readonly database: Database; readonly delivery: Delivery },
): void => {
  const pageOf = async (workspaceId: string, filter: SendFilter) => {
    const found = await database.inWorkspace(workspaceId, (tx) =>
      delivery.list(tx, { ...filter, limit: filter.limit + 1 }),
    );
    const items = found.slice(0, filter.limit);
    const last = items.at(-1);
    return { items: items.map(present), ...(found.length > filter.limit && last ? { next: last.id } : {}) };
  };

  bindRoute(app, sendRoutes.listCampaignSends, ({ params, query, workspaceId }) =>
    pageOf(workspaceId, {
      campaignId: params.id,
      state: query.state,
      reason: query.reason,
      after: query.cursor,
      limit: query.limit,
    }),
  );
  bindRoute(app, sendRoutes.listProfileSends, ({ params, query, workspaceId }) =>
    pageOf(workspaceId, { profileId: params.id, after: query.cursor, newestFirst: true, limit: query.limit }),
  );
  bindRoute(app, sendRoutes.settleUncertainSend, async ({ params, body, actor, workspaceId }) =>
    present(
      await database.inWorkspace(workspaceId, (tx) => delivery.settle(tx, params.id, { ...body, actor })),
    ),
  );
  bindRoute(app, sendRoutes.listDeliveryHolds, async ({ workspaceId }) => ({
    items: (await database.inWorkspace(workspaceId, delivery.holds)).map((hold) => ({
      ...hold,
      since: hold.since.toISOString(),
    })),
  }));
  bindRoute(app, sendRoutes.releaseDeliveryHold, async ({ params, body, actor, workspaceId }) => ({
    released: await database.inWorkspace(workspaceId, (tx) =>
      delivery.release(tx, params.id, { comment: body.comment, actor }),
    ),
  }));
};
