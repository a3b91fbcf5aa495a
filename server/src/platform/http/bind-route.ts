import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Access, Route } from '@mesure/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { z } from 'zod';
import { appError } from '#platform/errors';
import type { Actor } from './actor.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call; absent for plain pages, which look after themselves. */
    access?: Access;
    /** State-changing routes that other sites may call: one-click unsubscribe (RFC 8058). */
    crossSite?: boolean;
    /** `METHOD /path` of the contract's route. */
    contract?: string;
  }
  interface FastifyRequest {
    actor: Actor | null;
  }
}

type Parsed<S, Otherwise> = S extends z.ZodType ? z.output<S> : Otherwise;
type Part<R, K extends keyof Route> = R extends { readonly [P in K]: infer S } ? S : undefined;

export interface RouteRequest<R extends Route> {
  readonly params: Parsed<Part<R, 'params'>, Readonly<Record<string, never>>>;
  readonly query: Parsed<Part<R, 'query'>, Readonly<Record<string, never>>>;
  /** With `raw: 'request'` the stream of bytes as it arrives. */
  readonly body: R extends { readonly raw: 'request' } ? IncomingMessage : Parsed<Part<R, 'body'>, undefined>;
  readonly actor: R['access'] extends 'public' ? null : Actor;
  readonly workspaceId: R['access'] extends 'public' ? null : string;
  readonly requestId: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;

type Answer<R extends Route> = R extends { readonly raw: 'response' }
  ? string | Buffer | Readable
  : R extends { readonly raw: 'events' }
    ? Readable
    : Immutable<z.output<R['response']>>;

export type BoundHandler<R extends Route, A extends Answer<R> = Answer<R>> = (
  request: RouteRequest<R>,
) => Promise<A>;

export interface RouteLimits {
  /** Requests per minute and caller; the server's default when absent. */
  readonly perMinute?: number;
  /** Largest JSON body; the server's default when absent. Streams are limited by their reader. */
  readonly bodyBytes?: number;
}

const schemaOf = (route: Route): NonNullable<RouteOptions['schema']> => ({
  ...(route.params ? { params: route.params } : {}),
  ...(route.query ? { querystring: route.query } : {}),
  ...(route.body && route.raw !== 'request' ? { body: route.body } : {}),
  ...(route.raw === 'response' || route.raw === 'events'
    ? {}
    : { response: { [route.status ?? 200]: route.response } }),
});

const callerOf = (route: Route, request: FastifyRequest): Actor | null => {
  if (route.access === 'public') return null;
  // The guard hook has refused already; a server without that hook must not answer either.
  if (!request.actor) throw appError('unauthenticated');
  return request.actor;
};

/**
 * Binds a contract's route: parameters, query and body arrive parsed, access is checked before the body is read, and
 * the answer leaves through the response schema, which drops whatever it does not name (S-04).
 */
export const bindRoute = <const R extends Route, const A extends Answer<R>>(
  app: FastifyInstance,
  route: R,
  // `const A` keeps the literals of an answer ('draft', true) that TypeScript would widen inside an async function.
  handler: BoundHandler<R, A> | { readonly handle: BoundHandler<R, A>; readonly limits: RouteLimits },
): void => {
  const { handle, limits } =
    typeof handler === 'function' ? { handle: handler, limits: {} as RouteLimits } : handler;
  const bind = (scope: FastifyInstance): void => {
    scope.route({
      method: route.method,
      url: route.path,
      schema: schemaOf(route),
      ...(limits.bodyBytes === undefined ? {} : { bodyLimit: limits.bodyBytes }),
      config: {
        access: route.access,
        contract: `${route.method} ${route.path}`,
        ...(limits.perMinute === undefined
          ? {}
          : { rateLimit: { max: limits.perMinute, timeWindow: 60_000 } }),
      },
      handler: async (request, reply) => {
        const actor = callerOf(route, request);
        // The parts were parsed by the route's own schemas just before this line: one cast joins both worlds.
        const answer = await handle({
          params: request.params,
          query: request.query,
          body: route.raw === 'request' ? request.raw : request.body,
          actor,
          workspaceId: actor?.workspaceId ?? null,
          requestId: request.id,
          request,
          reply,
        } as RouteRequest<R>);
        return reply.sent ? reply : reply.status(route.status ?? 200).send(answer);
      },
    });
  };
  if (route.raw !== 'request') return bind(app);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    bind(scope);
  });
};
