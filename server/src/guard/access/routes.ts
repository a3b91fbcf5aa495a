import { accessRoutes, type SessionView } from '@mesure/contract/access';
import { settingsRoutes } from '@mesure/contract/settings';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Actor, bindRoute, type RouteLimits } from '#platform/http';
import type { Database } from '#platform/postgres';
import { bindLogoRoutes, logoPage } from './logo-routes.ts';
import type { Access } from './service.ts';
import { clearSessionCookie, sessionCookie, setSessionCookie } from './session-cookie.ts';
import type { OpenedSession } from './sign-in.ts';
import { bindTeamRoutes } from './team-routes.ts';

/** Guessing a token or a password by the thousand is stopped per network, before the database is asked. */
const guessesPerMinute = 120;

export interface AccessRouteDeps {
  readonly access: Access;
  readonly database: Database;
  /** Calls per minute and network of the routes that take a password or a one-time token. */
  readonly guessesPerMinute?: number;
}

export const bindAccessRoutes = (app: FastifyInstance, deps: AccessRouteDeps): void => {
  const { access, database } = deps;
  const guarded: RouteLimits = { perMinute: deps.guessesPerMinute ?? guessesPerMinute };
  const sessionView = async (who: Actor): Promise<SessionView> => {
    const { actor, email, workspaceName } = await access.introduce(who);
    return {
      kind: actor.kind,
      id: actor.id,
      name: actor.name,
      email,
      roles: [...actor.roles],
      workspace: { id: actor.workspaceId, name: workspaceName },
    };
  };
  const answer = (reply: FastifyReply, { secret, actor }: OpenedSession): Promise<SessionView> => {
    setSessionCookie(reply, secret);
    return sessionView(actor);
  };

  bindRoute(app, accessRoutes.readSetUp, async () => ({ open: await access.setUp.isOpen() }));
  bindRoute(app, accessRoutes.setUp, {
    limits: guarded,
    handle: async ({ body, reply }) => answer(reply, await access.setUp.setUp(body)),
  });
  bindRoute(app, accessRoutes.signIn, {
    limits: guarded,
    handle: async ({ body, request, reply }) =>
      answer(
        reply,
        await access.session.signIn({ ...body, network: request.ip, previous: sessionCookie(request) }),
      ),
  });
  bindRoute(app, accessRoutes.signOut, async ({ actor, request, reply }) => {
    await access.session.signOut(actor, sessionCookie(request));
    clearSessionCookie(reply);
    return { signedOut: true };
  });
  bindRoute(app, accessRoutes.readSession, ({ actor }) => sessionView(actor));
  bindRoute(app, accessRoutes.switchWorkspace, async ({ actor, body, request, reply }) =>
    answer(reply, await access.session.switchWorkspace(actor, { ...body, secret: sessionCookie(request) })),
  );
  bindRoute(app, accessRoutes.changePassword, {
    limits: guarded,
    handle: async ({ actor, body, request, reply }) =>
      answer(reply, await access.session.changePassword(actor, { ...body, network: request.ip })),
  });
  bindRoute(app, accessRoutes.listWorkspaces, async ({ actor }) => ({
    items: await access.workspacesOf(actor),
  }));
  bindRoute(app, accessRoutes.createWorkspace, ({ actor, body }) =>
    access.setUp.createWorkspace(actor, body),
  );
  const logoDeps = { database, logos: access.settings.logos };
  bindLogoRoutes(app, logoDeps);
  logoPage(app, logoDeps);
  bindRoute(app, settingsRoutes.readSettings, ({ workspaceId }) =>
    database.inWorkspace(workspaceId, access.settings.get),
  );
  bindRoute(app, settingsRoutes.changeSettings, ({ workspaceId, actor, body }) =>
    database.inWorkspace(workspaceId, (tx) => access.settings.save(tx, body, actor)),
  );
  bindTeamRoutes(app, { access, guarded, answer });
};
