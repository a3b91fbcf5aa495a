import { createHash } from 'node:crypto';
import { route } from '@mesure/contract';
import { Registry } from 'prom-client';
import { afterEach } from 'vitest';
import { z } from 'zod';
import { appError } from '#platform/errors';
import { createIds } from '#platform/ids';
import { createLog } from '#platform/log';
import { type Actor, bindRoute, createHttp, type Http, type HttpDeps } from './index.ts';

export const marketer: Actor = {
  kind: 'account',
  id: 'a1',
  name: 'Mia',
  roles: ['marketer'],
  workspaceId: 'w1',
  personId: 'a1',
};

export const routes = {
  saveThing: route({
    method: 'PUT',
    path: '/api/things/:thingId',
    summary: 'Save a thing',
    tag: 'Things',
    access: ['marketer'],
    params: z.strictObject({ thingId: z.uuid() }),
    query: z.strictObject({ size: z.coerce.number().int().default(1) }),
    body: z.strictObject({ name: z.string().min(1), lines: z.array(z.strictObject({ price: z.number() })) }),
    response: z.object({ name: z.string(), size: z.number(), by: z.string() }),
    status: 201,
  }),
  readThing: route({
    method: 'GET',
    path: '/api/things',
    summary: 'Read things',
    tag: 'Things',
    access: 'public',
    response: z.object({ items: z.array(z.object({ name: z.string() })) }),
  }),
  approveThing: route({
    method: 'POST',
    path: '/api/things/approval',
    summary: 'Approve',
    tag: 'Things',
    access: ['approver'],
    response: z.object({ done: z.literal(true) }),
  }),
  upload: route({
    method: 'POST',
    path: '/api/uploads',
    summary: 'Upload',
    tag: 'Things',
    access: 'signed-in',
    raw: 'request',
    response: z.object({ sha256: z.string(), bytes: z.number(), type: z.string() }),
  }),
  exportThings: route({
    method: 'GET',
    path: '/api/things/export',
    summary: 'Export',
    tag: 'Things',
    access: 'signed-in',
    raw: 'response',
    response: z.string(),
  }),
} as const;

export let http: Http;
afterEach(() => http.stop());

export const start = async (given: Partial<HttpDeps> = {}, bindAll = true): Promise<Http> => {
  http = await createHttp({
    log: createLog({ level: 'silent' }),
    ids: createIds(),
    authenticate: async (request) => (request.headers.authorization === 'Bearer good' ? marketer : null),
    tables: [routes],
    engines: [{ name: 'postgres', check: async () => 1 }],
    registry: new Registry(),
    version: '1.2.3',
    ...given,
  });
  bindRoute(http.app, routes.saveThing, async ({ body, query, actor, params }) => {
    if (params.thingId.endsWith('9')) throw new Error('secret: password=hunter2');
    if (params.thingId.endsWith('8')) throw appError('conflict', { details: { reason: 'stale' } });
    return { name: body.name, size: query.size, by: actor.name, passwordHash: 'never' };
  });
  const leaky = [{ name: 'x', email: 'leak@example.test' }];
  bindRoute(http.app, routes.readThing, async () => ({ items: leaky }));
  bindRoute(http.app, routes.upload, async ({ body, request }) => {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    return { sha256: hash.digest('hex'), bytes, type: request.headers['content-type'] ?? '' };
  });
  bindRoute(http.app, routes.exportThings, async ({ reply }) => {
    reply.type('text/csv; charset=utf-8');
    return 'a,b\n1,2\n';
  });
  if (bindAll) {
    bindRoute(http.app, routes.approveThing, {
      handle: async () => ({ done: true }),
      limits: { perMinute: 2 },
    });
  }
  return http;
};

export const thing = '/api/things/01890a5d-ac96-774b-bcce-b302099a8051';
export const bearer = { authorization: 'Bearer good' };
export const put = (url: string, payload: unknown, headers: Record<string, string> = bearer) =>
  http.app.inject({
    method: 'PUT',
    url,
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    headers: { 'content-type': 'application/json', ...headers },
  });
