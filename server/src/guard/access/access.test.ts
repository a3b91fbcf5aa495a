import { accessRoutes } from '@mesure/contract/access';
import { auditRoutes } from '@mesure/contract/audit';
import { type Client, createClient } from '@mesure/contract/client';
import { settingsRoutes } from '@mesure/contract/settings';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '#platform/postgres';
import { codeOf, password, reasonOf, shop, startTestServer, type TestServer } from './server-for-tests.ts';

let server: TestServer;
let stores: TestServer['stores'];
let access: TestServer['access'];
let http: TestServer['http'];
let wallClock: TestServer['wallClock'];
let baseUrl: string;

beforeAll(async () => {
  server = await startTestServer();
  ({ stores, access, http, wallClock, baseUrl } = server);
});
afterAll(() => server.close());

const anonymous = (): Client => server.anonymous();
const signIn: TestServer['signIn'] = (email, given) => server.signIn(email, given);
const workspaceWith: TestServer['workspaceWith'] = (people) => server.workspaceWith(people);

const actions = async (client: Client): Promise<string[]> =>
  (await client.call(auditRoutes.listAudit, { query: { limit: 200 } })).items.map((entry) => entry.action);

// The first tests of the file: set-up works only while there is no account at all.
describe('set-up', () => {
  it('takes the printed token once, and makes workspace and first account', async () => {
    const first = await access.setUp.openSetUp();
    const second = await access.setUp.openSetUp();
    const account = { email: 'Mia@Example.test', name: 'Mia', password };
    const attempt = (token: string, client = anonymous()) =>
      client.call(accessRoutes.setUp, { body: { token, workspace: shop, account } });
    expect(await reasonOf(attempt(first?.token ?? ''))).toBe('setup_token_not_valid');
    expect(await codeOf(attempt('mesure_setup_guess-guess-guess-guess'))).toBe('forbidden');
    const client = anonymous();
    expect(await anonymous().call(accessRoutes.readSetUp)).toEqual({ open: true });
    const session = await attempt(second?.token ?? '', client);
    expect(await anonymous().call(accessRoutes.readSetUp)).toEqual({ open: false });
    expect(session).toMatchObject({
      kind: 'account',
      name: 'Mia',
      email: 'Mia@Example.test',
      roles: ['marketer', 'approver', 'admin'],
      workspace: { name: 'Atelier' },
    });
    expect(await client.call(accessRoutes.readSession)).toEqual(session);
    expect(await reasonOf(attempt(second?.token ?? ''))).toBe('setup_token_not_valid');
    expect(await access.setUp.openSetUp()).toBeNull();
    expect(await actions(client)).toEqual(['access.set_up', 'workspace.created']);
    expect(await access.listWorkspaceIds()).toContain(session.workspace.id);
  });

  it('keeps neither tokens nor passwords in the clear (S-27)', async () => {
    const client = await signIn('mia@example.test');
    await client.call(accessRoutes.createToken, { body: { name: 'export', roles: ['marketer'] } });
    await client.call(accessRoutes.invite, { body: { email: 'x@example.test', roles: ['marketer'] } });
    const owner = createDatabase({ url: stores.ownerUrl, poolSize: 1 });
    const text: string[] = [];
    for (const table of ['account', 'session', 'api_token', 'invitation', 'setup_token', 'audit_entry']) {
      text.push(JSON.stringify(await owner.inSystem((tx) => tx.rows(`select t::text from ${table} t`))));
    }
    await owner.close();
    expect(text.join()).toContain('argon2id');
    expect(text.join()).not.toMatch(/mesure_(session|api|invite|setup)_/);
    expect(text.join()).not.toContain(password);
  });
});

describe('signing in', () => {
  it('sets a cookie that only this host, over a secure channel, gets back', async () => {
    const { email } = await workspaceWith({ ada: ['marketer'] });
    const answer = await http.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'sec-fetch-site': 'same-origin' },
      payload: { email: email('ada'), password },
    });
    const [cookie = ''] = [answer.headers['set-cookie']].flat();
    expect(cookie).toMatch(
      /^__Host-mesure=mesure_session_[A-Za-z0-9_-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(answer.body).not.toContain('mesure_session');
  });

  it('says the same to a wrong password, an unknown address and somebody disabled', async () => {
    const { email, idOf } = await workspaceWith({ ada: ['marketer'], bob: ['admin'] });
    const bob = await signIn(email('bob'));
    await bob.call(accessRoutes.disableMember, { params: { accountId: idOf('ada') } });
    const answers = [];
    for (const who of [email('ada'), email('bob'), 'nobody@example.test']) {
      const given = who === email('ada') ? password : 'not the password at all';
      const payload = { email: who, password: given };
      const answer = await http.app.inject({
        method: 'POST',
        url: '/api/session',
        headers: { 'sec-fetch-site': 'same-origin' },
        payload,
      });
      const { requestId: _requestId, ...error } = answer.json().error;
      answers.push([answer.statusCode, error]);
    }
    expect(answers[0]).toEqual([401, { code: 'wrong_credentials', message: expect.any(String) }]);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('pauses after ten failures for that address, whether it exists or not, and opens again', async () => {
    const { email } = await workspaceWith({ ada: ['marketer'], bob: ['marketer'] });
    for (const who of [email('ada'), `nobody.${email('ada')}`]) {
      for (let attempt = 0; attempt < 10; attempt++) {
        expect(await codeOf(signIn(who, 'wrong'))).toBe('wrong_credentials');
      }
      expect(await codeOf(signIn(who))).toBe('rate_limited');
    }
    expect(await codeOf(signIn(email('bob')))).toBe('done');
    wallClock.advance(16 * 60_000);
    expect(await codeOf(signIn(email('ada')))).toBe('done');
  });

  it('ends with signing out, after twelve idle hours, and after seven days', async () => {
    const { email } = await workspaceWith({ ada: ['marketer'] });
    const [left, idle, busy] = [
      await signIn(email('ada')),
      await signIn(email('ada')),
      await signIn(email('ada')),
    ];
    const cookie = left.cookie() ?? '';
    await left.call(accessRoutes.signOut);
    expect(left.cookie()).toBeUndefined();
    expect(await codeOf(createClient({ baseUrl, cookie }).call(accessRoutes.readSession))).toBe(
      'unauthenticated',
    );
    for (let hours = 0; hours < 7 * 24; hours += 11) {
      expect(await codeOf(busy.call(accessRoutes.readSession))).toBe('done');
      wallClock.advance(11 * 3_600_000);
    }
    expect(await codeOf(busy.call(accessRoutes.readSession))).toBe('unauthenticated');
    expect(await codeOf(idle.call(accessRoutes.readSession))).toBe('unauthenticated');
  });

  it('ends the session that the browser still had', async () => {
    const { email } = await workspaceWith({ ada: ['marketer'] });
    const client = await signIn(email('ada'));
    const before = client.cookie() ?? '';
    await client.call(accessRoutes.signIn, { body: { email: email('ada'), password } });
    expect(client.cookie()).not.toBe(before);
    expect(await codeOf(createClient({ baseUrl, cookie: before }).call(accessRoutes.readSession))).toBe(
      'unauthenticated',
    );
  });

  it('renews a hash that was made with weaker parameters', async () => {
    const { email, idOf } = await workspaceWith({ ada: ['marketer'] });
    const weak = '$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg';
    const write = (hash: string) =>
      stores.database.inSystem((tx) =>
        tx.run('update account set password_hash = $2 where id = $1', [idOf('ada'), hash]),
      );
    await write(weak);
    expect(await codeOf(signIn(email('ada'), 'password'))).toBe('done');
    const [row] = await stores.database.inSystem((tx) =>
      tx.rows<{ hash: string }>('select password_hash as hash from account where id = $1', [idOf('ada')]),
    );
    expect(row?.hash).toMatch(/\$m=19456,t=2,p=1\$/);
    expect(await codeOf(signIn(email('ada'), 'password'))).toBe('done');
  });

  it('changes a password, which ends every other session', async () => {
    const { email } = await workspaceWith({ ada: ['admin'] });
    const clients = [await signIn(email('ada')), await signIn(email('ada')), await signIn(email('ada'))];
    const [own, ...others] = clients as [Client, Client, Client];
    const change = (currentPassword: string, newPassword: string) =>
      own.call(accessRoutes.changePassword, { body: { currentPassword, newPassword } });
    expect(await codeOf(change('wrong', 'vingt nuages sous le pont'))).toBe('wrong_credentials');
    expect(await codeOf(change(password, 'short'))).toBe('invalid_request');
    expect(await reasonOf(change(password, 'Password1234'))).toBe('weak_password');
    const before = own.cookie() ?? '';
    await change(password, 'vingt nuages sous le pont');
    expect(await codeOf(own.call(accessRoutes.readSession))).toBe('done');
    for (const other of [...others, createClient({ baseUrl, cookie: before })]) {
      expect(await codeOf(other.call(accessRoutes.readSession))).toBe('unauthenticated');
    }
    expect(await codeOf(signIn(email('ada')))).toBe('wrong_credentials');
    expect((await actions(own))[0]).toBe('access.password_changed');
  });
});

describe('settings', () => {
  it('are changed field by field, checked, and audited with what changed', async () => {
    const { email } = await workspaceWith({ ada: ['admin'], mia: ['marketer'] });
    const [ada, mia] = [await signIn(email('ada')), await signIn(email('mia'))];
    const change = (client: Client, body: object) => client.call(settingsRoutes.changeSettings, { body });
    expect(await mia.call(settingsRoutes.readSettings)).toEqual({
      ...shop,
      publicUrl: null,
      quietHours: { start: '08:00', end: '20:00' },
      pressureCap: { messages: 2, hours: 168 },
      globalHoldoutShare: 0.05,
      experimentWindowDays: 7,
      brand: { name: null, accentColor: null },
    });
    const changed = await change(ada, { publicUrl: 'https://news.example.com/', globalHoldoutShare: 0.1 });
    expect(changed).toMatchObject({
      publicUrl: 'https://news.example.com',
      globalHoldoutShare: 0.1,
      name: 'Atelier',
    });
    await change(ada, { globalHoldoutShare: 0.1 });
    const { items } = await ada.call(auditRoutes.listAudit, { query: { action: 'settings' } });
    expect(items.map(({ before, after }) => [before, after])).toEqual([
      [
        { publicUrl: null, globalHoldoutShare: 0.05 },
        { publicUrl: 'https://news.example.com', globalHoldoutShare: 0.1 },
      ],
    ]);
    expect(await codeOf(change(mia, { name: 'x' }))).toBe('forbidden');
    expect(await reasonOf(change(ada, { publicUrl: 'http://news.example.com' }))).toBe('not_https');
    for (const wrong of [
      { timeZone: 'Europe/Pariss' },
      { timeZone: '+02:00' },
      { currency: 'EURO' },
      { currency: 'ZZZ' },
      { quietHours: { start: '20:00', end: '08:00' } },
      { globalHoldoutShare: 0.9 },
      { brand: { accentColor: 'red' } },
      { workspaceId: stores.otherWorkspaceId },
    ]) {
      expect(await codeOf(change(ada, wrong))).toBe('invalid_request');
    }
  });
});

describe('workspaces', () => {
  it('are made by an admin, who gets all roles there', async () => {
    const { email } = await workspaceWith({ ada: ['admin'] });
    const ada = await signIn(email('ada'));
    const made = await ada.call(accessRoutes.createWorkspace, { body: { ...shop, name: 'Second' } });
    await ada.call(accessRoutes.switchWorkspace, { body: { workspaceId: made.id } });
    expect(await ada.call(accessRoutes.readSession)).toMatchObject({
      workspace: made,
      roles: ['marketer', 'approver', 'admin'],
    });
    expect(await actions(ada)).toEqual(['access.signed_in', 'workspace.created']);
  });

  it('brought by the program are made once', async () => {
    const workspaceId = stores.ids.next();
    const given = {
      workspaceId,
      settings: { ...shop, publicUrl: 'http://127.0.0.1:3300' },
      accounts: [
        { email: `demo.${workspaceId}@example.test`, name: 'Demo', password, roles: ['admin'] as const },
      ],
    };
    const [first] = await access.setUp.ensureAccounts(given);
    const client = await signIn(given.accounts[0]?.email ?? '');
    const [second] = await access.setUp.ensureAccounts(given);
    expect([first?.changed, second?.changed]).toEqual([true, false]);
    expect(second?.accountId).toBe(first?.accountId);
    expect(await codeOf(client.call(accessRoutes.readSession))).toBe('done');
    const other = given.accounts.map((account) => ({ ...account, password: 'vingt nuages sous le pont' }));
    expect((await access.setUp.ensureAccounts({ ...given, accounts: other }))[0]?.changed).toBe(true);
    expect(await codeOf(client.call(accessRoutes.readSession))).toBe('unauthenticated');
  });
});
