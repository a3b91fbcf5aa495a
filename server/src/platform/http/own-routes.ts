import { healthRoutes } from '@mesure/contract/health';
import { joinTables, openApiDocument } from '@mesure/contract/openapi';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { monotonicMs } from '#platform/clock';
import { appError } from '#platform/errors';
import { apiPage } from './api-page.ts';
import { bindRoute } from './bind-route.ts';
import { withHealth } from './bound-routes.ts';
import type { HttpDeps, HttpState } from './create-http.ts';
import { requireAccess } from './guard-requests.ts';
import { type HealthDeps, readHealth } from './health.ts';
import { preferredLanguage } from './html.ts';
import { landingPage, ownPlaces } from './landing-page.ts';
import { isLoopback } from './listen.ts';
import { styleSheet } from './style-sheet.ts';

const bindHealth = (app: FastifyInstance, deps: HttpDeps, state: HttpState): void => {
  const health: HealthDeps = {
    engines: deps.engines,
    version: deps.version,
    monotonicMs,
    timeoutMs: 2_000,
    onFailure: (engine, error) => deps.log.warn({ engine, err: error }, 'an engine does not answer'),
  };
  bindRoute(app, healthRoutes.readHealth, () => readHealth(health, state.stopping));
  bindRoute(app, healthRoutes.checkLive, async () => ({ status: 'ok' }));
  bindRoute(app, healthRoutes.checkReady, async () => {
    const answer = await readHealth(health, state.stopping);
    if (answer.status === 'ok') return answer;
    throw appError('unavailable', { details: { ...answer } });
  });
};

const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** Straight from this machine, by a loopback name: a rebound DNS name or a proxy in between does not count. */
const comesFromThisMachine = (request: FastifyRequest): boolean =>
  isLoopback(request.hostname) && !forwarded.some((name) => request.headers[name] !== undefined);

const bindMetrics = (app: FastifyInstance, deps: HttpDeps, state: HttpState): void => {
  app.get('/metrics', async (request, reply) => {
    if (!(state.loopbackOnly && comesFromThisMachine(request))) {
      requireAccess(['admin'], await deps.authenticate(request));
    }
    return reply.type(deps.registry.contentType).send(await deps.registry.metrics());
  });
};

const bindPages = (app: FastifyInstance, deps: HttpDeps): void => {
  const routes = joinTables(withHealth(deps.tables));
  const places = [...(deps.places ?? []), ...ownPlaces];
  let document: string | undefined;
  app.get('/api/openapi.json', async (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(routes, { title: 'Mesure', version: deps.version }));
    return reply.type('application/json; charset=utf-8').send(document);
  });
  app.get('/api/docs', async (request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('vary', 'accept-language')
      .send(apiPage(routes, preferredLanguage(request.headers['accept-language']))),
  );
  if (deps.landing ?? true) {
    app.get('/', async (request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('vary', 'accept-language')
        .send(landingPage(preferredLanguage(request.headers['accept-language']), places)),
    );
  }
  app.get('/style.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(styleSheet),
  );
};

/** What the server itself answers, whatever rooms it carries. */
export const ownRoutes = (app: FastifyInstance, deps: HttpDeps, state: HttpState): void => {
  bindHealth(app, deps, state);
  bindMetrics(app, deps, state);
  bindPages(app, deps);
};
