import { liveRoutes } from '@mesure/contract/live';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { createSystemClock } from '#platform/clock';
import { type Actor, createHttp } from '#platform/http';
import { createTestStores } from '#testing';
import { createLive } from './live.ts';
import { bindLiveRoutes } from './routes.ts';

it('streams over HTTP to who is signed in, and lets the server stop', async () => {
  const stores = await createTestStores();
  const actor: Actor = {
    kind: 'account',
    id: 'a1',
    name: 'Camille',
    roles: ['marketer'],
    workspaceId: stores.workspaceId,
    personId: 'a1',
  };
  const live = createLive({ ...stores, url: stores.databaseUrl, wallClock: createSystemClock() });
  await live.start();
  const recognise = async (request: { headers: { authorization?: string | undefined } }) =>
    request.headers.authorization === 'Bearer yes' ? actor : null;
  const http = await createHttp({
    log: stores.log,
    ids: stores.ids,
    authenticate: recognise,
    tables: [liveRoutes],
    engines: [],
    registry: new Registry(),
    version: 'test',
  });
  bindLiveRoutes(http.app, { live, recognise });
  const { url } = await http.listen({ host: '127.0.0.1', port: 0 });

  expect((await fetch(`${url}/api/live`)).status).toBe(401);
  const headers = { authorization: 'Bearer yes' };
  const response = await fetch(`${url}/api/live`, { headers });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const reading = response.text();
  const answer = await fetch(`${url}/api/presence`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'segment', id: 's1', editing: true }),
  });
  expect(await answer.json()).toEqual({ people: [], elsewhere: false });
  // The answer was on its way to the screen before the stream is opened, and what it announced came after it.
  const asked = answer.headers.get('x-event-id') ?? '';
  expect(asked).not.toBe('');
  const openedAfter = (id: string): Promise<Response> => fetch(`${url}/api/live?after=${id}`, { headers });
  const late = await openedAfter(asked);
  const current = await openedAfter(live.lastEventId(stores.workspaceId));
  await http.stop();
  expect(await late.text()).toContain('"type":"refetch"');
  expect(await current.text()).not.toContain('"type":"refetch"');
  const text = await reading;
  expect(text).toMatch(/^retry: 2000\nid: \S+\n\n/);
  expect(text).toContain('"type":"presence","kind":"segment","id":"s1"');
  expect(text).toContain('"type":"ended","reason":"server"');
  await live.stop();
  await stores.close();
});
