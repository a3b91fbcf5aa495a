import { brakeRoutes } from '@mesure/contract/brake';
import type { FastifyInstance } from 'fastify';
import { appError } from '#platform/errors';
import { bindRoute } from '#platform/http';
import type { Database, Tx } from '#platform/postgres';
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
  /** Whether the transaction's workspace has this campaign: a brake on a mistyped id would hold nothing. */
  readonly isCampaign: (tx: Tx, id: string) => Promise<boolean>;
}

export const bindBrakeRoutes = (
  app: FastifyInstance,
  { database, brake, isCampaign }: BrakeRoutesDeps,
): void => {
  bindRoute(app, brakeRoutes.listBrakes, ({ workspaceId }) =>
    database.inWorkspace(workspaceId, async (tx) => ({ items: (await brake.state(tx)).map(present) })),
  );
  bindRoute(app, brakeRoutes.engageBrake, ({ workspaceId, body, actor }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      if (body.scope === 'campaign' && body.scopeId && !(await isCampaign(tx, body.scopeId)))
        throw appError('not_found', { message: 'There is no campaign under this id: nothing was stopped.' });
      return present(await brake.engage(tx, { ...body, actor }));
    }),
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
