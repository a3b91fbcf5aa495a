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
import type { RouteTable } from '@mesure/contract/openapi';
import { profilesRoutes } from '@mesure/contract/profiles';
import { recommendRoutes } from '@mesure/contract/recommend';
import { reportRoutes } from '@mesure/contract/report';
import { segmentsRoutes } from '@mesure/contract/segments';
import { senderRoutes } from '@mesure/contract/sender';
import { sendRoutes } from '@mesure/contract/sends';
import { settingsRoutes } from '@mesure/contract/settings';
import { bindDecisionRoutes } from '#choose/policy';
import { bindRecommendRoutes } from '#choose/recommend';
import { bindAccessRoutes } from '#guard/access';
import { bindAuditRoutes } from '#guard/audit';
import { bindBrakeRoutes } from '#guard/brake';
import { bindConsentRoutes } from '#guard/consent';
import { bindCatalogRoutes } from '#know/catalog';
import { bindImportsRoutes } from '#know/imports';
import { bindProfilesRoutes } from '#know/profiles';
import { bindSegmentsRoutes } from '#know/segments';
import { bindHomeRoutes } from '#learn/home';
import { bindReportRoutes } from '#learn/measure';
import { createBackup } from '#platform/backup';
import { createSystemClock } from '#platform/clock';
import { type BuiltConsole, consolePages } from '#platform/console';
import { appError } from '#platform/errors';
import { bindRoute, type Http } from '#platform/http';
import { bindLiveRoutes } from '#platform/live';
import type { Tx } from '#platform/postgres';
import { bindCampaignRoutes } from '#reach/campaigns';
import { bindCatcherRoutes } from '#reach/catcher';
import { bindContentRoutes } from '#reach/content';
import { bindDeliveryRoutes } from '#reach/delivery';
import { createPages } from '#reach/pages';
import { bindSenderRoutes } from '#reach/sender';
import type { App, AppDeps } from './app.ts';
import { rowsIn } from './backup-command.ts';
import { bindDemoRoutes, type DemoRouteDeps } from './demo-routes.ts';
import { messageTestOf } from './message-test.ts';
import { previewContextsOf } from './preview-contexts.ts';
import { secretFileOf } from './stores.ts';

/** Every route table: what the API document lists, and what has to be bound before the server starts. */
export const routeTables = (options: { readonly catcher: boolean }): readonly RouteTable[] => [
  healthRoutes,
  accessRoutes,
  settingsRoutes,
  auditRoutes,
  consentRoutes,
  brakeRoutes,
  profilesRoutes,
  catalogRoutes,
  importsRoutes,
  segmentsRoutes,
  recommendRoutes,
  decisionRoutes,
  messagesRoutes,
  senderRoutes,
  campaignRoutes,
  sendRoutes,
  reportRoutes,
  backupRoutes,
  liveRoutes,
  homeRoutes,
  demoRoutes,
  ...(options.catcher ? [catcherRoutes] : []),
];

export interface BindDeps extends AppDeps {
  /** Null: not built; the server's own pages stand in. */
  readonly console: BuiltConsole | null;
  /** Null: this is no demo. */
  readonly demo: DemoRouteDeps['demo'];
  readonly whileStill: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Binds each room's part of the contract, and the customers' pages. */
export const bindEverything = (http: Http, app: App, deps: BindDeps): void => {
  const { stores, clock, log, catcher } = deps;
  const { database } = stores;
  const { app: api } = http;
  const { settings, profiles, products, recommend, consents } = app;
  const isProfile = async (tx: Tx, id: string) => (await profiles.byIds(tx, [id])).has(id);
  const isCampaign = async (tx: Tx, id: string) => (await app.campaigns.byId(tx, id)) !== null;
  bindLiveRoutes(api, { live: app.live, recognise: app.access.recognise });
  bindAccessRoutes(api, { access: app.access, database });
  bindAuditRoutes(api, app.audit);
  bindConsentRoutes(api, {
    ...consents,
    database,
    clock,
    audit: app.audit,
    isProfile,
  });
  bindBrakeRoutes(api, {
    database,
    brake: app.brake,
    isCampaign,
  });
  bindProfilesRoutes(api, { database, clock, profiles, timeline: app.collect.timeline });
  bindCatalogRoutes(api, { database, products, audit: app.audit });
  bindImportsRoutes(api, app.imports);
  bindSegmentsRoutes(api, {
    database,
    segments: app.segments,
    sizes: app.segmentSizes,
    vocabulary: app.vocabulary,
    profiles,
    timeZone: app.timeZone,
    log,
  });
  bindRecommendRoutes(api, { database, clock, recommend, products, profiles, settings });
  bindDecisionRoutes(api, { database, decisions: app.decisions, isProfile });
  bindContentRoutes(api, {
    database,
    content: app.content,
    previewContexts: previewContextsOf(app, { database, clock }),
    sendTest: messageTestOf(app, { database, clock }),
  });
  bindSenderRoutes(api, { database, sender: app.sender });
  bindCampaignRoutes(api, app.campaigns);
  bindDeliveryRoutes(api, { database, delivery: app.delivery, profiles, isCampaign, isProfile });
  bindHomeRoutes(api, app.home);
  bindDemoRoutes(api, { demo: deps.demo, live: app.live });
  bindReportRoutes(api, { database, measure: app.measure, settings });
  bindRoute(api, backupRoutes.backUp, async ({ actor, body }) => {
    // A folder of the server's choosing is for whoever holds its 0600 token, not for every admin with a browser.
    if (actor.id !== 'local')
      throw appError('forbidden', {
        message: 'Backups are made from the command line of the server: mesure backup FOLDER.',
      });
    const manifest = await createBackup({
      folder: body.folder,
      ownerUrl: stores.ownerUrl,
      clickhouse: stores.clickhouse,
      secretFile: secretFileOf(deps.config),
      clock: createSystemClock(),
      ids: app.ids,
      whileStill: deps.whileStill,
    });
    return {
      id: manifest.id,
      rows: rowsIn(manifest),
      bytes: manifest.postgres.tables.reduce((sum, table) => sum + table.bytes, 0),
    };
  });
  const pages = createPages({ ...app, database, clock, log, guard: consents });
  http.pages(pages, { crossSite: true });
  if (deps.console) http.pages(consolePages(deps.console), { crossSite: false });
  if (catcher) bindCatcherRoutes(api, { catcher });
};
