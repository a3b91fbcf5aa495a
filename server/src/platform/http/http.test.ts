import { createHash } from 'node:crypto';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { bearer, http, marketer, put, start, thing } from './things-for-tests.ts';

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
