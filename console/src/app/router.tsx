import { createRoute, createRouter } from '@tanstack/react-router';
import { accessRoutePages } from '#guard/access';
import { auditRoutePages } from '#guard/audit';
import { settingsRoutePages } from '#guard/settings';
import { audiencesRoutePages } from '#know/audiences';
import { catalogueRoutePages } from '#know/catalogue';
import { importsRoutePages } from '#know/imports';
import { peopleRoutePages } from '#know/people';
import { homeRoute } from '#learn/home';
import { reportPages } from '#learn/report';
import { insideRoute, rootRoute } from '#platform/routing';
import { campaignPages } from '#reach/campaigns';
import { catcherRoutePages } from '#reach/catcher';
import { messageRoutePages } from '#reach/messages';
import { Crashed } from './crashed.tsx';
import { galleryRoute } from './gallery/routes.ts';
import { NotFound } from './not-found.tsx';
import { Root } from './root.tsx';
import { Shell } from './shell.tsx';

rootRoute.update({ component: Root });
insideRoute.update({ component: Shell });

/** Addresses that lead nowhere keep the places around them. */
const nowhereRoute = createRoute({ getParentRoute: () => insideRoute, path: '$', component: NotFound });

const routeTree = rootRoute.addChildren([
  ...accessRoutePages,
  insideRoute.addChildren([
    ...campaignPages,
    ...reportPages,
    settingsRoutePages,
    homeRoute,
    ...peopleRoutePages,
    ...audiencesRoutePages,
    ...importsRoutePages,
    ...catalogueRoutePages,
    ...auditRoutePages,
    galleryRoute,
    ...messageRoutePages,
    ...catcherRoutePages,
    nowhereRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  // Below 200 ms the old page stays; a skeleton that flashes by is worse than a short wait.
  defaultPendingMs: 150,
  defaultPendingMinMs: 200,
  scrollRestoration: true,
  defaultErrorComponent: Crashed,
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
