import { Registry } from 'prom-client';
import { SMTPServer } from 'smtp-server';
import { createExperiments } from '#choose/experiments';
import { createDecisions } from '#choose/policy';
import { createRecommend } from '#choose/recommend';
import type { Actor } from '#guard/access';
import { createSettings } from '#guard/access';
import { createAudit } from '#guard/audit';
import { createBrake } from '#guard/brake';
import { createConsentRoom } from '#guard/consent';
import { createProducts } from '#know/catalog';
import { createCollect } from '#know/collect';
import { createProfiles, createReplicateProfiles, purchases } from '#know/profiles';
import { createSegments } from '#know/segments';
import { createContent } from '#reach/content';
import { createComposer, createDelivery, createDeliveryMetrics, type FailpointHook } from '#reach/delivery';
import { createSender } from '#reach/sender';
import { createTestStores } from '#testing';
import type { CampaignDefinition } from './campaign.ts';
import type { CampaignsDeps } from './ports.ts';
import { createCampaigns } from './service.ts';

export const footer = `<mj-text>{{ sender.name }} {{ sender.address }} <a href="{{ links.unsubscribe }}">Unsubscribe</a>
  <a href="{{ links.preferences }}">Preferences</a> <a href="{{ links.why }}">Why did I get this?</a></mj-text>`;

export const mjml = (body: string, rest = footer): string =>
  `<mjml><mj-head><mj-title>News</mj-title></mj-head><mj-body><mj-section><mj-column>${body}${rest}</mj-column></mj-section></mj-body></mjml>`;

const createSink = async () => {
  const journal: { to: string; raw: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        journal.push({
          to: session.envelope.rcptTo[0]?.address ?? '',
          raw: Buffer.concat(parts).toString('latin1'),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  return {
    journal,
    port: typeof address === 'object' && address ? address.port : 0,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};

/** The whole way from people to the mail server, with nothing in between that is not the real thing. */
export const createWorld = async () => {
  const stores = await createTestStores();
  const { database, clickhouse, clock, ids, workspaceId, secrets, tokens, log } = stores;
  const audit = createAudit({ database, clock });
  const settings = createSettings({ audit });
  const guard = createConsentRoom({ ids, clock, audit, secrets });
  const brake = createBrake({ clock, audit });
  const profiles = createProfiles({ ids, clock });
  const products = createProducts({ ids, clock });
  const collect = createCollect({ database, clickhouse, clock });
  const replicate = createReplicateProfiles({ database, clickhouse });
  const timeZone = async (): Promise<string> => 'Europe/Paris';
  const segments = createSegments({
    eventReader: collect.eventReader,
    clock,
    ids,
    audit,
    timeZone,
    upToDate: replicate.catchUp,
  });
  const recommend = createRecommend({ database, clock, events: collect.eventReader, products, purchases });
  const experiments = createExperiments();
  const decisions = createDecisions();
  const content = createContent({ ids, clock, audit });
  const sender = createSender({
    database,
    secrets,
    clock,
    ids,
    audit,
    settings,
    entities: guard.entities,
    catcher: null,
    resolver: async () => [],
  });
  const sink = await createSink();
  const workspaceIds = async (): Promise<readonly string[]> => [workspaceId];

  const person = (name: string): Actor => ({
    kind: 'account',
    id: name.toLowerCase(),
    personId: name.toLowerCase(),
    name,
    roles: ['marketer', 'approver', 'admin'],
    workspaceId,
  });
  const ann = person('Ann');
  const inWorkspace = <T>(work: Parameters<typeof database.inWorkspace<T>>[1]): Promise<T> =>
    database.inWorkspace(workspaceId, work);

  const visible = { fromName: 'Shop', fromAddress: 'news@shop.test', replyTo: null };
  const legal = {
    name: 'Shop SAS',
    address: '1 rue du Test, Paris',
    contactEmail: 'hello@shop.test',
    privacyUrl: null,
  };
  const entityId = await inWorkspace(async (tx) => {
    await brake.init(tx);
    await settings.save(tx, { publicUrl: 'https://shop.test', globalHoldoutShare: 0.05 }, ann);
    const { id } = await guard.entities.save(tx, legal, ann);
    await sender.saveIdentity(tx, { entityId: id, ...visible }, ann);
    const smtp = { kind: 'smtp', host: '127.0.0.1', port: sink.port, security: 'none', user: null } as const;
    await sender.saveTransport(tx, smtp, ann);
    return id;
  });

  const composer = createComposer({
    database,
    clock,
    tokens,
    renderer: content.renderer,
    messages: content.messages,
    sender,
  });

  const build = (failpoint: FailpointHook = () => undefined, change: Partial<CampaignsDeps> = {}) => {
    const delivery = createDelivery({
      database,
      clock,
      ids,
      log,
      metrics: createDeliveryMetrics(new Registry()),
      failpoint,
      worker: 'test',
      workspaceIds,
      settings,
      audit,
      brake: { engagedFor: brake.engagedForClaim },
      consent: guard.consent,
      suppression: guard.suppression,
      pauses: guard.pauses,
      recommend,
      profiles,
      products,
      decisions,
      collect,
      sender,
      composer,
      transport: sender.transport,
    });
    const campaigns = createCampaigns({
      database,
      clock,
      ids,
      log,
      failpoint,
      workspaceIds,
      settings,
      audit,
      entities: guard.entities,
      topics: guard.topics,
      segments,
      profiles,
      products,
      experiments,
      recommend,
      messages: content.messages,
      lint: content.lint,
      checkSender: sender.forCampaign,
      senderSeen: sender.seenAs,
      composer,
      transport: sender.transport,
      delivery,
      addressOf: async (actor) => (actor.kind === 'account' ? `${actor.id}@shop.test` : null),
      ...change,
    });
    return { delivery, campaigns };
  };

  /** People with an address; every one with a consent unless `without` says otherwise. */
  const people = async (
    count: number,
    input: {
      readonly without?: (index: number) => boolean;
      readonly city?: string;
      readonly prefix?: string;
    } = {},
  ): Promise<readonly string[]> => {
    const made = await inWorkspace(async (tx) => {
      const rows = Array.from({ length: count }, (_, index) => ({
        key: String(index),
        email: `${input.prefix ?? 'p'}${index}@example.test`,
        firstName: `P${index}`,
        city: input.city ?? 'Lille',
      }));
      const found = await profiles.upsert(tx, rows);
      const all = rows.map(({ key }) => found.get(key) ?? '');
      const agreed = all.filter((_, index) => !input.without?.(index));
      await guard.consent.append(
        tx,
        agreed.map((profileId) => ({
          profileId,
          entityId,
          channel: 'email',
          purpose: 'prospecting',
          state: 'granted',
          at: clock.now(),
          proof: { method: 'api', source: 'test' },
        })),
      );
      return all;
    });
    while ((await replicate.tick(workspaceId)).copied > 0);
    return made;
  };

  const message = async (
    body = '<mj-text>Hello {{ profile.first_name }}</mj-text>',
    subject = 'News of the week',
  ): Promise<string> => {
    const prepared = await content.prepare({ subject, mjml: mjml(body), language: 'en' });
    return (
      await inWorkspace((tx) => content.messages.create(tx, { name: 'News', content: prepared, actor: ann }))
    ).message.id;
  };

  const editMessage = async (id: string, body: string, actor = ann): Promise<void> => {
    const prepared = await content.prepare({ subject: 'News of the week', mjml: mjml(body), language: 'en' });
    await inWorkspace(async (tx) => {
      const { version } = (await content.messages.read(tx, id)).message;
      await content.messages.update(tx, { id, basedOn: version, content: prepared, actor });
    });
  };

  let made = 0;
  const segment = (city: string) => {
    made += 1;
    const rule = { kind: 'field', field: 'city', test: { operator: 'equals', value: city } } as const;
    return inWorkspace((tx) => segments.create(tx, ann, { name: `City ${made}`, rule }));
  };

  const definition = (change: Partial<CampaignDefinition> = {}): CampaignDefinition => ({
    name: 'Spring',
    segmentId: null,
    topic: null,
    entityId: null,
    variants: [],
    holdoutShare: 0.1,
    productCount: 0,
    onPressure: 'block',
    startAt: null,
    ...change,
  });

  return {
    ...stores,
    audit,
    guard,
    brake,
    settings,
    segments,
    content,
    products,
    purchases,
    experiments,
    decisions,
    profiles,
    sink,
    ann,
    person,
    entityId,
    legal,
    identity: { entityId, ...visible },
    sender,
    inWorkspace,
    build,
    people,
    message,
    editMessage,
    segment,
    definition,
    close: async () => {
      sender.close();
      await content.stop();
      await sink.close();
      await stores.close();
    },
  };
};

export type World = Awaited<ReturnType<typeof createWorld>>;
