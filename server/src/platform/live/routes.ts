import { eventIdHeader, liveRoutes } from '@mesure/contract/live';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Actor, bindRoute } from '#platform/http';
import type { Live } from './live.ts';

export interface LiveRouteDeps {
  readonly live: Live;
  /** Who is calling, without prolonging the session: an open tab is not a person at work. */
  readonly recognise: (request: FastifyRequest) => Promise<Actor | null>;
}

export const bindLiveRoutes = (app: FastifyInstance, { live, recognise }: LiveRouteDeps): void => {
  app.addHook('preClose', async () => live.endStreams());

  // A page asks first and listens then: what changes in between must not pass it by.
  app.addHook('preHandler', async ({ actor }, reply) => {
    if (actor) reply.header(eventIdHeader, live.lastEventId(actor.workspaceId));
  });

  bindRoute(app, liveRoutes.openLive, async ({ actor, workspaceId, query, request, reply }) => {
    const lastEventId = request.headers['last-event-id'] ?? query.after;
    reply.type('text/event-stream').header('x-accel-buffering', 'no');
    return live.open({
      workspaceId,
      personId: actor.id,
      lastEventId: Array.isArray(lastEventId) ? lastEventId[0] : lastEventId,
      isStillHere: async () => {
        const now = await recognise(request);
        return now !== null && now.id === actor.id && now.workspaceId === workspaceId;
      },
    });
  });

  bindRoute(app, liveRoutes.announcePresence, async ({ actor, workspaceId, body }) => {
    const { people, elsewhere } = await live.announce({
      workspaceId,
      person: { id: actor.id, name: actor.name.slice(0, 200) },
      kind: body.kind,
      id: body.id,
      tab: body.tab ?? '',
      editing: body.editing,
    });
    return { people: [...people], elsewhere };
  });
};
