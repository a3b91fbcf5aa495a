export type { Actor } from './actor.ts';
export { type BoundHandler, bindRoute, type RouteLimits, type RouteRequest } from './bind-route.ts';
export { createHttp, type Http, type HttpDeps, type HttpLimits, type PagesOptions } from './create-http.ts';
export type { EngineProbe } from './health.ts';
export { type Html, html, type PageLanguage, type Part, page, preferredLanguage } from './html.ts';
export type { Place } from './landing-page.ts';
export { isLoopback, type ListenAddress } from './listen.ts';
