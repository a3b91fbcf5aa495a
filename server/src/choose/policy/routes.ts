import { decisionRoutes } from '@mesure/contract/decisions';
import type { FastifyInstance } from 'fastify';
import { appError } from '#platform/errors';
import { bindRoute } from '#platform/http';
import type { Database } from '#platform/postgres';
import type { Decision } from './decision.ts';
import type { Decisions } from './service.ts';

const present = (decision: Decision) => ({
  ...decision,
  at: decision.at.toISOString(),
  candidates: [...decision.candidates],
  removed: [...decision.removed],
  choice: {
    variant: decision.choice.variant,
    variants: [...decision.choice.variants],
    products: [...decision.choice.products],
  },
  experimentArms: [...decision.experimentArms],
  approverNames: [...decision.approverNames],
});

export interface DecisionRoutesDeps {
  readonly database: Database;
  readonly decisions: Decisions;
}

export const bindDecisionRoutes = (
  app: FastifyInstance,
  { database, decisions }: DecisionRoutesDeps,
): void => {
  bindRoute(app, decisionRoutes.listDecisionsOfProfile, ({ workspaceId, params, query }) =>
    database.inWorkspace(workspaceId, async (tx) => ({
      items: (await decisions.ofProfile(tx, params.id, query.limit)).map(present),
    })),
  );
  bindRoute(app, decisionRoutes.getDecision, ({ workspaceId, params }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      const decision = await decisions.byId(tx, params.id);
      if (!decision) throw appError('not_found', { message: 'There is no decision under this id.' });
      return present(decision);
    }),
  );
};
