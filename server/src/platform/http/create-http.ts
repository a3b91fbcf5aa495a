import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { RouteTable } from '@mesure/contract/openapi';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Registry } from 'prom-client';
import { appError } from '#platform/errors';
import type { Ids } from '#platform/ids';
import type { Log } from '#platform/log';
import type { Actor } from './actor.ts';
import { answerErrors, answerUnreadable } from './answer-errors.ts';
import { checkBoundRoutes } from './bound-routes.ts';
import { guardRequests } from './guard-requests.ts';
import type { EngineProbe } from './health.ts';
import type { Place } from './landing-page.ts';
import { isLoopback, type ListenAddress, listenError } from './listen.ts';
import { measureRequests } from './measure-requests.ts';
import { ownRoutes } from './own-routes.ts';

export interface HttpLimits {
  /** Largest JSON or form body. */
  readonly bodyBytes: number;
  /** Requests per minute, per caller and per route of the contract. */
  readonly perMinute: number;
  /** Answers 503 while the event loop lags more than this; 0 = never. */
  readonly maxEventLoopDelayMs: number;
}

export interface HttpDeps {
  readonly log: Log;
  readonly ids: Ids;
  /** Who is calling, from the bearer token or the session cookie; null when neither is valid. */
  readonly authenticate: (request: FastifyRequest) => Promise<Actor | null>;
  /** Every room's route table. With at least one, the server refuses to start when bound and listed routes differ. */
  readonly tables: readonly RouteTable[];
  readonly engines: readonly EngineProbe[];
  readonly registry: Registry;
  readonly version: string;
  /** False where the console answers at `/`. */
  readonly landing?: boolean;
  /** Shown on the landing page after the server's own places. */
  readonly places?: readonly Place[];
  /** Origins that browsers use for this server when a proxy rewrites Host. */
  readonly trustedOrigins?: readonly string[];
  /** Addresses and ranges of the proxies in front whose X-Forwarded-For is believed. */
  readonly proxies?: readonly string[] | undefined;
  readonly limits?: Partial<HttpLimits>;
}

export interface PagesOptions {
  /** Other sites, mail programs included, may call the plugin's state-changing routes. */
  readonly crossSite: boolean;
}

export interface Http {
  /** Rooms bind their contract routes on it with `bindRoute`. */
  readonly app: FastifyInstance;
  /** Registers server-rendered pages, which may receive forms. */
  readonly pages: (plugin: (app: FastifyInstance) => void, options: PagesOptions) => void;
  /** Starts listening; port 0 takes a free one. Answers the address to print. */
  readonly listen: (address: ListenAddress) => Promise<{ readonly url: string; readonly port: number }>;
  /** Lets requests under way finish, at most `graceMs`; then cuts them. */
  readonly stop: (graceMs?: number) => Promise<void>;
}

const defaultLimits: HttpLimits = { bodyBytes: 1_048_576, perMinute: 6_000, maxEventLoopDelayMs: 0 };

/** The state that requests look at: whether the server is going away and who can reach it. */
export interface HttpState {
  stopping: boolean;
  loopbackOnly: boolean;
}

export const createHttp = async (deps: HttpDeps): Promise<Http> => {
  const limits = { ...defaultLimits, ...deps.limits };
  const state: HttpState = { stopping: false, loopbackOnly: false };
  const logger: FastifyBaseLogger = deps.log;
  const app = fastify({
    loggerInstance: logger,
    // Addresses of customers' pages carry tokens: requests are logged by route, in measure-requests.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => deps.ids.next(),
    requestIdHeader: false,
    bodyLimit: limits.bodyBytes,
    trustProxy: deps.proxies ? [...deps.proxies] : false,
    routerOptions: { maxParamLength: 2_000 },
    frameworkErrors: answerUnreadable,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('actor', null);
  answerErrors(app);
  await app.register(cookie);
  if (limits.maxEventLoopDelayMs > 0) {
    await app.register(underPressure, { maxEventLoopDelay: limits.maxEventLoopDelayMs, retryAfter: 5 });
  }
  guardRequests(app, { authenticate: deps.authenticate, trustedOrigins: deps.trustedOrigins ?? [] });
  await app.register(rateLimit, {
    global: false,
    max: limits.perMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => request.actor?.id ?? request.ip,
    errorResponseBuilder: (_request, context) =>
      appError('rate_limited', {
        message: `Too many requests. Try again in ${Math.ceil(context.ttl / 1000)} s.`,
        details: { retryAfterSeconds: Math.ceil(context.ttl / 1000) },
      }),
  });
  measureRequests(app, deps.registry);
  checkBoundRoutes(app, deps.tables);
  ownRoutes(app, deps, state);

  return {
    app,
    pages: (plugin, { crossSite }) => {
      app.register(async (scope) => {
        await scope.register(formbody, { bodyLimit: 65_536 });
        scope.addHook('onRoute', (route) => {
          route.config = { ...route.config, crossSite };
        });
        plugin(scope);
      });
    },
    listen: async (address) => {
      state.loopbackOnly = isLoopback(address.host);
      await app.ready();
      try {
        await app.listen(address);
      } catch (error) {
        throw listenError(error, address);
      }
      const bound = app.server.address();
      const port = typeof bound === 'object' && bound !== null ? bound.port : address.port;
      const host = address.host.includes(':') ? `[${address.host.replace(/^\[|\]$/g, '')}]` : address.host;
      return { url: `http://${host}:${port}`, port };
    },
    stop: async (graceMs = 10_000) => {
      state.stopping = true;
      const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
      try {
        await app.close();
      } finally {
        clearTimeout(cut);
      }
    },
  };
};
