import { decisionRoutes } from '@mesure/contract/decisions';
import type { FastifyInstance } from 'fastify';
import { appError } from '#platform/errors';
import { bindRoute } from '#platform/http';
import type { Database, Tx } from '#platform/postgres';
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
  /** Whether the transaction's workspace knows this person: nobody's list is not an empty one (S-01). */
  readonly isProfile: (tx: Tx, id: string) => Promise<boolean>;
}

export const bindDecisionRoutes = (
  app: FastifyInstance,
  { database, decisions, isProfile }: DecisionRoutesDeps,
): void => {
  bindRoute(app, decisionRoutes.listDecisionsOfProfile, ({ workspaceId, params, query }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      const items = (await decisions.ofProfile(tx, params.id, query.limit)).map(present);
      // What was decided about somebody who was removed since stays readable.
      if (items.length === 0 && !(await isProfile(tx, params.id)))
        throw appError('not_found', { message: 'There is no profile under this id.' });
      return { items };
    }),
  );
  bindRoute(app, decisionRoutes.getDecision, ({ workspaceId, params }) =>
    database.inWorkspace(workspaceId, async (tx) => {
      const decision = await decisions.byId(tx, params.id);
      if (!decision) throw appError('not_found', { message: 'There is no decision under this id.' });
      return present(decision);
    }),
  );
};
