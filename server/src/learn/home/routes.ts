import { homeRoutes } from '@mesure/contract/home';
import type { FastifyInstance } from 'fastify';
import { bindRoute } from '#platform/http';
import type { Home } from './service.ts';

export const bindHomeRoutes = (app: FastifyInstance, home: Home): void => {
  bindRoute(app, homeRoutes.readHome, ({ actor, query }) => home.read(actor, query.language));
  bindRoute(app, homeRoutes.listFindings, ({ workspaceId, query }) =>
    home.findings(workspaceId, query.language),
  );
};
