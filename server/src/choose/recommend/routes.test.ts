import { recommendRoutes } from '@mesure/contract/recommend';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createProducts } from '#know/catalog';
import { createEventReader } from '#know/collect';
import { purchases } from '#know/profiles';
import { createHttp, type Http } from '#platform/http';
import { createTestStores, type TestStores } from '#testing';
import { bindRecommendRoutes, createRecommend } from './index.ts';

let stores: TestStores;
let http: Http;
let profileId: string;

beforeAll(async () => {
  stores = await createTestStores();
  profileId = stores.ids.next();
  const { database, clock, clickhouse, ids, workspaceId } = stores;
  const products = createProducts({ ids, clock });
  http = await createHttp({
    log: stores.log,
    ids,
    authenticate: async () => ({
      kind: 'account',
      id: 'a1',
      name: 'Mia',
      roles: ['marketer'],
      workspaceId,
      personId: 'a1',
    }),
    tables: [recommendRoutes],
    engines: [],
    registry: new Registry(),
    version: '0',
  });
  const recommend = createRecommend({
    database,
    clock,
    products,
    purchases,
    events: createEventReader({ database, clickhouse }),
  });
  bindRecommendRoutes(http.app, {
    database,
    clock,
    recommend,
    products,
    profiles: {
      byIds: async (_tx, wanted) => new Map(wanted.filter((id) => id === profileId).map((id) => [id, {}])),
    },
    settings: { get: async () => ({ timeZone: 'Europe/Paris' }) },
  });
  await database.inWorkspace(workspaceId, async (tx) => {
    await products.upsert(tx, [{ sku: 'tea-1', name: 'Sencha', category: 'tea', unitPrice: '9.5' }]);
    await purchases.record(tx, [
      { profileId, sku: 'tea-1', category: 'tea', at: new Date('2026-01-01T10:00:00Z'), quantity: 1 },
    ]);
  });
});
afterAll(async () => {
  await http.stop();
  await stores.close();
});

it('lists what to propose, with the reason in words', async () => {
  const answer = await http.app.inject(`/api/profiles/${profileId}/recommendations?language=fr`);
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({
    items: [
      {
        sku: 'tea-1',
        name: 'Sencha',
        category: 'tea',
        score: 2,
        reason: 'rebuy',
        basis: { orders: 1, lastAt: '2026-01-01T10:00:00.000Z', delayDays: 30 },
        words:
          'Acheté 1 fois, la dernière fois le 1er janvier 2026 ; dans cette catégorie, un achat n’est pas reproposé pendant 30 jours.',
      },
    ],
  });
});

it('says that a profile does not exist', async () => {
  const answer = await http.app.inject(`/api/profiles/${stores.ids.next()}/recommendations`);
  expect(answer.json().error).toMatchObject({
    code: 'not_found',
    message: 'There is no profile under this id.',
  });
});

it('refreshes on demand and lists the delays', async () => {
  const refreshed = await http.app.inject({
    method: 'POST',
    url: '/api/recommendations/refresh',
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  expect(refreshed.json()).toMatchObject({
    overallDelayDays: null,
    refreshedAt: stores.clock.now().toISOString(),
  });
  const delays = await http.app.inject('/api/recommendations/rebuy-delays');
  expect(delays.json()).toEqual({ model: refreshed.json(), items: [] });
});
