import { brandLogoLimits, settingsRoutes } from '@mesure/contract/settings';
import type { FastifyInstance } from 'fastify';
import { appError } from '#platform/errors';
import { bindRoute } from '#platform/http';
import type { Database } from '#platform/postgres';
import { type Logos, logoFolder } from './logo.ts';

interface LogoDeps {
  readonly database: Database;
  readonly logos: Logos;
}

const readAll = async (body: AsyncIterable<Buffer>): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    // One byte more than allowed is enough to say so.
    if (bytes > brandLogoLimits.bytes)
      throw appError('too_large', {
        message: `A logo has at most ${brandLogoLimits.bytes / 1000} kB. Save it smaller, or as WebP.`,
        details: { reason: 'logo_too_large', field: 'logo' },
      });
    parts.push(part);
  }
  return Buffer.concat(parts);
};

export const bindLogoRoutes = (app: FastifyInstance, { database, logos }: LogoDeps): void => {
  bindRoute(app, settingsRoutes.readBrandLogo, async ({ workspaceId }) => ({
    logo: await database.inWorkspace(workspaceId, logos.shown, { readOnly: true }),
  }));
  bindRoute(app, settingsRoutes.saveBrandLogo, async ({ actor, workspaceId, body }) => {
    const content = await readAll(body);
    return { logo: await database.inWorkspace(workspaceId, (tx) => logos.save(tx, content, actor)) };
  });
  bindRoute(app, settingsRoutes.removeBrandLogo, async ({ actor, workspaceId }) => ({
    removed: await database.inWorkspace(workspaceId, (tx) => logos.remove(tx, actor)),
  }));
};

const oneYearSeconds = 31_536_000;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The picture itself, for customers' pages and messages: mail programs fetch it from elsewhere, and may keep it. */
export const logoPage = (app: FastifyInstance, { database, logos }: LogoDeps): void => {
  app.get<{ Params: { workspaceId: string; file: string } }>(
    `${logoFolder}/:workspaceId/:file`,
    { config: { rateLimit: { max: 600, timeWindow: 60_000 } } },
    async ({ params }, reply) => {
      const [, sha256] = /^([0-9a-f]{64})\.(?:png|jpg|webp)$/.exec(params.file) ?? [];
      const found =
        sha256 !== undefined && uuid.test(params.workspaceId)
          ? await database.inWorkspace(params.workspaceId, (tx) => logos.content(tx, sha256), {
              readOnly: true,
            })
          : undefined;
      if (!found)
        return reply.status(404).type('text/plain; charset=utf-8').send('There is no picture here.\n');
      return reply
        .headers({
          'content-type': found.mediaType,
          'content-security-policy': "default-src 'none'; sandbox",
          'cross-origin-resource-policy': 'cross-origin',
          'cache-control': `public, max-age=${oneYearSeconds}, immutable`,
        })
        .send(found.content);
    },
  );
};
