import { type SendItem, sendRoutes } from '@mesure/contract/sends';
import type { FastifyInstance } from 'fastify';
import type { Profile, Profiles } from '#know/profiles';
import { appError } from '#platform/errors';
import { bindRoute } from '#platform/http';
import type { Database, Tx } from '#platform/postgres';
import type { SendFilter } from './read.ts';
import type { Send } from './send.ts';
import type { Delivery } from './service.ts';

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null;

const nameOf = ({ firstName, lastName, email, externalId }: Profile): string | null =>
  [firstName, lastName].filter((part) => part?.trim()).join(' ') || email || externalId || null;

const present = (send: Send, profile: Profile | undefined): SendItem => ({
  ...send,
  person: profile === undefined ? null : nameOf(profile),
  products: [...send.products],
  dueAt: iso(send.dueAt),
  queuedAt: send.queuedAt.toISOString(),
  claimedAt: iso(send.claimedAt),
  attemptingAt: iso(send.attemptingAt),
  finishedAt: iso(send.finishedAt),
});

export interface DeliveryRoutesDeps {
  readonly database: Database;
  readonly delivery: Delivery;
  readonly profiles: Pick<Profiles, 'byIds'>;
  /** Whether the transaction's workspace has this campaign, this person: nobody's list is not an empty one (S-01). */
  readonly isCampaign: (tx: Tx, id: string) => Promise<boolean>;
  readonly isProfile: (tx: Tx, id: string) => Promise<boolean>;
}

export const bindDeliveryRoutes = (app: FastifyInstance, deps: DeliveryRoutesDeps): void => {
  const { database, delivery } = deps;

  const refuseUnknown = async (tx: Tx, { campaignId, profileId }: SendFilter): Promise<void> => {
    if (campaignId !== undefined && !(await deps.isCampaign(tx, campaignId)))
      throw appError('not_found', { message: 'There is no campaign under this id.' });
    if (profileId !== undefined && !(await deps.isProfile(tx, profileId)))
      throw appError('not_found', { message: 'There is no profile under this id.' });
  };

  const pageOf = async (workspaceId: string, filter: SendFilter) => {
    const { found, people } = await database.inWorkspace(workspaceId, async (tx) => {
      const sends = await delivery.list(tx, { ...filter, limit: filter.limit + 1 });
      // What was sent to somebody who was removed since stays readable.
      if (sends.length === 0) await refuseUnknown(tx, filter);
      const ids = [...new Set(sends.map(({ profileId }) => profileId))];
      return { found: sends, people: await deps.profiles.byIds(tx, ids) };
    });
    const items = found.slice(0, filter.limit);
    const last = items.at(-1);
    return {
      items: items.map((send) => present(send, people.get(send.profileId))),
      ...(found.length > filter.limit && last ? { next: last.id } : {}),
    };
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
  bindRoute(app, sendRoutes.settleUncertainSend, ({ params, body, actor, workspaceId }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      const send = await delivery.settle(tx, params.id, { ...body, actor });
      return present(send, (await deps.profiles.byIds(tx, [send.profileId])).get(send.profileId));
    }),
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
