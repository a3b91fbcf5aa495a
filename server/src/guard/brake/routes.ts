import { brakeRoutes } from '@mesure/contract/brake';
import type { FastifyInstance } from 'fastify';
import { bindRoute } from '#platform/http';
import type { Database } from '#platform/postgres';
import type { BrakeState } from './brake.ts';
import type { Brake } from './service.ts';

const present = (state: BrakeState) => ({
  ...state,
  changedAt: state.changedAt?.toISOString() ?? null,
  release: state.release && { ...state.release, requestedAt: state.release.requestedAt.toISOString() },
});

export interface BrakeRoutesDeps {
  readonly database: Database;
  readonly brake: Brake;
}

export const bindBrakeRoutes = (app: FastifyInstance, { database, brake }: BrakeRoutesDeps): void => {
  bindRoute(app, brakeRoutes.listBrakes, ({ workspaceId }) =>
    database.inWorkspace(workspaceId, async (tx) => ({ items: (await brake.state(tx)).map(present) })),
  );
  bindRoute(app, brakeRoutes.engageBrake, ({ workspaceId, body, actor }) =>
    database.inWorkspace(workspaceId, async (tx) => present(await brake.engage(tx, { ...body, actor }))),
  );
  bindRoute(app, brakeRoutes.requestBrakeRelease, ({ workspaceId, body, actor }) =>
    database.inWorkspace(workspaceId, async (tx) =>
      present(await brake.requestRelease(tx, { ...body, actor })),
    ),
  );
  bindRoute(app, brakeRoutes.confirmBrakeRelease, ({ workspaceId, body, actor }) =>
    database.inWorkspace(workspaceId, async (tx) =>
      present(await brake.confirmRelease(tx, { ...body, actor })),
    ),
  );
};
