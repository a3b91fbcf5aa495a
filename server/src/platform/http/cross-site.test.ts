import { describe, expect, it } from 'vitest';
import type { Http } from './index.ts';
import { http, marketer, start } from './things-for-tests.ts';

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
