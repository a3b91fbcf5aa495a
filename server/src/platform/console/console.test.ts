import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { fastify } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAppError } from '#platform/errors';
import { consolePages, readConsole } from './console.ts';

const script = 'export const answer = 42;\n'.repeat(50);

describe('the built console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mesure-console-'));
  const app = fastify();

  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(
      join(folder, 'index.html'),
      '<script nonce="__CSP_NONCE__" src="/assets/index-a1.js"></script>',
    );
    writeFileSync(join(folder, 'assets/index-a1.js'), script);
    writeFileSync(join(folder, 'assets/index-a1.js.br'), brotliCompressSync(script));
    writeFileSync(join(folder, '.stamp'), 'secret');
    const built = readConsole(folder);
    if (!built) throw new Error('It was not read.');
    app.setErrorHandler((error, _request, reply) =>
      reply.status(isAppError(error) && error.code === 'not_found' ? 404 : 500).send({ json: true }),
    );
    consolePages(built)(app);
    await app.ready();
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  it('answers the page under any address, with a nonce that nobody can guess from the one before', async () => {
    const pages = await Promise.all(['/', '/campaigns/7?step=what'].map((url) => app.inject(url)));
    const nonces = pages.map(({ body }) => /nonce="([^"]+)"/.exec(body)?.[1] ?? '');
    expect(new Set(nonces).size).toBe(2);
    for (const [index, page] of pages.entries()) {
      const policy = String(page.headers['content-security-policy']);
      expect(policy).toContain(`script-src 'nonce-${nonces[index]}' 'strict-dynamic'`);
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      expect(page.headers['cache-control']).toBe('no-store');
    }
  });

  it('sends assets as they were compressed, to be kept for good', async () => {
    const asset = await app.inject({
      url: '/assets/index-a1.js',
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(asset.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(brotliDecompressSync(asset.rawPayload).toString()).toBe(script);
    const plain = await app.inject('/assets/index-a1.js');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toBe(script);
  });

  it.each([
    '/api/nothing',
    '/api',
    '/p/u/token',
    '/t/x',
    '/v1/batch',
    '/assets/gone.js',
    '/assets/..%2f.stamp',
  ])('is not the page of %s', async (url) => {
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toEqual({ json: true });
  });

  it('never hands out a file that is not part of the console', async () => {
    expect((await app.inject('/.stamp')).body).not.toContain('secret');
  });

  it('says that nothing was built', () => {
    expect(readConsole(join(folder, 'nowhere'))).toBeNull();
  });
});
