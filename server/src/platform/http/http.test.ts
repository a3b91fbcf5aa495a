import { createHash } from 'node:crypto';
import { route } from '@mesure/contract';
import { Registry } from 'prom-client';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appError } from '#platform/errors';
import { createIds } from '#platform/ids';
import { createLog } from '#platform/log';
import { type Actor, bindRoute, createHttp, type Http, type HttpDeps } from './index.ts';

const marketer: Actor = {
  kind: 'account',
  id: 'a1',
  name: 'Mia',
  roles: ['marketer'],
  workspaceId: 'w1',
  personId: 'a1',
};

const routes = {
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

let http: Http;
afterEach(() => http.stop());

const start = async (given: Partial<HttpDeps> = {}, bindAll = true): Promise<Http> => {
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

const thing = '/api/things/01890a5d-ac96-774b-bcce-b302099a8051';
const bearer = { authorization: 'Bearer good' };
const put = (url: string, payload: unknown, headers: Record<string, string> = bearer) =>
  http.app.inject({
    method: 'PUT',
    url,
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    headers: { 'content-type': 'application/json', ...headers },
  });

describe('bindRoute', () => {
  it('parses the parts, and the answer carries only what the contract names', async () => {
    await start();
    const answer = await put(`${thing}?size=3`, { name: 'n', lines: [] });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ name: 'n', size: 3, by: 'Mia' });
    expect((await http.app.inject('/api/things')).json()).toEqual({ items: [{ name: 'x' }] });
  });

  it('says in words which field is wrong', async () => {
    await start();
    const answer = await put(`${thing}?size=x`, { name: 'n', lines: [] });
    expect(answer.json().error.details.fields[0].path).toBe('query.size');
    const body = (await put(thing, { name: '', lines: [{ price: 'a' }], more: 1 })).json();
    expect(body.error.code).toBe('invalid_request');
    expect(body.error.details.fields.map((field: { path: string }) => field.path)).toEqual([
      'body.name',
      'body.lines.0.price',
      'body',
    ]);
    expect((await put('/api/things/nope', { name: 'n', lines: [] })).json().error.message).toMatch(
      /^params\.thingId: /,
    );
  });

  it('answers broken JSON, a foreign media type and a large body with what is wrong', async () => {
    await start({ limits: { bodyBytes: 100 } });
    const broken = await put(thing, '{"name"');
    expect([broken.statusCode, broken.json().error.code]).toEqual([400, 'invalid_request']);
    const media = await put(thing, 'x', { ...bearer, 'content-type': 'application/xml' });
    expect([media.statusCode, media.json().error.code]).toEqual([400, 'invalid_request']);
    const large = await put(thing, { name: 'x'.repeat(200), lines: [] });
    expect([large.statusCode, large.json().error.code]).toEqual([413, 'too_large']);
  });

  it('keeps the cause of an unforeseen failure to itself', async () => {
    await start();
    const answer = await put(thing.replace(/1$/, '9'), { name: 'n', lines: [] });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('hunter2');
    expect(answer.json().error.requestId).toBe(answer.headers['x-request-id']);
    const conflict = await put(thing.replace(/1$/, '8'), { name: 'n', lines: [] });
    expect([conflict.statusCode, conflict.json().error.details]).toEqual([409, { reason: 'stale' }]);
  });

  it('refuses strangers and wrong roles before reading the body', async () => {
    await start();
    const stranger = await put(thing, 'not json', { authorization: 'Bearer bad' });
    expect([stranger.statusCode, stranger.json().error.code]).toEqual([401, 'unauthenticated']);
    const role = await http.app.inject({ method: 'POST', url: '/api/things/approval', headers: bearer });
    expect([role.statusCode, role.json().error.details]).toEqual([403, { roles: ['approver'] }]);
  });

  it('hands an upload over as a stream, whatever its type, and text leaves as it is', async () => {
    await start();
    const payload = Buffer.alloc(3_000_000, 'é');
    const answer = await http.app.inject({
      method: 'POST',
      url: '/api/uploads',
      headers: { ...bearer, 'content-type': 'text/csv' },
      payload,
    });
    expect(answer.json()).toEqual({
      sha256: createHash('sha256').update(payload).digest('hex'),
      bytes: payload.length,
      type: 'text/csv',
    });
    const text = await http.app.inject({ url: '/api/things/export', headers: bearer });
    expect([text.headers['content-type'], text.body]).toEqual(['text/csv; charset=utf-8', 'a,b\n1,2\n']);
  });

  it('limits the calls of a route', async () => {
    await start({ authenticate: async () => ({ ...marketer, roles: ['approver'] }) });
    const approve = () => http.app.inject({ method: 'POST', url: '/api/things/approval', headers: bearer });
    expect([(await approve()).statusCode, (await approve()).statusCode]).toEqual([200, 200]);
    const third = await approve();
    expect([third.statusCode, third.json().error.code]).toEqual([429, 'rate_limited']);
    expect(third.headers['retry-after']).toBeDefined();
  });
});

describe('the server', () => {
  it('does not start when the contract lists what nobody bound', async () => {
    await start({}, false);
    await expect(http.app.ready()).rejects.toThrow('Listed but not bound: POST /api/things/approval');
  });

  it('tells health by engine, ready only when all answer, and never why in public', async () => {
    const broken = {
      name: 'clickhouse',
      check: async () => {
        throw new Error('password=x');
      },
    };
    await start({ engines: [{ name: 'postgres', check: async () => 1 }, broken] });
    const health = await http.app.inject('/api/health');
    expect(health.json()).toMatchObject({
      status: 'degraded',
      version: '1.2.3',
      engines: [
        { name: 'postgres', ok: true },
        { name: 'clickhouse', ok: false },
      ],
    });
    const ready = await http.app.inject('/api/health/ready');
    expect([ready.statusCode, ready.json().error.code]).toEqual([503, 'unavailable']);
    expect(health.body + ready.body).not.toContain('password');
    expect((await http.app.inject('/api/health/live')).json()).toEqual({ status: 'ok' });
  });

  it('shows metrics to this machine only when nobody else can reach it, else to admins', async () => {
    await start();
    await http.listen({ host: '127.0.0.1', port: 0 });
    const metrics = (headers: Record<string, string>) => http.app.inject({ url: '/metrics', headers });
    const direct = await metrics({ host: '127.0.0.1:3300' });
    expect(direct.body).toContain('mesure_http_request_duration_seconds');
    expect((await metrics({ host: 'rebound.example' })).statusCode).toBe(401);
    expect((await metrics({ host: '127.0.0.1', 'x-forwarded-for': '10.0.0.9' })).statusCode).toBe(401);
    expect((await metrics({ host: 'rebound.example', ...bearer })).statusCode).toBe(403);
  });

  it('says what to do when the port is taken', async () => {
    const first = await start();
    const { port } = await first.listen({ host: '127.0.0.1', port: 0 });
    const second = await start({ registry: new Registry() });
    await expect(second.listen({ host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'unavailable',
      message: `Port ${port} on 127.0.0.1 is taken by another program. Stop that program, or choose another port with MESURE_PORT.`,
      details: { reason: 'port_taken' },
    });
    await first.stop();
  });

  it('answers a place that does not exist as JSON to programs and as a page to people', async () => {
    await start();
    expect((await http.app.inject('/api/nothing')).json().error.code).toBe('not_found');
    const page = await http.app.inject({
      url: '/nothing',
      headers: { accept: 'text/html', 'accept-language': 'fr' },
    });
    expect([page.statusCode, page.body.includes('Rien ici')]).toEqual([404, true]);
  });

  it('greets in the reader’s language, with nothing inline', async () => {
    await start();
    for (const url of ['/', '/api/docs']) {
      const page = await http.app.inject({
        url,
        headers: { 'accept-language': 'fr-CH, fr;q=0.9, en;q=0.8' },
      });
      expect(page.body).toContain('<html lang="fr">');
      expect(page.body).not.toMatch(/<script|<style|style=|\son\w+=/);
      expect((await http.app.inject({ url })).body).toContain('<html lang="en">');
    }
    expect((await http.app.inject('/style.css')).headers['content-type']).toMatch('text/css');
  });

  it('lets a request under way finish before it stops', async () => {
    await start();
    const arrived = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<string>();
    http.app.get('/slow', async () => {
      arrived.resolve();
      return gate.promise;
    });
    const { url } = await http.listen({ host: '127.0.0.1', port: 0 });
    const answer = fetch(`${url}/slow`);
    await arrived.promise;
    const stopped = http.stop();
    gate.resolve('late');
    expect(await (await answer).text()).toBe('late');
    await stopped;
  });
});

describe('headers', () => {
  it('are on every kind of answer', async () => {
    await start();
    http.pages(
      (app) => {
        app.get('/p/why/:token', async (_request, reply) => reply.type('text/html').send('<p>why</p>'));
      },
      { crossSite: true },
    );
    const kinds = ['/', '/api/things', '/api/nothing', '/nothing', '/p/why/abc', '/style.css', '/metrics'];
    for (const url of kinds) {
      const { headers } = await http.app.inject(url);
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
      );
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'referrer-policy': url.startsWith('/p/') ? 'no-referrer' : 'same-origin',
        'strict-transport-security': 'max-age=31536000',
      });
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('cross-site requests', () => {
  const attempt = (headers: Record<string, string>, url = '/api/things/approval') =>
    http.app.inject({ method: 'POST', url, headers: { host: 'mesure.example', ...headers } });

  it('are refused for every state-changing route, and so is a request without the proof', async () => {
    await start({
      authenticate: async () => ({ ...marketer, roles: ['approver'] }),
      limits: { perMinute: 100 },
    });
    const code = async (headers: Record<string, string>) =>
      (await attempt(headers)).json().error?.code ?? 'done';
    expect(await code({ origin: 'https://mesure.example' })).toBe('done');
    expect(await code({ 'sec-fetch-site': 'same-origin' })).toBe('done');
    expect(await code({})).toBe('cross_site');
    expect(await code({ origin: 'null' })).toBe('cross_site');
    expect(await code({ origin: 'https://evil.example' })).toBe('cross_site');
    expect(await code({ origin: 'https://mesure.example:8443' })).toBe('cross_site');
    expect(await code({ 'sec-fetch-site': 'cross-site', origin: 'https://mesure.example' })).toBe(
      'cross_site',
    );
    expect(await code({ 'sec-fetch-site': 'same-site' })).toBe('cross_site');
    expect(await code({ 'sec-fetch-site': 'none' })).toBe('cross_site');
  });

  it('reach one-click pages that ask for it, with a form', async () => {
    await start();
    const plugin = (path: string) => (app: Http['app']) => {
      app.post(path, (request, reply) => reply.send({ got: request.body }));
    };
    http.pages(plugin('/p/u/:token'), { crossSite: true });
    http.pages(plugin('/catcher/clear'), { crossSite: false });
    const form = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://mail.example' };
    const oneClick = await http.app.inject({
      method: 'POST',
      url: '/p/u/abc',
      headers: form,
      payload: 'List-Unsubscribe=One-Click',
    });
    expect(oneClick.json()).toEqual({ got: { 'List-Unsubscribe': 'One-Click' } });
    expect((await attempt({ origin: 'https://mail.example' }, '/catcher/clear')).statusCode).toBe(403);
  });

  it('may come from an origin that the operator trusts', async () => {
    await start({
      trustedOrigins: ['https://mesure.public.example'],
      authenticate: async () => ({ ...marketer, roles: ['approver'] }),
    });
    expect((await attempt({ origin: 'https://mesure.public.example' })).statusCode).toBe(200);
  });
});
