import { catcherRoutes } from '@mesure/contract/catcher';
import type { FastifyInstance } from 'fastify';
import { appError } from '#platform/errors';
import { bindRoute } from '#platform/http';
import type { Catcher } from './catcher.ts';
import type { CaughtMail } from './mail.ts';

const present = <M extends CaughtMail>(mail: M) => ({ ...mail, at: mail.at.toISOString() });

const notFound = (): never => {
  throw appError('not_found', { message: 'This message is not in the catcher.' });
};

/** @param catcher null where none runs: its list is empty then. */
export const bindCatcherRoutes = (
  app: FastifyInstance,
  { catcher }: { readonly catcher: Catcher | null },
): void => {
  bindRoute(app, catcherRoutes.listCaughtMails, async ({ workspaceId, query }) => {
    if (catcher === null) return { items: [], total: 0 };
    const page = await catcher.list(workspaceId, query);
    return { ...page, items: page.items.map(present) };
  });
  bindRoute(app, catcherRoutes.readCaughtMail, async ({ workspaceId, params }) =>
    present((await catcher?.open(workspaceId, params.id)) ?? notFound()),
  );
  bindRoute(app, catcherRoutes.readCaughtMailSource, async ({ workspaceId, params, reply }) => {
    const raw = (await catcher?.raw(workspaceId, params.id)) ?? notFound();
    // As plain text: a browser must not act on what a message contains (S-16).
    reply.header('content-type', 'text/plain; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="${params.id}.eml"`);
    return raw;
  });
  bindRoute(app, catcherRoutes.deleteCaughtMails, async ({ workspaceId }) => ({
    deleted: (await catcher?.clear(workspaceId)) ?? 0,
  }));
};
