import type { Role } from '@mesure/contract';
import { senderRoutes } from '@mesure/contract/sender';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WorkspaceSettings } from '#guard/access';
import { createHttp, type Http } from '#platform/http';
import { createTestStores, type TestStores } from '#testing';
import { bindSenderRoutes, createSender, type Sender } from './index.ts';

let stores: TestStores;
let http: Http;
let sender: Sender;
let role: Role = 'admin';
const entityId = '01890000-0000-7000-8000-000000000001';

beforeAll(async () => {
  stores = await createTestStores();
  const { workspaceId } = stores;
  sender = createSender({
    ...stores,
    audit: { record: async () => undefined },
    settings: { get: async () => ({ publicUrl: 'https://m.example', language: 'en' }) as WorkspaceSettings },
    entities: {
      byId: async () => ({
        id: entityId,
        name: 'B',
        address: 'A',
        contactEmail: 'c@b.example',
        privacyUrl: null,
        isDefault: true,
      }),
    },
    catcher: null,
    resolver: async () => [],
  });
  http = await createHttp({
    log: stores.log,
    ids: stores.ids,
    authenticate: async () => ({
      kind: 'account',
      id: 'a1',
      name: 'Mia',
      roles: [role],
      workspaceId,
      personId: 'a1',
    }),
    tables: [senderRoutes],
    engines: [],
    registry: new Registry(),
    version: '0',
  });
  bindSenderRoutes(http.app, { database: stores.database, sender });
});
afterAll(async () => {
  await http.stop();
  sender.close();
  await stores.close();
});

const call = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
  const answer = await http.app.inject({
    method,
    url,
    headers: { authorization: 'Bearer token' },
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
};
const smtp = {
  kind: 'smtp',
  host: '127.0.0.1',
  port: 1,
  security: 'none',
  user: 'u',
  password: 'top-secret',
};

it('says what is missing, step by step, and never shows a password', async () => {
  const codes = async () =>
    (await call('GET', '/api/sender')).body.problems.map(({ code }: { code: string }) => code);
  expect(await codes()).toEqual(['identity_missing', 'catcher_off']);
  const body = { fromName: 'Boutique', fromAddress: 'a@shop.example' };
  expect(
    (await call('PUT', `/api/sender/identities/${entityId}`, { ...body, fromName: 'x\r\nBcc: y' })).status,
  ).toBe(400);
  expect((await call('PUT', `/api/sender/identities/${entityId}`, body)).body).toMatchObject({
    ...body,
    replyTo: null,
  });
  expect((await call('PUT', '/api/sender/transport', smtp)).body).toMatchObject({
    kind: 'smtp',
    hasPassword: true,
  });
  expect(await codes()).toEqual([]);
  expect(JSON.stringify((await call('GET', '/api/sender')).body)).not.toContain('top-secret');
});

it('explains a server that does not answer, in both languages', async () => {
  const { body } = await call('POST', '/api/sender/transport/test', {});
  expect(body).toMatchObject({
    ok: false,
    problem: 'refused',
    message: { en: expect.stringMatching(/refused/), fr: expect.stringMatching(/refusée/) },
  });
});

it('makes a key with its records, and asks DNS when told to', async () => {
  const { status, body } = await call('POST', '/api/sender/dkim-keys', { domain: 'shop.example' });
  expect(status).toBe(201);
  expect(body.records[0]).toMatchObject({
    purpose: 'dkim',
    name: `${body.key.selector}._domainkey.shop.example`,
    status: 'unchecked',
  });
  expect(body.records[0].value).toMatch(/^v=DKIM1; k=rsa; p=[A-Za-z0-9+/=]{360,}$/);
  const checked = await call('POST', '/api/sender/dns-check', { domain: 'shop.example' });
  expect(checked.body.records.map((record: { status: string }) => record.status)).toEqual([
    'missing',
    'missing',
    'missing',
  ]);
  expect((await call('POST', `/api/sender/dkim-keys/${body.key.id}/activate`, {})).status).toBe(422);
  expect(
    (await call('POST', `/api/sender/dkim-keys/${body.key.id}/activate`, { skipCheck: true })).body,
  ).toMatchObject({ active: true });
  expect((await call('POST', '/api/sender/dkim-keys', { domain: 'not a domain' })).status).toBe(400);
});

it('is for admins to change', async () => {
  role = 'marketer';
  expect((await call('PUT', '/api/sender/transport', { kind: 'catcher' })).status).toBe(403);
  expect((await call('GET', '/api/sender')).status).toBe(200);
  role = 'admin';
});
