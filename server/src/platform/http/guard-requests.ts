import type { Access } from '@mesure/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { appError } from '#platform/errors';
import type { Actor } from './actor.ts';
import { judgeCrossSite } from './cross-site.ts';
import { securityHeaders } from './security-headers.ts';

/** Refuses a caller without a session or without one of the roles. */
export const requireAccess = (access: Access, actor: Actor | null): void => {
  if (access === 'public') return;
  if (!actor) throw appError('unauthenticated');
  if (access === 'signed-in') return;
  if (access.some((role) => actor.roles.includes(role))) return;
  throw appError('forbidden', {
    message: `This needs the role ${access.join(' or ')}. Ask an admin of the workspace.`,
    details: { roles: access },
  });
};

export interface GuardDeps {
  readonly authenticate: (request: FastifyRequest) => Promise<Actor | null>;
  readonly trustedOrigins: readonly string[];
}

/** Headers, cross-site check, then access: all before the first byte of a body is read. */
export const guardRequests = (app: FastifyInstance, deps: GuardDeps): void => {
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    reply.headers({ ...securityHeaders(path), 'x-request-id': request.id });
    const { access, crossSite } = request.routeOptions.config;
    if (!crossSite) {
      const verdict = judgeCrossSite({
        method: request.method,
        headers: request.headers,
        trustedOrigins: deps.trustedOrigins,
      });
      if (!verdict.allowed) {
        throw appError('cross_site', {
          message: `This request was refused because it does not come from this site: ${verdict.reason}. Programs use a token.`,
        });
      }
    }
    if (access === undefined || access === 'public') return;
    request.actor = await deps.authenticate(request);
    requireAccess(access, request.actor);
  });
};
