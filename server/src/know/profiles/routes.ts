import { type ListedProfile as ListedBody, profilesRoutes } from '@mesure/contract/profiles';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import { bindRoute } from '#platform/http';
import type { Database } from '#platform/postgres';
import { createBriefMemory } from './brief-memory.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { ListedProfile } from './profile.ts';
import type { Profiles } from './service.ts';
import type { TimelineSource } from './timeline.ts';

export interface ProfilesRoutesDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly profiles: Profiles;
  readonly timeline: TimelineSource;
}

/** Counting a million people takes PostgreSQL about 0.1 s: not once per opened page. */
const COUNT_KEPT_MS = 10_000;

const asBody = (profile: ListedProfile): ListedBody => ({
  ...profile,
  createdAt: profile.createdAt.toISOString(),
  updatedAt: profile.updatedAt.toISOString(),
});

export const bindProfilesRoutes = (app: FastifyInstance, deps: ProfilesRoutesDeps): void => {
  const { database, profiles } = deps;

  const one = async (workspaceId: string, id: string): Promise<ListedProfile> => {
    const profile = await database.inWorkspace(workspaceId, (tx) => profiles.listedById(tx, id));
    if (profile === undefined) throw appError('not_found', { message: 'There is no profile under this id.' });
    return profile;
  };

  bindRoute(app, profilesRoutes.listProfiles, async ({ query, workspaceId }) => {
    const { search: text, sort, after, limit = 50 } = query;
    const page = await database.inWorkspace(
      workspaceId,
      (tx) => profiles.search(tx, { text, sort, after, limit }),
      { readOnly: true },
    );
    return { ...page, items: page.items.map(asBody) };
  });

  const counted = createBriefMemory(COUNT_KEPT_MS, async (workspaceId) => ({
    total: await database.inWorkspace(workspaceId, profiles.count, { readOnly: true }),
    at: deps.clock.now().toISOString(),
  }));
  bindRoute(app, profilesRoutes.countProfiles, ({ workspaceId }) => counted(workspaceId));

  bindRoute(app, profilesRoutes.getProfile, async ({ params, workspaceId }) =>
    asBody(await one(workspaceId, params.id)),
  );

  bindRoute(app, profilesRoutes.getProfileTimeline, async ({ params, query, workspaceId }) => {
    await one(workspaceId, params.id);
    const { name, limit = 50 } = query;
    const [at, eventId] =
      query.after === undefined ? [] : readCursor(query.after, [0, '00000000-0000-0000-0000-000000000000']);
    const found = await deps.timeline.timeline(workspaceId, {
      profileId: params.id,
      limit: limit + 1,
      name,
      before: query.before === undefined ? undefined : new Date(query.before),
      after: at === undefined ? undefined : { at: new Date(Number(at)), eventId: String(eventId) },
    });
    const last = found[limit - 1];
    return {
      items: found.slice(0, limit),
      ...(found.length > limit && last !== undefined
        ? { next: writeCursor([Date.parse(last.at), last.eventId]) }
        : {}),
    };
  });
};
