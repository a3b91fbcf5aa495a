import { accessRoutes, type SessionView } from '@mesure/contract/access';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { bindRoute, type RouteLimits } from '#platform/http';
import type { ApiToken, Invitation, Member } from './read.ts';
import type { Access } from './service.ts';
import type { OpenedSession } from './sign-in.ts';

const memberView = (member: Member) => ({ ...member, since: member.since.toISOString() });

const invitationView = (invitation: Invitation) => ({
  ...invitation,
  expiresAt: invitation.expiresAt.toISOString(),
});

const tokenView = (token: ApiToken) => ({
  ...token,
  createdAt: token.createdAt.toISOString(),
  expiresAt: token.expiresAt.toISOString(),
  lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
});

export interface TeamRouteDeps {
  readonly access: Access;
  readonly guarded: RouteLimits;
  readonly answer: (reply: FastifyReply, opened: OpenedSession) => Promise<SessionView>;
}

/** People, invitations and tokens. */
export const bindTeamRoutes = (app: FastifyInstance, { access, guarded, answer }: TeamRouteDeps): void => {
  const { team, invitations, apiTokens } = access;
  bindRoute(app, accessRoutes.listTeam, async ({ workspaceId }) => ({
    items: (await team.list(workspaceId)).map(memberView),
  }));
  bindRoute(app, accessRoutes.changeRoles, async ({ actor, params, body }) =>
    memberView(await team.changeRoles(actor, params.accountId, body.roles)),
  );
  bindRoute(app, accessRoutes.disableMember, async ({ actor, params }) =>
    memberView(await team.disable(actor, params.accountId)),
  );
  bindRoute(app, accessRoutes.enableMember, async ({ actor, params }) =>
    memberView(await team.enable(actor, params.accountId)),
  );
  bindRoute(app, accessRoutes.listInvitations, async ({ workspaceId }) => ({
    items: (await invitations.list(workspaceId)).map(invitationView),
  }));
  bindRoute(app, accessRoutes.invite, async ({ actor, body }) => {
    const { invitation, ...rest } = await invitations.invite(actor, body);
    return { invitation: invitationView(invitation), ...rest };
  });
  bindRoute(app, accessRoutes.revokeInvitation, async ({ actor, params }) => {
    await invitations.revoke(actor, params.invitationId);
    return { revoked: true };
  });
  bindRoute(app, accessRoutes.readInvitation, {
    limits: guarded,
    handle: async ({ body }) => {
      const { email, roles, workspaceName, expiresAt } = await invitations.read(body.token);
      return { email, roles, workspaceName, expiresAt: expiresAt.toISOString() };
    },
  });
  bindRoute(app, accessRoutes.acceptInvitation, {
    limits: guarded,
    handle: async ({ body, request, reply }) =>
      answer(reply, await invitations.accept({ ...body, network: request.ip })),
  });
  bindRoute(app, accessRoutes.listTokens, async ({ workspaceId }) => ({
    items: (await apiTokens.list(workspaceId)).map(tokenView),
  }));
  bindRoute(app, accessRoutes.createToken, async ({ actor, body }) => {
    const { token, secret } = await apiTokens.create(actor, body);
    return { token: tokenView(token), secret };
  });
  bindRoute(app, accessRoutes.revokeToken, async ({ actor, params }) => {
    await apiTokens.revoke(actor, params.tokenId);
    return { revoked: true };
  });
};
