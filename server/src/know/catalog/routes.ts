import { catalogRoutes } from '@mesure/contract/catalog';
import type { FastifyInstance } from 'fastify';
import type { AuditDoor } from '#guard/audit';
import { bindRoute } from '#platform/http';
import type { Database } from '#platform/postgres';
import type { Products } from './service.ts';

export interface CatalogRoutesDeps {
  readonly database: Database;
  readonly products: Products;
  readonly audit: Pick<AuditDoor, 'record'>;
}

const yesOrNo = (said: 'true' | 'false' | undefined): boolean | undefined =>
  said === undefined ? undefined : said === 'true';

export const bindCatalogRoutes = (
  app: FastifyInstance,
  { database, products, audit }: CatalogRoutesDeps,
): void => {
  bindRoute(app, catalogRoutes.listProducts, ({ query, workspaceId }) => {
    const { search: text, sort, after, limit = 100, category, minPrice, maxPrice, currency } = query;
    const filter = {
      text,
      category,
      sensitive: yesOrNo(query.sensitive),
      available: yesOrNo(query.available),
      minPrice,
      maxPrice,
      currency,
    };
    return database.inWorkspace(
      workspaceId,
      async (tx) => ({
        ...(await products.list(tx, { ...filter, sort, after, limit })),
        total: await products.count(tx, filter),
      }),
      { readOnly: true },
    );
  });
  bindRoute(app, catalogRoutes.listProductCategories, ({ workspaceId }) =>
    database.inWorkspace(
      workspaceId,
      async (tx) => ({ items: await products.categories(tx), total: await products.count(tx) }),
      { readOnly: true },
    ),
  );
  bindRoute(app, catalogRoutes.saveProducts, {
    limits: { bodyBytes: 16_777_216 },
    handle: ({ body, actor, workspaceId }) =>
      database.inWorkspace(workspaceId, async (tx) => {
        const { created } = await products.upsert(tx, body.items);
        await audit.record(tx, {
          actor,
          action: 'catalog.saved',
          subject: { kind: 'catalog', id: workspaceId },
          after: { products: body.items.length, created },
        });
        return { saved: body.items.length, created };
      }),
  });
};
