import { type SegmentBody, segmentsRoutes } from '@mesure/contract/segments';
import type { FastifyInstance } from 'fastify';
import { bindRoute } from '#platform/http';
import type { Database } from '#platform/postgres';
import { explainRule } from './explain.ts';
import type { Segments } from './service.ts';
import type { Segment } from './store.ts';

export interface SegmentsRoutesDeps {
  readonly database: Database;
  readonly segments: Segments;
}

const asBody = (segment: Segment): SegmentBody => ({
  ...segment,
  words: { fr: explainRule(segment.rule, 'fr'), en: explainRule(segment.rule, 'en') },
  createdAt: segment.createdAt.toISOString(),
  updatedAt: segment.updatedAt.toISOString(),
});

export const bindSegmentsRoutes = (
  app: FastifyInstance,
  { database, segments }: SegmentsRoutesDeps,
): void => {
  bindRoute(app, segmentsRoutes.listSegments, async ({ query, workspaceId }) => {
    const limit = query.limit ?? 100;
    const found = await database.inWorkspace(workspaceId, (tx) =>
      segments.list(tx, { limit, after: query.after }),
    );
    const last = found.at(-1);
    return {
      items: found.map(asBody),
      ...(found.length === limit && last !== undefined ? { next: last.name } : {}),
    };
  });

  bindRoute(app, segmentsRoutes.createSegment, async ({ body, actor, workspaceId }) =>
    asBody(await database.inWorkspace(workspaceId, (tx) => segments.create(tx, actor, body))),
  );

  bindRoute(app, segmentsRoutes.getSegment, async ({ params, workspaceId }) =>
    asBody(await database.inWorkspace(workspaceId, (tx) => segments.get(tx, params.id))),
  );

  bindRoute(app, segmentsRoutes.updateSegment, async ({ params, body, actor, workspaceId }) =>
    asBody(
      await database.inWorkspace(workspaceId, (tx) => segments.update(tx, actor, { ...body, id: params.id })),
    ),
  );

  bindRoute(app, segmentsRoutes.deleteSegment, async ({ params, actor, workspaceId }) => {
    await database.inWorkspace(workspaceId, (tx) => segments.remove(tx, actor, params.id));
    return { id: params.id, deleted: true as const };
  });

  bindRoute(app, segmentsRoutes.previewSegment, ({ body, workspaceId }) =>
    segments.preview(workspaceId, body.rule, {
      samples: body.samples ?? 10,
      language: body.language ?? 'en',
    }),
  );
};
