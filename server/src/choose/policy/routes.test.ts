import { decisionRoutes } from '@mesure/contract/decisions';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { createHttp } from '#platform/http';
import { createTestStores } from '#testing';
import { decision } from './decision.fixture.ts';
import { bindDecisionRoutes } from './routes.ts';
import { createDecisions } from './service.ts';

test('a record leaves through the API as it was taken', async () => {
  const stores = await createTestStores();
  const http = await createHttp({
    log: stores.log,
    ids: stores.ids,
    authenticate: async () => ({
      kind: 'account',
      id: 'ana',
      name: 'Ana',
      roles: [],
      workspaceId: stores.workspaceId,
      personId: 'ana',
    }),
    tables: [decisionRoutes],
    engines: [],
    registry: new Registry(),
    version: 'test',
  });
  const decisions = createDecisions();
  const silent = stores.ids.next();
  bindDecisionRoutes(http.app, {
    database: stores.database,
    decisions,
    isProfile: async (_tx, id) => id === silent,
  });
  const record = decision({ id: stores.ids.next(), profileId: stores.ids.next() });
  await stores.database.inWorkspace(stores.workspaceId, (tx) => decisions.record(tx, [record]));
  const one = await http.app.inject({ url: `/api/decisions/${record.id}` });
  expect(one.json()).toEqual({ ...record, at: record.at.toISOString() });
  const list = await http.app.inject({ url: `/api/profiles/${record.profileId}/decisions` });
  expect(list.json().items).toEqual([one.json()]);
  expect((await http.app.inject({ url: `/api/decisions/${stores.ids.next()}` })).statusCode).toBe(404);
  const ofNobody = await http.app.inject({ url: `/api/profiles/${stores.ids.next()}/decisions` });
  expect([ofNobody.statusCode, ofNobody.json().error.code]).toEqual([404, 'not_found']);
  const ofSilent = await http.app.inject({ url: `/api/profiles/${silent}/decisions` });
  expect([ofSilent.statusCode, ofSilent.json().items]).toEqual([200, []]);
  await http.stop();
  await stores.close();
});
