import { brakeRoutes } from '@mesure/contract/brake';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import type { Actor } from '#guard/access';
import { createHttp } from '#platform/http';
import { createTestStores } from '#testing';
import { bindBrakeRoutes } from './routes.ts';
import { createBrake } from './service.ts';

test('over HTTP: one call on, two people off', async () => {
  const stores = await createTestStores();
  const http = await createHttp({
    log: stores.log,
    ids: stores.ids,
    authenticate: async (request): Promise<Actor> => {
      const id = String(request.headers.authorization).slice('Bearer '.length);
      return {
        kind: 'account',
        id,
        name: id,
        roles: ['marketer'],
        workspaceId: stores.workspaceId,
        personId: id,
      };
    },
    tables: [brakeRoutes],
    engines: [],
    registry: new Registry(),
    version: 'test',
  });
  const brake = createBrake({ clock: stores.clock, audit: { record: async () => undefined } });
  const campaignId = stores.ids.next();
  bindBrakeRoutes(http.app, {
    database: stores.database,
    brake,
    isCampaign: async (_tx, id) => id === campaignId,
  });
  await stores.database.inWorkspace(stores.workspaceId, brake.init);
  const post = async (who: string, path: string, body: object) => {
    const answer = await http.app.inject({
      method: 'POST',
      url: `/api/brakes/${path}`,
      headers: { authorization: `Bearer ${who}` },
      payload: body,
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  expect(await post('ana', 'engage', { scope: 'global' })).toMatchObject({
    status: 200,
    body: { engaged: true },
  });
  expect((await post('ana', 'request-release', { scope: 'global' })).status).toBe(400);
  const requested = await post('ana', 'request-release', { scope: 'global', reason: 'checked' });
  expect(requested.body.release).toMatchObject({ requestedBy: { id: 'ana' }, reason: 'checked' });
  expect(await post('ana', 'confirm-release', { scope: 'global' })).toMatchObject({
    status: 403,
    body: { error: { details: { reason: 'same_person' } } },
  });
  expect((await post('bob', 'confirm-release', { scope: 'global' })).body).toMatchObject({ engaged: false });
  const unknown = { scope: 'campaign', scopeId: stores.ids.next() };
  expect(await post('ana', 'engage', unknown)).toMatchObject({
    status: 404,
    body: { error: { code: 'not_found' } },
  });
  const list = await http.app.inject({ url: '/api/brakes', headers: { authorization: 'Bearer bob' } });
  expect(list.json().items).toHaveLength(1);
  expect(await post('ana', 'engage', { scope: 'campaign', scopeId: campaignId })).toMatchObject({
    status: 200,
    body: { engaged: true, scopeId: campaignId },
  });
  await http.stop();
  await stores.close();
});
