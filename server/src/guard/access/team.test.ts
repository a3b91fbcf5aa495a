import { accessRoutes } from '@mesure/contract/access';
import { type Client, createClient } from '@mesure/contract/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  codeOf,
  localSecret,
  password,
  reasonOf,
  startTestServer,
  type TestServer,
} from './server-for-tests.ts';

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

describe('the team', () => {
  it('grows by an invitation that works once', async () => {
    const { email, workspaceId } = await workspaceWith({ ada: ['admin'] });
    const ada = await signIn(email('ada'));
    const { token, link, invitation } = await ada.call(accessRoutes.invite, {
      body: { email: email('bob'), roles: ['approver', 'approver'] },
    });
    expect(link).toBe(`http://127.0.0.1:3300/join?token=${token}`);
    expect(await anonymous().call(accessRoutes.readInvitation, { body: { token } })).toEqual({
      email: email('bob'),
      roles: ['approver'],
      workspaceName: 'Atelier',
      expiresAt: invitation.expiresAt,
    });
    const bob = anonymous();
    const accept = (client: Client) =>
      client.call(accessRoutes.acceptInvitation, { body: { token, name: 'Bob', password } });
    const session = await accept(bob);
    expect(session).toMatchObject({ roles: ['approver'], workspace: { id: workspaceId } });
    expect(await reasonOf(accept(anonymous()))).toBe('invitation_not_valid');
    expect((await ada.call(accessRoutes.listTeam)).items.map(({ name, roles }) => [name, roles])).toEqual([
      ['ada', ['admin']],
      ['Bob', ['approver']],
    ]);
    const again = ada.call(accessRoutes.invite, {
      body: { email: email('bob').toUpperCase(), roles: ['admin'] },
    });
    expect(await reasonOf(again)).toBe('already_member');
    expect((await ada.call(accessRoutes.listInvitations)).items).toEqual([]);
  });

  it('keeps an invitation for seven days, until it is taken back or replaced', async () => {
    const { email } = await workspaceWith({ ada: ['admin'] });
    let ada = await signIn(email('ada'));
    const invite = () =>
      ada.call(accessRoutes.invite, { body: { email: email('bob'), roles: ['marketer'] } });
    const read = (token: string) =>
      reasonOf(anonymous().call(accessRoutes.readInvitation, { body: { token } }));
    const [replaced, revoked] = [await invite(), await invite()];
    expect(await read(replaced.token)).toBe('invitation_not_valid');
    expect(await read(revoked.token)).toBe('done');
    await ada.call(accessRoutes.revokeInvitation, { params: { invitationId: revoked.invitation.id } });
    expect(await read(revoked.token)).toBe('invitation_not_valid');
    const late = await invite();
    wallClock.advance(7 * 24 * 3_600_000);
    expect(await read(late.token)).toBe('invitation_not_valid');
    ada = await signIn(email('ada'));
    expect((await ada.call(accessRoutes.listInvitations)).items).toEqual([]);
  });

  it('lets somebody with an account join with their own password only', async () => {
    const home = await workspaceWith({ ada: ['admin'] });
    const other = await workspaceWith({ eve: ['admin'] });
    const eve = await signIn(other.email('eve'));
    const { token } = await eve.call(accessRoutes.invite, {
      body: { email: home.email('ada'), roles: ['marketer'] },
    });
    const accept = (given: string) =>
      anonymous().call(accessRoutes.acceptInvitation, { body: { token, name: 'x', password: given } });
    expect(await codeOf(accept('vingt nuages sous le pont'))).toBe('wrong_credentials');
    expect(await accept(password)).toMatchObject({ roles: ['marketer'], name: 'ada' });
    const ada = await signIn(home.email('ada'));
    const { items } = await ada.call(accessRoutes.listWorkspaces);
    expect(items.map(({ id, roles }) => [id, roles])).toEqual([
      [home.workspaceId, ['admin']],
      [other.workspaceId, ['marketer']],
    ]);
    const before = ada.cookie();
    await ada.call(accessRoutes.switchWorkspace, { body: { workspaceId: other.workspaceId } });
    expect(ada.cookie()).not.toBe(before);
    expect(await codeOf(ada.call(accessRoutes.listTokens))).toBe('forbidden');
    const foreign = ada.call(accessRoutes.switchWorkspace, { body: { workspaceId: stores.workspaceId } });
    expect(await codeOf(foreign)).toBe('not_found');
  });

  it('shuts out somebody disabled, with their sessions and tokens, and keeps the last admin', async () => {
    const { email, idOf } = await workspaceWith({ ada: ['admin'], bob: ['admin', 'marketer'] });
    const [ada, bob] = [await signIn(email('ada')), await signIn(email('bob'))];
    const { secret } = await bob.call(accessRoutes.createToken, { body: { name: 't', roles: ['marketer'] } });
    const program = createClient({ baseUrl, token: secret });
    expect(await program.call(accessRoutes.readSession)).toMatchObject({
      kind: 'token',
      roles: ['marketer'],
    });
    await ada.call(accessRoutes.disableMember, { params: { accountId: idOf('bob') } });
    expect(await codeOf(bob.call(accessRoutes.readSession))).toBe('unauthenticated');
    expect(await codeOf(program.call(accessRoutes.readSession))).toBe('unauthenticated');
    const own = { accountId: idOf('ada') };
    expect(await reasonOf(ada.call(accessRoutes.disableMember, { params: own }))).toBe('last_admin');
    const demote = ada.call(accessRoutes.changeRoles, { params: own, body: { roles: ['marketer'] } });
    expect(await reasonOf(demote)).toBe('last_admin');
    await ada.call(accessRoutes.enableMember, { params: { accountId: idOf('bob') } });
    expect(await codeOf(signIn(email('bob')))).toBe('done');
  });

  it('keeps an admin when two remove each other at once', async () => {
    const { email, idOf } = await workspaceWith({ ada: ['admin'], bob: ['admin'] });
    const [ada, bob] = [await signIn(email('ada')), await signIn(email('bob'))];
    const outcomes = await Promise.all([
      codeOf(ada.call(accessRoutes.disableMember, { params: { accountId: idOf('bob') } })),
      codeOf(bob.call(accessRoutes.disableMember, { params: { accountId: idOf('ada') } })),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'done').length).toBe(1);
  });
});

describe('tokens', () => {
  it('are shown once, expire, are revoked, and follow the rights of their maker', async () => {
    const { email, idOf } = await workspaceWith({ ada: ['admin'], bob: ['admin', 'marketer'] });
    const [ada, bob] = [await signIn(email('ada')), await signIn(email('bob'))];
    const make = (roles: ('marketer' | 'admin')[]) =>
      bob.call(accessRoutes.createToken, { body: { name: 'nightly', roles, expiresInDays: 1 } });
    const [one, two] = [await make(['marketer', 'admin']), await make(['admin'])];
    const program = createClient({ baseUrl, token: one.secret });
    const listed = await program.call(accessRoutes.listTokens);
    expect(JSON.stringify(listed)).not.toContain(one.secret);
    expect(listed.items.map(({ id }) => id).sort()).toEqual([one.token.id, two.token.id].sort());
    expect(
      await codeOf(program.call(accessRoutes.createToken, { body: { name: 'x', roles: ['admin'] } })),
    ).toBe('forbidden');
    await ada.call(accessRoutes.changeRoles, {
      params: { accountId: idOf('bob') },
      body: { roles: ['marketer'] },
    });
    expect(await program.call(accessRoutes.readSession)).toMatchObject({ roles: ['marketer'] });
    await ada.call(accessRoutes.revokeToken, { params: { tokenId: one.token.id } });
    expect(await codeOf(program.call(accessRoutes.readSession))).toBe('unauthenticated');
    const beyond = ada.call(accessRoutes.createToken, { body: { name: 'x', roles: ['marketer'] } });
    expect(await codeOf(beyond)).toBe('forbidden');
    wallClock.advance(24 * 3_600_000);
    expect(await codeOf(createClient({ baseUrl, token: two.secret }).call(accessRoutes.readSession))).toBe(
      'unauthenticated',
    );
  });

  it('never approve', async () => {
    const answer = await http.app.inject({
      method: 'POST',
      url: '/api/tokens',
      headers: { authorization: `Bearer ${localSecret}` },
      payload: { name: 'x', roles: ['approver'] },
    });
    expect([answer.statusCode, answer.json().error.code]).toEqual([400, 'invalid_request']);
  });

  it('of this machine work in the workspace that is named, or the first', async () => {
    const { workspaceId } = await workspaceWith({ ada: ['admin'] });
    const ask = async (headers: Record<string, string>) =>
      (
        await http.app.inject({
          url: '/api/session',
          headers: { authorization: `Bearer ${localSecret}`, ...headers },
        })
      ).json();
    expect(await ask({ 'x-mesure-workspace': workspaceId })).toMatchObject({
      kind: 'token',
      roles: ['marketer', 'admin'],
      workspace: { id: workspaceId },
    });
    expect((await ask({})).workspace.id).toBe((await access.listWorkspaceIds())[0]);
    expect((await ask({ 'x-mesure-workspace': stores.ids.next() })).error.code).toBe('not_found');
  });

  it('that are wrong are not helped by a cookie', async () => {
    const { email } = await workspaceWith({ ada: ['admin'] });
    const cookie = (await signIn(email('ada'))).cookie() ?? '';
    const headers = { cookie, authorization: 'Bearer nonsense' };
    const answer = await http.app.inject({ method: 'DELETE', url: '/api/session', headers });
    expect(answer.json().error.code).toBe('unauthenticated');
  });
});
