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

export const bindCatalogRoutes = (
  app: FastifyInstance,
  { database, products, audit }: CatalogRoutesDeps,
): void => {
  bindRoute(app, catalogRoutes.listProducts, async ({ query, workspaceId }) => {
    const limit = query.limit ?? 100;
    const items = await database.inWorkspace(workspaceId, (tx) =>
      products.list(tx, { text: query.search, category: query.category, after: query.after, limit }),
    );
    const last = items.at(-1);
    return { items, ...(items.length === limit && last !== undefined ? { next: last.sku } : {}) };
  });
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
