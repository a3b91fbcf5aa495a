import type { Route } from '@mesure/contract';
import { accessRoutes } from '@mesure/contract/access';
import { auditRoutes } from '@mesure/contract/audit';
import { backupRoutes } from '@mesure/contract/backups';
import { brakeRoutes } from '@mesure/contract/brake';
import { campaignRoutes } from '@mesure/contract/campaigns';
import { catalogRoutes } from '@mesure/contract/catalog';
import { catcherRoutes } from '@mesure/contract/catcher';
import { consentRoutes } from '@mesure/contract/consent';
import { decisionRoutes } from '@mesure/contract/decisions';
import { demoRoutes } from '@mesure/contract/demo';
import { healthRoutes } from '@mesure/contract/health';
import { homeRoutes } from '@mesure/contract/home';
import { importsRoutes } from '@mesure/contract/imports';
import { liveRoutes } from '@mesure/contract/live';
import { messagesRoutes } from '@mesure/contract/messages';
import { profilesRoutes } from '@mesure/contract/profiles';
import { recommendRoutes } from '@mesure/contract/recommend';
import { reportRoutes } from '@mesure/contract/report';
import { segmentsRoutes } from '@mesure/contract/segments';
import { senderRoutes } from '@mesure/contract/sender';
import { sendRoutes } from '@mesure/contract/sends';
import { settingsRoutes } from '@mesure/contract/settings';

/** Every operation by the name that the API document gives it. */
export const operations: ReadonlyMap<string, Route> = new Map(
  [
    accessRoutes,
    auditRoutes,
    backupRoutes,
    brakeRoutes,
    campaignRoutes,
    catalogRoutes,
    catcherRoutes,
    consentRoutes,
    decisionRoutes,
    demoRoutes,
    healthRoutes,
    homeRoutes,
    importsRoutes,
    liveRoutes,
    messagesRoutes,
    profilesRoutes,
    recommendRoutes,
    reportRoutes,
    segmentsRoutes,
    senderRoutes,
    sendRoutes,
    settingsRoutes,
  ].flatMap((table) => Object.entries<Route>(table)),
);
