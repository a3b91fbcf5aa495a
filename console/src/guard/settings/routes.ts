import { senderRoutes } from '@mesure/contract/sender';
import { createRoute, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import { queryClient, queryOf } from '#platform/api';
import { insideRoute, roomPage } from '#platform/routing';

const settingsRoute = createRoute({
  getParentRoute: () => insideRoute,
  path: '/settings',
  component: roomPage(() => import('./settings-frame-page.tsx'), 'SettingsFrame'),
});

const startRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/general', replace: true });
  },
});

const generalRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/general',
  component: roomPage(() => import('./general-page.tsx'), 'GeneralPage'),
});

const senderLoader = () => void queryClient.prefetchQuery(queryOf(senderRoutes.readSender));

const senderRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/sender',
  /** The legal sender that is being edited; `new` for one more. */
  validateSearch: z.object({ edit: z.string().max(40).optional().catch(undefined) }),
  loader: senderLoader,
  component: roomPage(() => import('./sender-page.tsx'), 'SenderPage'),
});

const deliveryRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/delivery',
  loader: senderLoader,
  component: roomPage(() => import('./delivery-page.tsx'), 'DeliveryPage'),
});

const signingRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/signing',
  loader: senderLoader,
  component: roomPage(() => import('./signing-page.tsx'), 'SigningPage'),
});

const brandRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/brand',
  component: roomPage(() => import('./brand-page.tsx'), 'BrandPage'),
});

const topicsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/topics',
  component: roomPage(() => import('./topics-page.tsx'), 'TopicsPage'),
});

const teamRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/team',
  component: roomPage(() => import('./team-page.tsx'), 'TeamPage'),
});

const keysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/keys',
  component: roomPage(() => import('./keys-page.tsx'), 'KeysPage'),
});

const passwordRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/password',
  component: roomPage(() => import('./password-page.tsx'), 'PasswordPage'),
});

export const settingsRoutePages = settingsRoute.addChildren([
  startRoute,
  generalRoute,
  senderRoute,
  deliveryRoute,
  signingRoute,
  brandRoute,
  topicsRoute,
  teamRoute,
  keysRoute,
  passwordRoute,
]);
