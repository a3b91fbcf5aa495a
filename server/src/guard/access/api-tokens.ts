import type { Role } from '@mesure/contract';
import { appError } from '#platform/errors';
import type { Actor } from '#platform/http';
import type { AccessDeps } from './access-deps.ts';
import { type ApiToken, liveTokens } from './read.ts';
import { orderRoles } from './roles.ts';
import { makeToken } from './secret-token.ts';
import { insertApiToken, revokeApiToken } from './token-store.ts';

const dayMs = 24 * 3_600_000;

export const createApiTokens = (
  deps: Pick<AccessDeps, 'database' | 'audit' | 'wallClock' | 'ids' | 'random'>,
) => {
  const { database, audit, wallClock, ids } = deps;

  const create = async (
    actor: Actor,
    given: { name: string; roles: readonly Exclude<Role, 'approver'>[]; expiresInDays: number },
  ): Promise<{ token: ApiToken; secret: string }> => {
    const maker = actor.personId;
    if (actor.kind !== 'account' || maker === null) {
      throw appError('forbidden', {
        message: 'A token is made by a person who is signed in, because it ends when that person leaves.',
      });
    }
    const roles = orderRoles(given.roles);
    const beyond = roles.filter((role) => !actor.roles.includes(role));
    if (beyond.length > 0) {
      throw appError('forbidden', {
        message: `You cannot give a token the role ${beyond.join(', ')}, because you do not have it.`,
        details: { roles: beyond },
      });
    }
    const { secret, hash } = makeToken('api', deps.random);
    const now = wallClock.now();
    const token: ApiToken = {
      id: ids.next(),
      name: given.name,
      roles,
      createdBy: actor.name,
      createdAt: now,
      expiresAt: new Date(now.getTime() + given.expiresInDays * dayMs),
      lastUsedAt: null,
    };
    await database.inWorkspace(actor.workspaceId, async (tx) => {
      await insertApiToken(tx, { ...token, createdBy: maker, tokenHash: hash });
      await audit.record(tx, {
        actor,
        action: 'access.api_token_created',
        subject: { kind: 'api_token', id: token.id },
        after: { name: token.name, roles, expiresAt: token.expiresAt },
      });
    });
    return { token, secret };
  };

  const revoke = (actor: Actor, tokenId: string): Promise<void> =>
    database.inWorkspace(actor.workspaceId, async (tx) => {
      if (!(await revokeApiToken(tx, tokenId, wallClock.now()))) {
        throw appError('not_found', { message: 'There is no token with this id that still works.' });
      }
      await audit.record(tx, {
        actor,
        action: 'access.api_token_revoked',
        subject: { kind: 'api_token', id: tokenId },
      });
    });

  return {
    create,
    revoke,
    list: (workspaceId: string): Promise<ApiToken[]> =>
      database.inWorkspace(workspaceId, (tx) => liveTokens(tx, wallClock.now())),
  };
};

export type ApiTokens = ReturnType<typeof createApiTokens>;
