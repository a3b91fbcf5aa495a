import { healthRoutes } from '@mesure/contract/health';
import { joinTables, type RouteTable } from '@mesure/contract/openapi';
import type { FastifyInstance } from 'fastify';

/** Health is the server's own room: listed once, whether the composition root names it or not. */
export const withHealth = (tables: readonly RouteTable[]): readonly RouteTable[] => [
  healthRoutes,
  ...tables.filter((table) => table !== healthRoutes),
];

/** The API document must tell the truth: the server does not start when a listed route is unbound, or the reverse. */
export const checkBoundRoutes = (app: FastifyInstance, tables: readonly RouteTable[]): void => {
  if (tables.length === 0) return;
  const listed = new Set(
    Object.values(joinTables(withHealth(tables))).map(({ method, path }) => `${method} ${path}`),
  );
  const bound = new Set<string>();
  app.addHook('onRoute', (route) => {
    const contract = route.config?.contract;
    if (contract) bound.add(contract);
  });
  app.addHook('onReady', async () => {
    const unbound = [...listed].filter((route) => !bound.has(route));
    const unlisted = [...bound].filter((route) => !listed.has(route));
    if (unbound.length === 0 && unlisted.length === 0) return;
    throw new Error(
      `The contract and the server differ. Listed but not bound: ${unbound.join(', ') || 'none'}. Bound but not listed: ${unlisted.join(', ') || 'none'}.`,
    );
  });
};
