import { Registry } from 'prom-client';
import { createDecisions } from '#choose/policy';
import { createRecommend } from '#choose/recommend';
import { createAudit } from '#guard/audit';
import { createBrake } from '#guard/brake';
import { createConsentRoom } from '#guard/consent';
import { createProducts } from '#know/catalog';
import { createCollect, type NewEvent } from '#know/collect';
import { createProfiles, purchases } from '#know/profiles';
import { composeMail, createTransport } from '#platform/mail';
import { createTestStores } from '#testing';
import { createMetrics } from './metrics.ts';
import {
  type ClaimedChunk,
  type Composed,
  type DeliveryDeps,
  deliveryActor,
  type FailpointHook,
} from './ports.ts';
import type { RuleSettings } from './rule.ts';
import type { RunPlan } from './run-plan.ts';
import type { NewSend } from './send.ts';
import { createDelivery } from './service.ts';
import { createSmtpSink } from './smtp-sink-for-tests.ts';
import { endLeases } from './store-for-tests.ts';

const settings: RuleSettings = {
  timeZone: 'Europe/Paris',
  quietHours: { start: '08:00', end: '20:00' },
  pressureCap: { messages: 2, hours: 168 },
};

export const compose = async (chunk: ClaimedChunk): Promise<readonly Composed[]> =>
  Promise.all(
    chunk.sends.map(async (send): Promise<Composed> => {
      const mail = await composeMail({
        from: { address: 'shop@shop.test' },
        to: { address: send.address },
        subject: 'Hello',
        html: `<p>${send.variant.key}</p>`,
        text: send.facts.products.map(({ sku }) => sku).join(' '),
        headers: { 'X-Send': send.id },
        messageId: send.id,
        date: new Date(0),
      });
      return { ok: true, mail, subject: 'Hello' };
    }),
  );

/** Real stores, real rules, a real SMTP sink with a journal of its own; people who agreed to be written to. */
export const createWorld = async () => {
  const stores = await createTestStores();
  const { database, clickhouse, clock, ids, workspaceId, secrets, log } = stores;
  const audit = createAudit({ database, clock });
  const room = createConsentRoom({ ids, clock, audit, secrets });
  const brake = createBrake({ clock, audit });
  const profiles = createProfiles({ ids, clock });
  const collect = createCollect({ database, clickhouse, clock });
  const products = createProducts({ ids, clock });
  const sink = await createSmtpSink();
  const transports = new Set<ReturnType<typeof createTransport>>();
  const events: NewEvent[] = [];
  const actor = {
    ...deliveryActor(workspaceId),
    kind: 'account' as const,
    id: 'ann',
    name: 'Ann',
    personId: 'ann',
  };
  const entityId = ids.next();
  await database.inWorkspace(workspaceId, (tx) => brake.init(tx));

  const transportTo = (port: number): ReturnType<typeof createTransport> => {
    const transport = createTransport({ host: '127.0.0.1', port, security: 'none', connections: 4 });
    transports.add(transport);
    return transport;
  };
  const transport = transportTo(sink.port);

  const deps = (change: Partial<DeliveryDeps> = {}): DeliveryDeps => ({
    database,
    clock,
    ids,
    log,
    metrics: createMetrics(new Registry()),
    failpoint: () => undefined,
    worker: 'test',
    workspaceIds: async () => [workspaceId],
    settings: { get: async () => settings },
    audit,
    brake: { engagedFor: brake.engagedForClaim },
    consent: room.consent,
    suppression: room.suppression,
    pauses: room.pauses,
    recommend: createRecommend({ database, clock, products, purchases, events: { query: async () => [] } }),
    profiles,
    products,
    decisions: createDecisions(),
    collect: {
      append: async (tx, added) => {
        await collect.append(tx, added);
        events.push(...added);
      },
    },
    sender: { seenAs: async () => 'sender' },
    composer: { compose },
    transport: async () => transport,
    ...change,
    options: { chunkSize: 100, attemptSize: 25, ...change.options },
  });

  /** People with an address and a consent that stands, in the order made. */
  const people = (count: number, from = 0): Promise<readonly string[]> =>
    database.inWorkspace(workspaceId, async (tx) => {
      const rows = Array.from({ length: count }, (_, index) => ({
        key: String(index),
        email: `p${from + index}@example.test`,
        firstName: `P${from + index}`,
      }));
      const found = await profiles.upsert(tx, rows);
      const profileIds = rows.map(({ key }) => found.get(key) ?? '');
      await room.consent.append(
        tx,
        profileIds.map((profileId) => ({
          profileId,
          entityId,
          channel: 'email',
          purpose: 'prospecting',
          state: 'granted',
          at: clock.now(),
          proof: { method: 'api', source: 'test' },
        })),
      );
      return profileIds;
    });

  const plan = (change: Partial<RunPlan> = {}): RunPlan => ({
    campaignId: ids.next(),
    campaignName: 'Spring',
    entityId,
    topic: null,
    variants: [{ key: 'A', messageId: ids.next(), subject: 'Hello', share: 1, contentHash: 'h' }],
    productCount: 0,
    onPressure: 'block',
    approverNames: ['Bob'],
    audienceRule: { words: { en: 'everybody', fr: 'tout le monde' }, hash: 'r' },
    holdoutShare: 0,
    globalHoldoutShare: 0,
    modelVersions: {},
    ...change,
  });

  const delivery = createDelivery(deps());

  /** A run with one queued send per person. */
  const start = async (
    profileIds: readonly string[],
    change: Partial<RunPlan> = {},
    send: Partial<NewSend> = {},
  ) => {
    const run = plan(change);
    await database.inWorkspace(workspaceId, async (tx) => {
      await delivery.open(tx, run);
      await delivery.enqueue(
        tx,
        run.campaignId,
        profileIds.map((profileId) => ({ profileId, variant: 'A', products: [], probability: 1, ...send })),
      );
    });
    return run.campaignId;
  };

  const counts = async (campaignId: string): Promise<Readonly<Record<string, number>>> => {
    const rows = await database.inWorkspace(workspaceId, (tx) => delivery.states(tx, campaignId));
    return Object.fromEntries(
      rows.map(({ state, reason, count }) => [reason ? `${state}:${reason}` : state, count]),
    );
  };

  const drain = async (worker = delivery.worker): Promise<void> => {
    while ((await worker.tick()).worked);
  };

  return {
    ...stores,
    ...room,
    audit,
    brake,
    collect,
    actor,
    entityId,
    products,
    purchases,
    sink,
    events,
    deps,
    delivery,
    people,
    plan,
    start,
    counts,
    drain,
    endLeases: () => database.inWorkspace(workspaceId, endLeases),
    transportTo,
    inWorkspace: <T>(work: Parameters<typeof database.inWorkspace<T>>[1]) =>
      database.inWorkspace(workspaceId, work),
    close: async () => {
      for (const open of transports) open.close();
      await sink.close();
      await stores.close();
    },
  };
};

export type World = Awaited<ReturnType<typeof createWorld>>;

/** Throws at one point, the `hit`-th time it is passed: the process as far as this worker is concerned is gone. */
export const crashAt = (point: Parameters<FailpointHook>[0], hit = 1): FailpointHook => {
  let passed = 0;
  return (name) => {
    if (name !== point) return;
    passed += 1;
    if (passed === hit) throw new Error(`crashed at ${point}`);
  };
};
