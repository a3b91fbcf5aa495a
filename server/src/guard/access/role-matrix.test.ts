import type { Role, Route } from '@mesure/contract';
import { accessRoutes } from '@mesure/contract/access';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, tables } from './server-for-tests.ts';

let server: TestServer;
let stores: TestServer['stores'];
let http: TestServer['http'];
let cookies: Readonly<Record<string, string>>;
let foreign: { member: string; invitation: string; token: string };

beforeAll(async () => {
  server = await startTestServer();
  ({ stores, http } = server);
  const { workspaceWith, signIn } = server;
  const mine = await workspaceWith({ marketer: ['marketer'], approver: ['approver'], admin: ['admin'] });
  const cookieOf = async (role: string) => [role, (await signIn(mine.email(role))).cookie() ?? ''] as const;
  cookies = Object.fromEntries(await Promise.all(['marketer', 'approver', 'admin'].map(cookieOf)));
  const theirs = await workspaceWith({ eve: ['admin'], bob: ['admin'] });
  const eve = await signIn(theirs.email('eve'));
  const { invitation } = await eve.call(accessRoutes.invite, {
    body: { email: theirs.email('new'), roles: ['marketer'] },
  });
  const { token } = await eve.call(accessRoutes.createToken, { body: { name: 't', roles: ['admin'] } });
  foreign = { member: theirs.idOf('bob'), invitation: invitation.id, token: token.id };
});
afterAll(() => server.close());

const allRoutes: readonly (readonly [string, Route])[] = tables.flatMap((table) => Object.entries(table));

const roleSets: readonly (readonly Role[])[] = [['marketer'], ['approver'], ['admin']];

const allowed = (route: Route, roles: readonly Role[]): boolean =>
  typeof route.access === 'string' || route.access.some((role) => roles.includes(role));

/** Fills every id with one that belongs to somebody else, and every body with nothing. */
const pathWith = (route: Route, id: string): string => route.path.replace(/:[A-Za-z]+/g, id);

describe('every route', () => {
  it.each(allRoutes.flatMap(([name, route]) => roleSets.map((roles) => [name, roles, route] as const)))(
    '%s answers %s as its access says',
    async (_name, roles, route) => {
      if (route.path === '/api/session' && route.method === 'DELETE') return;
      const answer = await http.app.inject({
        method: route.method,
        url: pathWith(route, stores.ids.next()),
        headers: { cookie: cookies[roles[0] ?? ''] ?? '', 'sec-fetch-site': 'same-origin' },
        ...(route.method === 'GET' ? {} : { payload: {} }),
      });
      expect(answer.statusCode === 403).toBe(!allowed(route, roles));
      expect(answer.statusCode).not.toBe(500);
      if (route.access !== 'public') expect(answer.statusCode).not.toBe(401);
    },
  );

  it.each(allRoutes.filter(([, route]) => route.access !== 'public'))(
    '%s wants a session',
    async (_name, route) => {
      const answer = await http.app.inject({
        method: route.method,
        url: pathWith(route, stores.ids.next()),
        headers: { 'sec-fetch-site': 'same-origin', cookie: '__Host-mesure=mesure_session_made-up' },
      });
      expect([answer.statusCode, answer.json().error.code]).toEqual([401, 'unauthenticated']);
    },
  );

  it.each(allRoutes.filter(([, route]) => route.method !== 'GET'))(
    '%s refuses other sites, and a request that does not say where it comes from',
    async (_name, route) => {
      const origins: Record<string, string>[] = [
        {},
        { origin: 'https://evil.example' },
        { 'sec-fetch-site': 'cross-site' },
      ];
      for (const origin of origins) {
        const answer = await http.app.inject({
          method: route.method,
          url: pathWith(route, stores.ids.next()),
          headers: { cookie: cookies['admin'] ?? '', ...origin },
          payload: {},
        });
        expect([answer.statusCode, answer.json().error.code]).toEqual([403, 'cross_site']);
      }
    },
  );

  it.each([
    ['changeRoles', () => foreign.member, { roles: ['marketer'] }],
    ['disableMember', () => foreign.member, {}],
    ['enableMember', () => foreign.member, {}],
    ['revokeInvitation', () => foreign.invitation, {}],
    ['revokeToken', () => foreign.token, {}],
  ] as const)(
    '%s finds nothing in another workspace, and changes nothing there',
    async (name, id, payload) => {
      const route: Route = accessRoutes[name];
      const state = () =>
        stores.database.inSystem(async (tx) => [
          await tx.rows('select * from membership where account_id = $1', [foreign.member]),
          await tx.rows('select * from invitation where id = $1', [foreign.invitation]),
          await tx.rows('select * from api_token where id = $1', [foreign.token]),
        ]);
      const before = await state();
      const answer = await http.app.inject({
        method: route.method,
        url: pathWith(route, id()),
        headers: { cookie: cookies['admin'] ?? '', 'sec-fetch-site': 'same-origin' },
        payload,
      });
      expect([answer.statusCode, answer.json().error.code]).toEqual([404, 'not_found']);
      expect(await state()).toEqual(before);
    },
  );

  it('that lists shows the own workspace only', async () => {
    for (const name of ['listTeam', 'listInvitations', 'listTokens', 'listWorkspaces'] as const) {
      const { body } = await http.app.inject({
        url: accessRoutes[name].path,
        headers: { cookie: cookies['admin'] ?? '' },
      });
      for (const id of Object.values(foreign)) expect(body).not.toContain(id);
    }
  });
});
