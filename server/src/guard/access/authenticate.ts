import { timingSafeEqual } from 'node:crypto';
import type { Role } from '@mesure/contract';
import type { FastifyRequest } from 'fastify';
import { appError } from '#platform/errors';
import type { Actor } from '#platform/http';
import type { AccessDeps } from './access-deps.ts';
import { currentSession, currentToken, listWorkspaces } from './read.ts';
import { orderRoles } from './roles.ts';
import { hashToken } from './secret-token.ts';
import { cookieName, touchSession } from './session.ts';
import { saveTouch } from './session-store.ts';
import { touchApiToken } from './token-store.ts';

type Deps = Pick<AccessDeps, 'database' | 'wallClock' | 'localToken'>;

/** Who works at the server itself: everything but approving, which is a named person's act. */
const localRoles: readonly Role[] = ['marketer', 'admin'];

const localActor = async (deps: Deps, wanted: string | undefined): Promise<Actor | null> => {
  const workspaces = await deps.database.inSystem(listWorkspaces);
  const workspace = wanted === undefined ? workspaces[0] : workspaces.find(({ id }) => id === wanted);
  if (wanted !== undefined && !workspace) {
    throw appError('not_found', { message: `There is no workspace ${wanted.slice(0, 40)}.` });
  }
  if (!workspace) return null;
  return {
    kind: 'token',
    id: 'local',
    name: 'Command line of the server',
    roles: localRoles,
    workspaceId: workspace.id,
    personId: null,
  };
};

const tokenActor = (deps: Deps, hash: Buffer, prolong: boolean): Promise<Actor | null> =>
  deps.database.inSystem(async (tx) => {
    const now = deps.wallClock.now();
    const token = await currentToken(tx, hash, now);
    if (!token) return null;
    if (prolong) await touchApiToken(tx, token.id, now);
    return {
      kind: 'token',
      id: token.id,
      name: token.name,
      roles: orderRoles(token.roles),
      workspaceId: token.workspaceId,
      personId: token.createdBy,
    };
  });

const sessionActor = (deps: Deps, hash: Buffer, prolong: boolean): Promise<Actor | null> =>
  deps.database.inSystem(async (tx) => {
    const now = deps.wallClock.now();
    const session = await currentSession(tx, hash, now);
    if (!session) return null;
    const touched = prolong ? touchSession(session, now) : null;
    if (touched) await saveTouch(tx, hash, touched);
    return {
      kind: 'account',
      id: session.accountId,
      name: session.name,
      roles: orderRoles(session.roles),
      workspaceId: session.workspaceId,
      personId: session.accountId,
    };
  });

/**
 * Who is calling. A bearer token counts alone, never with the cookie as a second try: a request with a token is exempt
 * from the cross-site check, so it must not act for the session that happens to travel with it.
 * `prolong: false` only looks: a session does not live longer, and a token was not used.
 */
export const createAuthenticate =
  (deps: Deps, { prolong }: { readonly prolong: boolean } = { prolong: true }) =>
  async (request: FastifyRequest): Promise<Actor | null> => {
    const authorization = request.headers.authorization;
    if (authorization !== undefined) {
      const secret = /^bearer +(\S+)$/i.exec(authorization)?.[1];
      if (secret === undefined) return null;
      const hash = hashToken(secret);
      if (deps.localToken && timingSafeEqual(hash, deps.localToken.hash)) {
        const wanted = request.headers['x-mesure-workspace'];
        return localActor(deps, Array.isArray(wanted) ? wanted[0] : wanted);
      }
      return tokenActor(deps, hash, prolong);
    }
    const cookie = request.cookies[cookieName];
    return cookie ? sessionActor(deps, hashToken(cookie), prolong) : null;
  };
