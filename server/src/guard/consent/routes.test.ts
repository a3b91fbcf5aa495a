import { consentRoutes } from '@mesure/contract/consent';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditChange } from '#guard/audit';
import { createHttp, type Http } from '#platform/http';
import { createTestStores, type TestStores } from '#testing';
import { createConsentRoom } from './room.ts';
import { bindConsentRoutes } from './routes.ts';

let stores: TestStores;
let http: Http;
const audited: AuditChange[] = [];
/** Of another workspace, or of nobody. */
const stranger = '0190cccc-0000-7000-8000-00000000000f';

beforeAll(async () => {
  stores = await createTestStores();
  const audit = {
    record: async (_tx: unknown, change: AuditChange) => {
      audited.push(change);
    },
  };
  http = await createHttp({
    log: stores.log,
    ids: stores.ids,
    authenticate: async () => ({
      kind: 'account',
      id: 'ana',
      name: 'Ana',
      roles: ['admin'],
      workspaceId: stores.workspaceId,
      personId: 'ana',
    }),
    tables: [consentRoutes],
    engines: [],
    registry: new Registry(),
    version: 'test',
  });
  bindConsentRoutes(http.app, {
    ...stores,
    audit,
    ...createConsentRoom({ ...stores, audit }),
    isProfile: async (_tx, id) => id !== stranger,
  });
  await http.app.ready();
});
afterAll(async () => {
  await http.stop();
  await stores.close();
});

const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown) => {
  const answer = await http.app.inject({
    method,
    url,
    headers: { authorization: 'Bearer x' },
    ...(body !== undefined && { payload: body as object }),
  });
  return { status: answer.statusCode, body: answer.json() };
};

const entity = { name: 'Atelier SAS', address: '1 rue A', contactEmail: 'x@example.test', privacyUrl: null };

test('a consent by hand keeps its proof, is audited, and is withdrawn once', async () => {
  const { body: sender } = await call('POST', '/api/entities', entity);
  const profile = stores.ids.next();
  const consent = {
    entityId: sender.id,
    channel: 'email',
    purpose: 'prospecting',
    at: '2026-01-05T10:00:00Z',
    source: 'paper form 12',
    wording: 'J’accepte',
    language: 'fr',
  };
  const added = await call('POST', `/api/profiles/${profile}/consents`, consent);
  expect(added).toMatchObject({
    status: 201,
    body: { standing: true, proof: { wording: 'J’accepte', actorName: 'Ana' } },
  });
  const target = { entityId: sender.id, channel: 'email', purpose: 'prospecting', source: 'by telephone' };
  expect((await call('POST', `/api/profiles/${profile}/withdrawals`, target)).body).toEqual({
    withdrawn: true,
  });
  expect((await call('POST', `/api/profiles/${profile}/withdrawals`, target)).body).toEqual({
    withdrawn: false,
  });
  const { body: list } = await call('GET', `/api/profiles/${profile}/consents`);
  expect(list.items.map((item: { state: string; standing: boolean }) => [item.state, item.standing])).toEqual(
    [
      ['withdrawn', true],
      ['granted', false],
    ],
  );
  expect(audited.map(({ action }) => action)).toEqual([
    'entity.created',
    'consent.added',
    'consent.withdrawn',
  ]);
  const future = await call('POST', `/api/profiles/${profile}/consents`, {
    ...consent,
    at: '2030-01-01T00:00:00Z',
  });
  expect(future).toMatchObject({
    status: 422,
    body: { error: { details: { reason: 'consent_in_future' } } },
  });
  const unknown = await call('POST', `/api/profiles/${profile}/consents`, {
    ...consent,
    entityId: stores.ids.next(),
  });
  expect(unknown).toMatchObject({ status: 422, body: { error: { details: { reason: 'unknown_entity' } } } });
  expect(
    (await call('POST', `/api/profiles/${profile}/consents`, { ...consent, purpose: 'all' })).status,
  ).toBe(400);
});

test('nothing is known or kept about a profile that is not in this workspace (S-01)', async () => {
  const { body: sender } = await call('POST', '/api/entities', { ...entity, name: 'Ailleurs' });
  const target = { entityId: sender.id, channel: 'email', purpose: 'prospecting', source: 'by telephone' };
  const given = { ...target, at: '2026-01-05T10:00:00Z', wording: 'J’accepte', language: 'fr' };
  expect((await call('GET', `/api/profiles/${stranger}/consents`)).status).toBe(404);
  expect((await call('POST', `/api/profiles/${stranger}/consents`, given)).status).toBe(404);
  expect((await call('POST', `/api/profiles/${stranger}/withdrawals`, target)).status).toBe(404);
  const { entries } = await stores.database.inWorkspace(stores.workspaceId, (tx) =>
    tx.one<{ entries: number }>('select count(*) as entries from consent_entry where profile_id = $1', [
      stranger,
    ]),
  );
  expect(entries).toBe(0);
});

test('suppressions are listed page by page as hashes', async () => {
  const addresses = Array.from({ length: 5 }, (_, n) => `p${n}@example.test`);
  expect((await call('POST', '/api/suppressions', { channel: 'email', addresses })).body).toEqual({
    added: 5,
  });
  const hashes: string[] = [];
  let url: string | undefined = '/api/suppressions?limit=2';
  while (url) {
    const { body }: { body: { items: { hash: string }[]; next?: string } } = await call('GET', url);
    hashes.push(...body.items.map(({ hash }) => hash));
    url = body.next ? `/api/suppressions?limit=2&cursor=${encodeURIComponent(body.next)}` : undefined;
  }
  expect(new Set(hashes).size).toBe(5);
  expect((await call('GET', '/api/suppressions?cursor=x')).status).toBe(400);
});

test('senders and topics are changed and read back', async () => {
  const { body: second } = await call('POST', '/api/entities', { ...entity, name: 'Filiale' });
  expect((await call('PUT', `/api/entities/${second.id}`, { ...entity, name: 'Filiale 2' })).body.name).toBe(
    'Filiale 2',
  );
  expect((await call('DELETE', `/api/entities/${second.id}`)).body).toEqual({ removed: true });
  expect((await call('DELETE', `/api/entities/${second.id}`)).status).toBe(404);
  const items = [{ key: 'tea', nameEn: 'Tea', nameFr: 'Thé' }];
  expect((await call('PUT', '/api/topics', { items })).body).toEqual({ items });
  expect((await call('GET', '/api/topics')).body).toEqual({ items });
});
