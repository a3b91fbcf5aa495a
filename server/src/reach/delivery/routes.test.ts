import { sendRoutes } from '@mesure/contract/sends';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { createProfiles } from '#know/profiles';
import { createHttp } from '#platform/http';
import { bindDeliveryRoutes } from './routes.ts';
import { createWorld } from './world-for-tests.ts';

test('sends of nobody and of no campaign are not an empty list but not there', async () => {
  const world = await createWorld();
  const http = await createHttp({
    log: world.log,
    ids: world.ids,
    authenticate: async () => ({ ...world.actor, roles: ['admin'] }),
    tables: [sendRoutes],
    engines: [],
    registry: new Registry(),
    version: 'test',
  });
  const [written = '', silent = '', removed = ''] = await world.people(3);
  const campaign = await world.start([written, removed]);
  const [empty, unknown] = [world.ids.next(), world.ids.next()];
  bindDeliveryRoutes(http.app, {
    database: world.database,
    delivery: world.delivery,
    profiles: createProfiles(world),
    isCampaign: async (_tx, id) => id === campaign || id === empty,
    isProfile: async (_tx, id) => id === written || id === silent,
  });
  const get = async (path: string): Promise<readonly [number, number | undefined]> => {
    const answer = await http.app.inject({ url: `/api/${path}/sends` });
    return [answer.statusCode, answer.json().items?.length];
  };
  expect(await get(`campaigns/${campaign}`)).toEqual([200, 2]);
  expect(await get(`campaigns/${empty}`)).toEqual([200, 0]);
  expect(await get(`campaigns/${unknown}`)).toEqual([404, undefined]);
  expect(await get(`profiles/${written}`)).toEqual([200, 1]);
  expect(await get(`profiles/${silent}`)).toEqual([200, 0]);
  // What was sent to somebody who is gone since stays readable.
  expect(await get(`profiles/${removed}`)).toEqual([200, 1]);
  expect(await get(`profiles/${unknown}`)).toEqual([404, undefined]);
  const release = await http.app.inject({
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    url: `/api/delivery/holds/${unknown}/release`,
    payload: { comment: 'looked' },
  });
  expect([release.statusCode, release.json().error?.code]).toEqual([404, 'not_found']);
  await http.stop();
  await world.close();
});
