import { importsRoutes } from '@mesure/contract/imports';
import type { FastifyInstance } from 'fastify';
import { bindRoute } from '#platform/http';
import type { Imports } from './service.ts';
import { toDetail, toSummary } from './view.ts';

export const bindImportsRoutes = (app: FastifyInstance, imports: Imports): void => {
  bindRoute(app, importsRoutes.createImport, async ({ actor }) => toDetail(await imports.create(actor)));
  bindRoute(app, importsRoutes.addImportFile, async ({ actor, params, body }) =>
    toDetail(await imports.addFile(actor, params.id, { name: params.name, body })),
  );
  bindRoute(app, importsRoutes.listImports, async ({ workspaceId, query }) => {
    const page = await imports.list(workspaceId, { before: query.cursor, limit: query.limit });
    const last = page.at(-1);
    return {
      items: page.map(toSummary),
      ...(last !== undefined && page.length === query.limit && { next: last.row.id }),
    };
  });
  bindRoute(app, importsRoutes.getImport, async ({ workspaceId, params }) =>
    toDetail(await imports.get(workspaceId, params.id)),
  );
  bindRoute(app, importsRoutes.correctImportMapping, async ({ actor, params, body }) =>
    toDetail(await imports.correct(actor, params.id, body)),
  );
  bindRoute(app, importsRoutes.dryRunImport, async ({ actor, params }) =>
    toDetail(await imports.dryRun(actor, params.id)),
  );
  bindRoute(app, importsRoutes.startImport, async ({ actor, params }) =>
    toDetail(await imports.start(actor, params.id)),
  );
  bindRoute(app, importsRoutes.cancelImport, async ({ actor, params }) =>
    toDetail(await imports.cancel(actor, params.id)),
  );
  bindRoute(app, importsRoutes.undoImport, async ({ actor, params }) =>
    toDetail(await imports.undo(actor, params.id)),
  );
  bindRoute(app, importsRoutes.downloadSetAside, async ({ workspaceId, params, reply }) => {
    const lines = await imports.readSetAside(workspaceId, params.id);
    reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="set-aside.csv"');
    return lines;
  });
};
