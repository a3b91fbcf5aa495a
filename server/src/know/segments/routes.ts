import { printRule } from '@mesure/contract/rule-text';
import { type SegmentBody, type SegmentSize, segmentsRoutes } from '@mesure/contract/segments';
import type { FastifyInstance } from 'fastify';
import type { Profile, Profiles } from '#know/profiles';
import { bindRoute } from '#platform/http';
import type { Log } from '#platform/log';
import type { Database } from '#platform/postgres';
import { explainRule } from './explain.ts';
import type { Segments } from './service.ts';
import type { SizeOfSegment } from './size-store.ts';
import type { SegmentSizes } from './sizes.ts';
import type { Segment } from './store.ts';
import type { VocabularyOf } from './vocabulary.ts';

export interface SegmentsRoutesDeps {
  readonly database: Database;
  readonly segments: Segments;
  readonly sizes: SegmentSizes;
  readonly vocabulary: VocabularyOf;
  readonly profiles: Pick<Profiles, 'byIds'>;
  readonly timeZone: (workspaceId: string) => Promise<string>;
  readonly log: Log;
}

const sizeBody = ({ day, ruleHash, at, count, total }: SizeOfSegment): SegmentSize => ({
  at: at.toISOString(),
  day,
  count,
  total,
  ruleHash,
});

const asBody = (segment: Segment, size: SizeOfSegment | undefined): SegmentBody => ({
  ...segment,
  words: { fr: explainRule(segment.rule, 'fr'), en: explainRule(segment.rule, 'en') },
  text: printRule(segment.rule),
  size: size === undefined ? null : sizeBody(size),
  createdAt: segment.createdAt.toISOString(),
  updatedAt: segment.updatedAt.toISOString(),
});

const personBody = (profile: Profile | undefined) => {
  if (profile === undefined) return null;
  const { email, externalId, firstName, lastName, city, country, simulated } = profile;
  return { email, externalId, firstName, lastName, city, country, simulated };
};

export const bindSegmentsRoutes = (app: FastifyInstance, deps: SegmentsRoutesDeps): void => {
  const { database, segments, sizes } = deps;

  const withSize = async (workspaceId: string, segment: Segment): Promise<SegmentBody> => {
    const known = await database.inWorkspace(workspaceId, (tx) => sizes.latest(tx, [segment.id]));
    return asBody(segment, known.get(segment.id));
  };

  /** A saved rule is counted at once. Where that fails the segment is saved all the same, and the daily count tries again. */
  const counted = async (workspaceId: string, segment: Segment): Promise<SegmentBody> => {
    await sizes
      .record(workspaceId, segment.id)
      .catch((error: unknown) =>
        deps.log.warn({ err: error, segmentId: segment.id }, 'a size was not recorded'),
      );
    return withSize(workspaceId, segment);
  };

  bindRoute(app, segmentsRoutes.listSegments, async ({ query, workspaceId }) => {
    const limit = query.limit ?? 100;
    return database.inWorkspace(
      workspaceId,
      async (tx) => {
        const found = await segments.list(tx, { limit: limit + 1, after: query.after });
        const page = found.slice(0, limit);
        const known = await sizes.latest(
          tx,
          page.map(({ id }) => id),
        );
        const last = page.at(-1);
        return {
          items: page.map((segment) => asBody(segment, known.get(segment.id))),
          ...(found.length > limit && last !== undefined ? { next: last.name } : {}),
        };
      },
      { readOnly: true },
    );
  });

  bindRoute(app, segmentsRoutes.getSegmentVocabulary, ({ workspaceId }) => deps.vocabulary(workspaceId));

  bindRoute(app, segmentsRoutes.listSegmentSizes, async ({ params, query, workspaceId }) => {
    const timeZone = await deps.timeZone(workspaceId);
    const found = await database.inWorkspace(
      workspaceId,
      async (tx) => {
        await segments.get(tx, params.id);
        return sizes.history(tx, params.id, { days: query.days ?? 90, timeZone });
      },
      { readOnly: true },
    );
    return { items: found.map(sizeBody) };
  });

  bindRoute(app, segmentsRoutes.createSegment, async ({ body, actor, workspaceId }) =>
    counted(workspaceId, await database.inWorkspace(workspaceId, (tx) => segments.create(tx, actor, body))),
  );

  bindRoute(app, segmentsRoutes.getSegment, async ({ params, workspaceId }) =>
    withSize(workspaceId, await database.inWorkspace(workspaceId, (tx) => segments.get(tx, params.id))),
  );

  bindRoute(app, segmentsRoutes.updateSegment, async ({ params, body, actor, workspaceId }) =>
    counted(
      workspaceId,
      await database.inWorkspace(workspaceId, (tx) => segments.update(tx, actor, { ...body, id: params.id })),
    ),
  );

  bindRoute(app, segmentsRoutes.deleteSegment, async ({ params, actor, workspaceId }) => {
    await database.inWorkspace(workspaceId, (tx) => segments.remove(tx, actor, params.id));
    return { id: params.id, deleted: true as const };
  });

  bindRoute(app, segmentsRoutes.restoreSegment, async ({ params, actor, workspaceId }) =>
    withSize(
      workspaceId,
      await database.inWorkspace(workspaceId, (tx) => segments.restore(tx, actor, params.id)),
    ),
  );

  bindRoute(app, segmentsRoutes.previewSegment, async ({ body, workspaceId }) => {
    const preview = await segments.preview(workspaceId, body.rule, {
      samples: body.samples ?? 10,
      language: body.language ?? 'en',
    });
    if (preview.samples.length === 0) return { ...preview, samples: [] };
    const people = await database.inWorkspace(
      workspaceId,
      (tx) =>
        deps.profiles.byIds(
          tx,
          preview.samples.map(({ profileId }) => profileId),
        ),
      { readOnly: true },
    );
    return {
      ...preview,
      samples: preview.samples.map((sample) => ({
        ...sample,
        person: personBody(people.get(sample.profileId)),
      })),
    };
  });
};
