import type { FastifyRequest } from 'fastify';
import type { Actor } from '#platform/http';
import type { AccessDeps } from './access-deps.ts';
import { type ApiTokens, createApiTokens } from './api-tokens.ts';
import { createAuthenticate } from './authenticate.ts';
import { createInvitations, type Invitations } from './invitations.ts';
import { createPasswords } from './password-hash.ts';
import { accountById, listWorkspaces, type WorkspaceOfAccount, workspacesOfAccount } from './read.ts';
import { createSetUp, type SetUp } from './set-up.ts';
import { createSettings, type Settings } from './settings.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { createSignInBrake } from './sign-in-brake.ts';
import { createTeam, type Team } from './team.ts';

/** The caller with the names that a screen shows. */
export interface Introduction {
  readonly actor: Actor;
  readonly email: string | null;
  readonly workspaceName: string;
}

export interface Access {
  /** For platform/http. */
  readonly authenticate: (request: FastifyRequest) => Promise<Actor | null>;
  /** The same without prolonging the session: for what goes on while nobody works. */
  readonly recognise: (request: FastifyRequest) => Promise<Actor | null>;
  readonly session: Omit<SignIn, 'verified'>;
  readonly setUp: SetUp;
  readonly team: Team;
  readonly invitations: Invitations;
  readonly apiTokens: ApiTokens;
  readonly settings: Settings;
  readonly introduce: (actor: Actor) => Promise<Introduction>;
  readonly workspacesOf: (actor: Actor) => Promise<readonly WorkspaceOfAccount[]>;
  /** Every workspace, the oldest first: background work loops over them. */
  readonly listWorkspaceIds: () => Promise<string[]>;
}

export const createAccess = (deps: AccessDeps): Access => {
  const { database } = deps;
  const withPasswords = { ...deps, passwords: createPasswords(deps.random), brake: createSignInBrake(deps) };
  const { verified, ...session } = createSignIn(withPasswords);
  const settings = createSettings(deps);
  const setUp = createSetUp(withPasswords);

  const introduce = (actor: Actor): Promise<Introduction> =>
    database.inWorkspace(actor.workspaceId, async (tx) => ({
      actor,
      email: actor.kind === 'account' ? ((await accountById(tx, actor.id))?.email ?? null) : null,
      workspaceName: (await settings.get(tx)).name,
    }));

  const workspacesOf = async (actor: Actor): Promise<readonly WorkspaceOfAccount[]> => {
    if (actor.kind === 'account') return database.inSystem((tx) => workspacesOfAccount(tx, actor.id));
    const { workspaceName } = await introduce(actor);
    return [{ id: actor.workspaceId, name: workspaceName, roles: actor.roles }];
  };

  return {
    authenticate: createAuthenticate(deps),
    recognise: createAuthenticate(deps, { prolong: false }),
    session,
    setUp,
    team: createTeam(deps),
    invitations: createInvitations({ ...withPasswords, verified }),
    apiTokens: createApiTokens(deps),
    settings,
    introduce,
    workspacesOf,
    listWorkspaceIds: async () => (await database.inSystem(listWorkspaces)).map(({ id }) => id),
  };
};
