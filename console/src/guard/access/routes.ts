import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { lazyPage, rootRoute } from '#platform/routing';

/** Only a path of this console: an address from elsewhere in `to` leads nowhere. */
const ownPath = z
  .string()
  .regex(/^\/(?![/\\])/)
  .optional()
  .catch(undefined);

const token = z.string().max(200).optional().catch(undefined);

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({ to: ownPath }),
  component: lazyPage(() => import('./sign-in-page.tsx'), 'SignInPage'),
});

export const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: z.object({ token }),
  component: lazyPage(() => import('./set-up-page.tsx'), 'SetUpPage'),
});

export const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join',
  validateSearch: z.object({ token }),
  component: lazyPage(() => import('./join-page.tsx'), 'JoinPage'),
});

export const accessRoutePages = [signInRoute, setUpRoute, joinRoute] as const;
