import { randomBytes } from 'node:crypto';
import type { Role } from '@mesure/contract';
import { accessRoutes } from '@mesure/contract/access';
import { auditRoutes } from '@mesure/contract/audit';
import { ApiError, type Client, createClient } from '@mesure/contract/client';
import { settingsRoutes } from '@mesure/contract/settings';
import { Registry } from 'prom-client';
import { bindAuditRoutes, createAudit } from '#guard/audit';
import { createManualClock, type ManualClock } from '#platform/clock';
import { createHttp, type Http } from '#platform/http';
import { createTestStores, TEST_NOW, type TestStores } from '#testing';
import { type Access, bindAccessRoutes, createAccess } from './index.ts';
import { hashToken } from './secret-token.ts';

export const password = 'lampe bleue et trois canards';
export const localSecret = 'mesure_local_test-token-of-this-machine';
export const shop = { name: 'Atelier', timeZone: 'Europe/Paris', currency: 'EUR', language: 'fr' } as const;
export const tables = [accessRoutes, settingsRoutes, auditRoutes];

export interface Team {
  readonly workspaceId: string;
  readonly idOf: (name: string) => string;
  readonly email: (name: string) => string;
}

export interface TestServer {
  readonly stores: TestStores;
  readonly access: Access;
  readonly http: Http;
  readonly baseUrl: string;
  readonly wallClock: ManualClock;
  readonly anonymous: () => Client;
  readonly signIn: (email: string, given?: string) => Promise<Client>;
  /** A workspace of its own with one account per name. */
  readonly workspaceWith: (people: Readonly<Record<string, readonly Role[]>>) => Promise<Team>;
  readonly close: () => Promise<void>;
}

/** This room and the audit room behind a real server on real stores, for the tests of this room. */
export const startTestServer = async (): Promise<TestServer> => {
  const stores = await createTestStores();
  const wallClock = createManualClock(TEST_NOW);
  const audit = createAudit(stores);
  const access = createAccess({
    database: stores.database,
    wallClock,
    ids: stores.ids,
    audit,
    secrets: stores.secrets,
    random: randomBytes,
    baseUrl: () => 'http://127.0.0.1:3300',
    localToken: { hash: hashToken(localSecret) },
  });
  const http = await createHttp({
    log: stores.log,
    ids: stores.ids,
    authenticate: access.authenticate,
    tables,
    engines: [],
    registry: new Registry(),
    version: '0',
    limits: { perMinute: 100_000 },
  });
  bindAccessRoutes(http.app, { access, database: stores.database, guessesPerMinute: 100_000 });
  bindAuditRoutes(http.app, audit);
  const { url: baseUrl } = await http.listen({ host: '127.0.0.1', port: 0 });
  const anonymous = (): Client => createClient({ baseUrl });
  return {
    stores,
    access,
    http,
    baseUrl,
    wallClock,
    anonymous,
    signIn: async (email, given = password) => {
      const client = anonymous();
      await client.call(accessRoutes.signIn, { body: { email, password: given } });
      return client;
    },
    workspaceWith: async (people) => {
      const workspaceId = stores.ids.next();
      const email = (name: string): string => `${name}.${workspaceId.slice(-12)}@example.test`;
      const accounts = Object.entries(people).map(([name, roles]) => ({
        email: email(name),
        name,
        password,
        roles,
      }));
      const ensured = await access.setUp.ensureAccounts({ workspaceId, settings: shop, accounts });
      const ids = new Map(ensured.map((account) => [account.email, account.accountId]));
      return { workspaceId, email, idOf: (name) => ids.get(email(name)) ?? '' };
    },
    close: async () => {
      await http.stop();
      await stores.close();
    },
  };
};

/** The code of a refused call, or `done`. */
export const codeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
};

/** The reason in the details of a refused call, or `done`. */
export const reasonOf = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (error instanceof ApiError) return error.details?.['reason'];
    throw error;
  }
};
