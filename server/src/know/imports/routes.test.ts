import { importsRoutes } from '@mesure/contract/imports';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { createHttp } from '#platform/http';
import { createImportsFixture } from './imports.fixture.ts';
import { bindImportsRoutes } from './routes.ts';

it('goes from upload to undo over HTTP', async () => {
  const room = await createImportsFixture();
  const http = await createHttp({
    log: room.stores.log,
    ids: room.stores.ids,
    authenticate: async () => room.actor,
    tables: [importsRoutes],
    engines: [],
    registry: new Registry(),
    version: '0',
  });
  bindImportsRoutes(http.app, room.imports);
  const call = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: string | object) => {
    const type = typeof payload === 'string' ? { 'content-type': 'text/csv' } : {};
    const answer = await http.app.inject({
      method,
      url,
      headers: { authorization: 'Bearer x', ...type },
      ...(payload !== undefined && { payload }),
    });
    return {
      status: answer.statusCode,
      body: answer.headers['content-type']?.startsWith('text/csv') ? answer.body : answer.json(),
    };
  };
  const csv = 'order,date,client,product,price\n1,2024-01-05,7,Mug,3.50\n2,soon,7,Mug,3.50\n';

  const { status, body: created } = await call('POST', '/api/imports');
  expect([status, created.state]).toEqual([201, 'receiving']);
  const url = `/api/imports/${created.id}`;
  const { body: described } = await call('PUT', `${url}/files/orders%20of%20may.csv`, csv);
  expect(described).toMatchObject({
    state: 'described',
    files: [{ name: 'orders of may.csv', bytes: csv.length }],
    guess: { preset: null, delimiter: ',' },
  });
  expect((await call('PUT', `${url}/files/..%2Fx`, csv)).status).toBe(400);
  const { status: refused, body: error } = await call('PUT', `${url}/mapping`, {
    columns: { city: 'prise' },
  });
  expect([refused, error.error.details.nearest]).toEqual([422, 'price']);
  expect((await call('PUT', `${url}/mapping`, { timeZone: 'Mars/Base' })).status).toBe(400);
  expect((await call('PUT', `${url}/mapping`, { currency: 'GBP' })).body.mapping).toMatchObject({
    currency: 'GBP',
  });
  expect((await call('POST', `${url}/dry-run`)).status).toBe(202);
  await room.work();
  expect((await call('GET', url)).body).toMatchObject({
    state: 'described',
    reportIsDryRun: true,
    report: { linesIn: 2, linesSetAside: 1 },
  });
  expect((await call('POST', `${url}/start`)).status).toBe(202);
  await room.work();
  expect((await call('GET', url)).body).toMatchObject({
    state: 'committed',
    reportIsDryRun: false,
    progress: { phase: 'done', lines: 2 },
  });
  expect((await call('GET', `${url}/set-aside`)).body).toContain(
    'impossible_date,soon,orders of may.csv,3,2,soon',
  );
  expect((await call('GET', '/api/imports?limit=1')).body).toMatchObject({
    items: [{ id: created.id, state: 'committed' }],
    next: created.id,
  });
  expect((await call('POST', `${url}/undo`)).body.state).toBe('undoing');
  await room.work();
  expect((await call('GET', url)).body.state).toBe('undone');
  await http.stop();
  await room.close();
});
