import { join } from 'node:path';
import { Registry } from 'prom-client';
import type { Actor, Role } from '#guard/access';
import { createManualClock } from '#platform/clock';
import { createHttp } from '#platform/http';
import { createIds } from '#platform/ids';
import { createLog } from '#platform/log';
import { createCatcher } from '#reach/catcher';
import { temporaryDataFolder } from '#testing';
import { createApp } from './app.ts';
import { bindEverything, routeTables } from './routes.ts';
import { configOn } from './server-for-tests.ts';
import { openStores } from './stores.ts';

const NOON = new Date('2026-03-10T11:00:00.000Z');
const PASSWORD = 'lampe bleue et trois canards';
const EVERYTHING: readonly Role[] = ['marketer', 'approver', 'admin'];

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Whoever is signed in: any call, whatever becomes of it. */
export type Caller = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** The whole server on real stores, without its loops, and two workspaces that have nothing to do with each other. */
export const openTwoWorkspaces = async () => {
  const config = configOn(await temporaryDataFolder());
  const log = createLog({ level: 'silent' });
  const clock = createManualClock(NOON);
  const ids = createIds();
  const stores = await openStores(config, log);
  const catcher = await createCatcher({ folder: join(config.dataFolder, 'mails'), port: 0, clock, log });
  let url = '';
  const deps = {
    config,
    stores,
    log,
    clock,
    localToken: null,
    baseUrl: () => url,
    catcher,
    failpoint: () => undefined,
  };
  const app = createApp(deps);
  const tables = routeTables({ catcher: true });
  const http = await createHttp({
    log,
    ids,
    authenticate: app.access.authenticate,
    tables,
    engines: [],
    registry: new Registry(),
    version: 'test',
  });
  bindEverything(http, app, {
    ...deps,
    console: null,
    demo: null,
    whileStill: (work) => work(),
  });
  ({ url } = await http.listen({ host: '127.0.0.1', port: 0 }));

  const signIn = async (email: string): Promise<Caller> => {
    const answer = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return async (method, path, body) => {
      const isText = typeof body === 'string';
      const given = await fetch(`${url}${path}`, {
        method,
        headers: {
          cookie,
          'sec-fetch-site': 'same-origin',
          ...(body !== undefined && { 'content-type': isText ? 'text/csv' : 'application/json' }),
        },
        ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
      });
      return { status: given.status, text: await given.text() };
    };
  };

  const workspace = async (name: string) => {
    const workspaceId = ids.next();
    const email = `${name}@example.test`;
    const settings = { name, timeZone: 'Europe/Paris', currency: 'EUR', language: 'fr' } as const;
    const accounts = [{ email, name, password: PASSWORD, roles: EVERYTHING }];
    const [account] = await app.access.setUp.ensureAccounts({ workspaceId, settings, accounts });
    const accountId = account?.accountId ?? '';
    const actor: Actor = {
      kind: 'account',
      id: accountId,
      name,
      roles: EVERYTHING,
      workspaceId,
      personId: accountId,
    };
    return { workspaceId, accountId, actor, call: await signIn(email) };
  };

  return {
    app,
    database: stores.database,
    catcher,
    tables,
    a: await workspace('ana'),
    b: await workspace('bea'),
    close: async () => {
      await http.stop();
      app.sender.close();
      await app.content.stop();
      await catcher.close();
      await stores.close();
    },
  };
};

export type TwoWorkspaces = Awaited<ReturnType<typeof openTwoWorkspaces>>;
