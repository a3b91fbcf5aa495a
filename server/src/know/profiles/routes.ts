import { profilesRoutes } from '@mesure/contract/profiles';
import type { FastifyInstance } from 'fastify';
import { appError } from '#platform/errors';
import { bindRoute } from '#platform/http';
import type { Database } from '#platform/postgres';
import type { Profile } from './profile.ts';
import type { Profiles } from './service.ts';
import type { TimelineSource } from './timeline.ts';

export interface ProfilesRoutesDeps {
  readonly database: Database;
  readonly profiles: Profiles;
  readonly timeline: TimelineSource;
}

export const bindProfilesRoutes = (app: FastifyInstance, deps: ProfilesRoutesDeps): void => {
  const one = async (workspaceId: string, id: string): Promise<Profile> => {
    const found = await deps.database.inWorkspace(workspaceId, (tx) => deps.profiles.byIds(tx, [id]));
    const profile = found.get(id);
    if (profile === undefined) throw appError('not_found', { message: 'There is no profile under this id.' });
    return profile;
  };

  bindRoute(app, profilesRoutes.listProfiles, async ({ query, workspaceId }) => {
    const limit = query.limit ?? 50;
    const items = await deps.database.inWorkspace(workspaceId, (tx) =>
      deps.profiles.search(tx, { text: query.search, limit, after: query.after }),
    );
    const last = items.at(-1);
    const more = query.search === undefined && items.length === limit && last !== undefined;
    return { items, ...(more ? { next: last.id } : {}) };
  });

  bindRoute(app, profilesRoutes.getProfile, ({ params, workspaceId }) => one(workspaceId, params.id));

  bindRoute(app, profilesRoutes.getProfileTimeline, async ({ params, query, workspaceId }) => {
    await one(workspaceId, params.id);
    const limit = query.limit ?? 50;
    const before = query.before === undefined ? undefined : new Date(query.before);
    const items = await deps.timeline.timeline(workspaceId, { profileId: params.id, limit, before });
    const last = items.at(-1);
    return { items, ...(items.length === limit && last !== undefined ? { next: last.at } : {}) };
  });
};
