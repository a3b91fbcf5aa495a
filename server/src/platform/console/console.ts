import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { appError } from '#platform/errors';
import { consolePolicy } from './policy.ts';

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzip: Buffer | null;
  readonly brotli: Buffer | null;
}

export interface BuiltConsole {
  /** index.html with `__CSP_NONCE__` where the nonce goes. */
  readonly page: string;
  /** By path below the root: `assets/index-….js`. */
  readonly assets: ReadonlyMap<string, Asset>;
}

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
};

const readIf = (path: string): Buffer | null => (existsSync(path) ? readFileSync(path) : null);

/** Reads the built console into memory (about 3 MB); null when it was not built. */
export const readConsole = (folder: string): BuiltConsole | null => {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return null;
  const assets = new Map<string, Asset>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const type = types[entry.name.split('.').at(-1) ?? ''];
    if (!entry.isFile() || type === undefined) continue;
    assets.set(relative(folder, path).split(sep).join('/'), {
      type,
      plain: readFileSync(path),
      gzip: readIf(`${path}.gz`),
      brotli: readIf(`${path}.br`),
    });
  }
  return { page: readFileSync(index, 'utf8'), assets };
};

/** First path segments that are never the console's. */
const taken: ReadonlySet<string> = new Set(['api', 'p', 't', 'v1', 'assets', 'metrics']);

const sendAsset = (asset: Asset, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const accepted = request.headers['accept-encoding']?.toString() ?? '';
  const [encoding, bytes] =
    asset.brotli && /\bbr\b/.test(accepted)
      ? ['br', asset.brotli]
      : asset.gzip && /\bgzip\b/.test(accepted)
        ? ['gzip', asset.gzip]
        : [null, asset.plain];
  reply.type(asset.type).header('vary', 'accept-encoding');
  if (encoding !== null) reply.header('content-encoding', encoding);
  return reply.send(bytes);
};

/** The console's page under every address that nobody else answers, and its assets. */
export const consolePages =
  ({ page, assets }: BuiltConsole) =>
  (app: FastifyInstance): void => {
    app.get('/*', async (request, reply) => {
      const path = (request.params as { readonly '*': string })['*'];
      const asset = assets.get(path);
      if (asset) {
        const forGood = path.startsWith('assets/');
        reply.header(
          'cache-control',
          forGood ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
        );
        return sendAsset(asset, request, reply);
      }
      if (taken.has(path.split('/')[0] ?? '')) {
        throw appError('not_found', { message: `There is nothing at /${path}.` });
      }
      const nonce = randomBytes(16).toString('base64');
      return reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-security-policy', consolePolicy(nonce))
        .send(page.replaceAll('__CSP_NONCE__', nonce));
    });
  };
