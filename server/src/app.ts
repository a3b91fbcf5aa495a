import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createExperiments } from '#choose/experiments';
import { createDecisions } from '#choose/policy';
import { createRecommend } from '#choose/recommend';
import { createAccess, type LocalToken } from '#guard/access';
import { createAudit } from '#guard/audit';
import { createBrake } from '#guard/brake';
import { createConsentRoom } from '#guard/consent';
import { createProducts } from '#know/catalog';
import { createCollect } from '#know/collect';
import { createImports } from '#know/imports';
import { createProfiles, createReplicateProfiles, purchases } from '#know/profiles';
import { createSegmentSizes, createSegments, createVocabulary, explainRule } from '#know/segments';
import { createHome } from '#learn/home';
import { createMeasure, findingOf } from '#learn/measure';
import { type Clock, createSystemClock } from '#platform/clock';
import { createIds } from '#platform/ids';
import { createJobs } from '#platform/jobs';
import { createLive } from '#platform/live';
import type { Log } from '#platform/log';
import { createTurn } from '#platform/loop';
import { createMetrics } from '#platform/metrics';
import type { Tx } from '#platform/postgres';
import { createTokens } from '#platform/secrets';
import { createCampaigns } from '#reach/campaigns';
import type { Catcher } from '#reach/catcher';
import { createContent } from '#reach/content';
import { createComposer, createDelivery, createDeliveryMetrics, type FailpointHook } from '#reach/delivery';
import { createSender, systemDns } from '#reach/sender';
import type { Config } from './config.ts';
import { liveSubjectOf } from './live-subjects.ts';
import type { Stores } from './stores.ts';

export interface AppDeps {
  readonly config: Config;
  readonly stores: Stores;
  readonly log: Log;
  /** Business time: the system's, or the one that the demo moves. */
  readonly clock: Clock;
  readonly localToken: LocalToken | null;
  /** Known once the server listens. */
  readonly baseUrl: () => string;
  readonly catcher: Catcher | null;
  readonly failpoint: FailpointHook;
}

/** Every room, with its collaborators: the only place that knows all of them. */
export const createApp = (deps: AppDeps) => {
  const { config, stores, log, clock, failpoint } = deps;
  const { database, clickhouse, secrets } = stores;
  const ids = createIds();
  const tokens = createTokens(secrets);
  const metrics = createMetrics();
  const jobs = createJobs();

  const live = createLive({ database, url: stores.appUrl, wallClock: createSystemClock(), ids, log });
  const audit = createAudit({
    database,
    clock,
    publish: (tx, subject) => live.publish(tx, liveSubjectOf(subject)),
  });
  const consents = createConsentRoom({ ids, clock, audit, secrets });
  const brake = createBrake({ clock, audit });
  const access = createAccess({
    database,
    wallClock: createSystemClock(),
    ids,
    audit,
    secrets,
    random: randomBytes,
    baseUrl: deps.baseUrl,
    localToken: deps.localToken,
    onWorkspaceCreated: (tx) => brake.init(tx),
  });
  const { settings } = access;

  const profiles = createProfiles({ ids, clock });
  const products = createProducts({ ids, clock });
  const collect = createCollect({ database, clickhouse, clock });
  const replicateProfiles = createReplicateProfiles({ database, clickhouse });
  const timeZone = (workspaceId: string) =>
    database.inWorkspace(workspaceId, async (tx) => (await settings.get(tx)).timeZone);
  const turn = createTurn();
  const copyUpToDate = (workspaceId: string) => turn(() => replicateProfiles.catchUp(workspaceId));
  const segments = createSegments({
    eventReader: collect.eventReader,
    clock,
    ids,
    audit,
    timeZone,
    upToDate: copyUpToDate,
  });
  const segmentSizes = createSegmentSizes({
    database,
    eventReader: collect.eventReader,
    clock,
    timeZone,
    upToDate: copyUpToDate,
  });
  const vocabulary = createVocabulary({ eventReader: collect.eventReader, clock });
  const imports = createImports({
    database,
    clock,
    ids,
    log,
    jobs,
    audit,
    settings,
    consent: consents.consent,
    entities: consents.entities,
    profiles,
    profilesWith: (source) => createProfiles({ ids: source, clock }),
    products,
    bulk: collect.bulk,
    eventReader: collect.eventReader,
    knowsPeople: [collect.knowsPeople, (tx, profileIds) => delivery.knowsPeople(tx, profileIds)],
    mayMakeUp: async (tx) => (await sender.overview(tx)).transport.pinned,
    folder: join(config.dataFolder, 'uploads'),
    progressed: (workspaceId, importId) => live.tell(workspaceId, { kind: 'import', id: importId }),
    publish: (tx, importId) => live.publish(tx, { kind: 'import', id: importId }),
  });

  const experiments = createExperiments();
  const decisions = createDecisions();
  const recommend = createRecommend({ database, clock, events: collect.eventReader, products, purchases });

  const content = createContent({ ids, clock, audit });
  const sender = createSender({
    database,
    secrets,
    clock,
    ids,
    audit,
    settings,
    entities: consents.entities,
    catcher: deps.catcher === null ? null : deps.catcher.access,
    resolver: systemDns,
    connections: config.smtpConnections,
  });
  const composer = createComposer({
    database,
    clock,
    tokens,
    renderer: content.renderer,
    messages: content.messages,
    sender,
  });
  const transport = (workspaceId: string) => sender.transport(workspaceId);
  const delivery = createDelivery({
    database,
    clock,
    ids,
    log,
    metrics: createDeliveryMetrics(metrics.registry),
    failpoint,
    worker: `${config.host}:${process.pid}`,
    workspaceIds: access.listWorkspaceIds,
    alone: config.databaseUrl === undefined,
    settings,
    audit,
    brake: { engagedFor: brake.engagedForClaim },
    consent: consents.consent,
    suppression: consents.suppression,
    pauses: consents.pauses,
    recommend,
    profiles,
    products,
    decisions,
    collect,
    sender,
    composer,
    transport,
    progressed: (workspaceId, campaignId) => live.tell(workspaceId, { kind: 'campaign', id: campaignId }),
  });
  const campaigns = createCampaigns({
    database,
    clock,
    ids,
    log,
    failpoint,
    workspaceIds: access.listWorkspaceIds,
    settings,
    audit,
    entities: consents.entities,
    topics: consents.topics,
    segments: { ...segments, explain: explainRule },
    profiles,
    products,
    experiments,
    recommend,
    messages: content.messages,
    lint: content.lint,
    checkSender: sender.forCampaign,
    senderSeen: sender.seenAs,
    composer,
    transport,
    delivery,
    addressOf: async (actor) => (await access.introduce(actor)).email,
  });
  const measure = createMeasure({
    database,
    clock,
    facts: {
      campaign: (tx: Tx, id: string) => campaigns.byId(tx, id),
      sendStates: (tx: Tx, id: string) => delivery.statesByVariant(tx, id),
    },
    assignments: experiments.assignments,
    events: collect.eventReader,
    settings,
  });
  const home = createHome({
    database,
    clock,
    log,
    brake,
    team: access.team,
    timeZone,
    sender,
    delivery,
    segments,
    messages: content.messages,
    events: collect.eventReader,
    findingOf: async (workspaceId, campaignId, language) => {
      const report = await measure.campaignReport(workspaceId, campaignId);
      return findingOf(report, { language, timeZone: await timeZone(workspaceId) });
    },
    publish: live.publish,
  });

  return {
    ids,
    tokens,
    metrics,
    jobs,
    live,
    audit,
    consents,
    brake,
    access,
    settings,
    profiles,
    products,
    collect,
    replicateProfiles,
    turn,
    timeZone,
    segments,
    segmentSizes,
    vocabulary,
    imports,
    experiments,
    decisions,
    recommend,
    content,
    sender,
    composer,
    delivery,
    campaigns,
    measure,
    home,
  };
};

export type App = ReturnType<typeof createApp>;
