import { appError } from '#platform/errors';
import { createTransport, type Transport, type TransportOptions } from '#platform/mail';
import type { Database } from '#platform/postgres';
import type { Secrets } from '#platform/secrets';
import { senderProblem } from './identity.ts';
import { type StoredTransport, transportRow } from './read.ts';
import { unseal } from './seal.ts';

/** How to reach the catcher as a workspace; null where it does not run. */
export type CatcherAccess = ((workspaceId: string) => TransportOptions) | null;

export const passwordBinding = (workspaceId: string): string => `smtp-password ${workspaceId}`;

export interface TransportsDeps {
  readonly database: Database;
  readonly secrets: Pick<Secrets, 'key'>;
  readonly catcher: CatcherAccess;
  /** Sessions side by side per workspace. */
  readonly connections: number;
}

export interface Transports {
  /** One per workspace, made anew when its settings have changed; the old one ends with its last message. */
  readonly of: (workspaceId: string) => Promise<Transport>;
  /** As `of`, not kept: for a test of settings. */
  readonly fresh: (workspaceId: string) => Promise<Transport>;
  readonly close: () => void;
}

export const createTransports = (deps: TransportsDeps): Transports => {
  const cache = new Map<string, { readonly revision: number; readonly transport: Transport }>();

  const optionsOf = (workspaceId: string, stored: StoredTransport): TransportOptions => {
    if (stored.kind === 'catcher') {
      if (deps.catcher === null) {
        const { code, message } = senderProblem('catcher_off');
        throw appError('unprocessable', { message: message.en, details: { reason: code } });
      }
      return { ...deps.catcher(workspaceId), connections: deps.connections };
    }
    return {
      host: stored.host ?? '',
      port: stored.port ?? 0,
      security: stored.security ?? 'tls',
      connections: deps.connections,
      ...(stored.user === null
        ? {}
        : {
            auth: {
              user: stored.user,
              password:
                stored.passwordSealed === null
                  ? ''
                  : unseal(
                      deps.secrets.key('smtp-password'),
                      stored.passwordSealed,
                      passwordBinding(workspaceId),
                    ),
            },
          }),
    };
  };
  const stored = (workspaceId: string): Promise<StoredTransport> =>
    deps.database.inWorkspace(workspaceId, transportRow, { readOnly: true });

  return {
    of: async (workspaceId) => {
      const row = await stored(workspaceId);
      const known = cache.get(workspaceId);
      if (known !== undefined && known.revision === row.revision) return known.transport;
      known?.transport.close();
      const transport = createTransport(optionsOf(workspaceId, row));
      cache.set(workspaceId, { revision: row.revision, transport });
      return transport;
    },
    fresh: async (workspaceId) =>
      createTransport({
        ...optionsOf(workspaceId, await stored(workspaceId)),
        connections: 1,
        // Somebody is waiting in front of a page.
        connectTimeoutMs: 8_000,
        answerTimeoutMs: 15_000,
      }),
    close: () => {
      for (const { transport } of cache.values()) transport.close();
      cache.clear();
    },
  };
};
