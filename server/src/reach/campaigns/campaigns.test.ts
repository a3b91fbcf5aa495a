import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Failpoint } from '#reach/delivery';
import type { CampaignDefinition } from './campaign.ts';
import type { Campaigns } from './service.ts';
import { createWorld, type World } from './world-for-tests.ts';

let world: World;
let campaigns: Campaigns;
let delivery: ReturnType<World['build']>['delivery'];
let messageId: string;
let lille: Awaited<ReturnType<World['segment']>>;

beforeAll(async () => {
  world = await createWorld();
  ({ campaigns, delivery } = world.build());
  await world.people(300, { without: (index) => index % 10 === 0 });
  messageId = await world.message();
  lille = await world.segment('Lille');
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance(30 * 86_400_000));

const complete = (change: Partial<CampaignDefinition> = {}): CampaignDefinition =>
  world.definition({ segmentId: lille.id, variants: [{ key: 'A', messageId, weight: 1 }], ...change });

const submitted = async (change: Partial<CampaignDefinition> = {}, using = campaigns) => {
  const { campaign } = await using.create(world.workspaceId, complete(change), world.ann);
  return (await using.submit(world.workspaceId, campaign.id, { version: campaign.version, actor: world.ann }))
    .campaign;
};

const approved = async (change: Partial<CampaignDefinition> = {}, using = campaigns) => {
  const { id, version } = await submitted(change, using);
  const { fingerprint } = await using.review(world.workspaceId, id);
  return (await using.approve(world.workspaceId, id, { version, fingerprint, actor: world.person('Bob') }))
    .campaign;
};

const scheduled = async (change: Partial<CampaignDefinition> = {}, using = campaigns) => {
  const { id, version } = await approved(change, using);
  return (await using.start(world.workspaceId, id, { version, actor: world.ann })).campaign;
};

const drain = async (): Promise<void> => {
  while ((await delivery.worker.tick()).worked);
};

const reasonOf = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    await call;
  } catch (error) {
    return error instanceof Error && 'details' in error
      ? (error.details as { reason?: string } | undefined)?.reason
      : error;
  }
  return 'done';
};

describe('a campaign', () => {
  it('goes from draft to finished, and every person of its audience is accounted for', async () => {
    const { id } = await scheduled({
      variants: [
        { key: 'A', messageId, weight: 1 },
        { key: 'B', messageId: await world.message(), weight: 3 },
      ],
    });
    expect(await campaigns.worker.tick()).toBe(true);
    const started = await campaigns.progress(world.workspaceId, id);
    expect(started).toMatchObject({ state: 'sending', audience: 300, unaccounted: 0 });
    expect(started.counts.blocked).toBe(30);
    await drain();
    await campaigns.worker.tick();
    const done = await campaigns.progress(world.workspaceId, id);
    expect(done).toMatchObject({ state: 'finished', unaccounted: 0 });
    expect(done.counts.accepted + done.globalHoldout + done.campaignHoldout).toBe(270);
    expect(done.globalHoldout).toBeGreaterThan(0);
    expect(done.campaignHoldout).toBeGreaterThan(0);
    expect(done.byReason.find(({ state }) => state === 'blocked')).toMatchObject({
      reason: 'no_consent',
      count: 30,
    });
    const { b } = await world.inWorkspace((tx) =>
      tx.one<{ b: number }>(`select count(*) as b from send where campaign_id = $1 and variant = 'B'`, [id]),
    );
    expect(b / done.counts.accepted).toBeGreaterThan(0.6);
    const { history } = await campaigns.get(world.workspaceId, id);
    expect(history.map(({ verdict }) => verdict)).toEqual(['submitted', 'approved']);
    expect(await world.inWorkspace((tx) => world.audit.verifyChain(tx))).toMatchObject({ intact: true });
  });

  it('sends what its reader may have: own links, one-click headers, no trace of the person without consent', async () => {
    const before = world.sink.journal.length;
    const tracked = await world.message(
      '<mj-text>Hello <a href="https://shop.test/tea">our tea</a></mj-text>',
    );
    const { id } = await scheduled({
      variants: [{ key: 'A', messageId: tracked, weight: 1 }],
      holdoutShare: 0,
    });
    await campaigns.worker.tick();
    await drain();
    const mails = world.sink.journal.slice(before);
    expect(mails).toHaveLength((await campaigns.progress(world.workspaceId, id)).counts.accepted);
    const read = await Promise.all(
      mails.slice(0, 20).map(({ raw }) => simpleParser(Buffer.from(raw, 'latin1'))),
    );
    const linksOf = (html: string, path: string): string[] =>
      html.match(new RegExp(`https://shop\\.test/${path}/[\\w.-]+`, 'g')) ?? [];
    for (const mail of read) {
      const lines = mail.headerLines.filter(({ key }) => key.startsWith('list-unsubscribe'));
      expect(lines).toHaveLength(2);
      expect(lines.find(({ key }) => key === 'list-unsubscribe-post')?.line).toBe(
        'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
      );
      expect(String(mail.html)).not.toMatch(/<img/);
      // RFC 8058 section 3.1: the address as it is, never an encoded word; header and body lead to the same page.
      const [own] = linksOf(String(mail.html), 'p/u');
      expect(lines.find(({ key }) => key === 'list-unsubscribe')?.line.replace(/\s/g, '')).toBe(
        `List-Unsubscribe:<${own}>`,
      );
    }
    const all = (path: string): Set<string> =>
      new Set(read.flatMap(({ html }) => linksOf(String(html), path)));
    expect(all('p/u').size).toBe(20);
    expect(all('p/why').size).toBe(20);
    // Without consent to click tracking everybody carries the same link: it names the campaign, not the person (T-07).
    expect(all('t').size).toBe(1);
  });

  it('records the subject as its reader got it, not the template', async () => {
    const own = await world.message(undefined, 'For {{ profile.first_name }}');
    const { id } = await scheduled({ variants: [{ key: 'A', messageId: own, weight: 1 }], holdoutShare: 0 });
    await campaigns.worker.tick();
    await drain();
    const sends = await world.inWorkspace((tx) =>
      delivery.list(tx, { campaignId: id, state: 'accepted', limit: 5 }),
    );
    expect(sends).toHaveLength(5);
    for (const { decisionId, profileId } of sends) {
      const { subject, firstName } = await world.inWorkspace(async (tx) => ({
        subject: (await world.decisions.byId(tx, decisionId ?? ''))?.message.subject,
        firstName: (await world.profiles.byIds(tx, [profileId])).get(profileId)?.firstName,
      }));
      expect(subject).toBe(`For ${firstName}`);
    }
    const [send] = sends;
    const [listed] = await world.inWorkspace((tx) => world.decisions.ofProfile(tx, send?.profileId ?? '', 1));
    const latest = await world.inWorkspace((tx) =>
      world.decisions.latestFor(tx, { campaignId: id, profileId: send?.profileId ?? '' }),
    );
    expect(listed?.message.subject).toMatch(/^For P\d+$/);
    expect(latest).toEqual(listed);
  });

  it('starts at its time and not before', async () => {
    const startAt = new Date(world.clock.now().getTime() + 3_600_000);
    const { id } = await scheduled({ startAt });
    await campaigns.worker.tick();
    expect((await campaigns.progress(world.workspaceId, id)).state).toBe('scheduled');
    world.clock.set(startAt);
    await campaigns.worker.tick();
    expect((await campaigns.progress(world.workspaceId, id)).state).toBe('sending');
    await campaigns.stop(world.workspaceId, id, world.ann);
  });

  it('pauses, resumes and stops', async () => {
    const { id } = await scheduled();
    await campaigns.worker.tick();
    await campaigns.pause(world.workspaceId, id, world.ann);
    await drain();
    const { counts } = await campaigns.progress(world.workspaceId, id);
    expect(counts.accepted).toBe(0);
    await campaigns.resume(world.workspaceId, id, world.ann);
    await delivery.worker.tick();
    await campaigns.stop(world.workspaceId, id, world.ann);
    await drain();
    const stopped = await campaigns.progress(world.workspaceId, id);
    expect(stopped).toMatchObject({ state: 'stopped', unaccounted: 0 });
    expect(stopped.counts.accepted + stopped.counts.cancelled).toBe(counts.queued);
    expect(stopped.counts.accepted).toBeGreaterThan(0);
  });

  it('is duplicated as a draft of one’s own', async () => {
    const original = await approved();
    const { campaign } = await campaigns.duplicate(world.workspaceId, original.id, {
      actor: world.person('Cleo'),
    });
    expect(campaign).toMatchObject({
      state: 'draft',
      version: 1,
      name: 'Spring (2)',
      variants: original.variants,
      author: { id: 'cleo' },
    });
  });
});

describe('an approval', () => {
  it('is never given by the author, the last editor, a token of theirs, or nobody', async () => {
    const { campaign: draft } = await campaigns.create(world.workspaceId, complete(), world.ann);
    const { campaign } = await campaigns.update(world.workspaceId, draft.id, {
      version: 1,
      change: { name: 'Summer' },
      actor: world.person('Bob'),
    });
    await campaigns.submit(world.workspaceId, campaign.id, { version: 2, actor: world.ann });
    const { fingerprint } = await campaigns.review(world.workspaceId, campaign.id);
    const approve = (actor: typeof world.ann) =>
      reasonOf(campaigns.approve(world.workspaceId, campaign.id, { version: 2, fingerprint, actor }));
    expect(await approve(world.ann)).toBe('own_work');
    expect(await approve(world.person('Bob'))).toBe('own_work');
    expect(await approve({ ...world.person('Cleo'), kind: 'token', id: 'token-1', personId: 'bob' })).toBe(
      'own_work',
    );
    expect(await approve({ ...world.person('Cleo'), kind: 'system', personId: null })).toBe('person_needed');
    expect(await approve(world.person('Cleo'))).toBe('done');
  });

  it('needs two people even when a machine wrote the draft', async () => {
    const machine = { ...world.person('Operator'), kind: 'token' as const, id: 'local', personId: null };
    const { campaign } = await campaigns.create(world.workspaceId, complete(), machine);
    const submit = (actor: typeof world.ann) =>
      reasonOf(campaigns.submit(world.workspaceId, campaign.id, { version: 1, actor }));
    expect(await submit(machine)).toBe('person_needed');
    expect(await submit(world.person('Dora'))).toBe('done');
    const { fingerprint } = await campaigns.review(world.workspaceId, campaign.id);
    const approve = (actor: typeof world.ann) =>
      reasonOf(campaigns.approve(world.workspaceId, campaign.id, { version: 1, fingerprint, actor }));
    expect(await approve(world.person('Dora'))).toBe('own_work');
    expect(await approve(world.person('Cleo'))).toBe('done');
  });

  it('is never given by who wrote the text or the audience as they stand (S-06, P-20)', async () => {
    const approve = async (change: Partial<CampaignDefinition>, name: string) => {
      const { id, version } = await submitted(change);
      const { fingerprint } = await campaigns.review(world.workspaceId, id);
      return reasonOf(
        campaigns.approve(world.workspaceId, id, { version, fingerprint, actor: world.person(name) }),
      );
    };
    const bob = world.person('Bob');
    const written = await world.message();
    await world.editMessage(written, '<mj-text>Bob’s own words</mj-text>', bob);
    const variants = [{ key: 'A', messageId: written, weight: 1 }];
    expect(await approve({ variants }, 'Bob')).toBe('own_work');
    expect(await approve({ variants }, 'Cleo')).toBe('done');
    const { rule, ...drawn } = await world.segment('Lille');
    await world.inWorkspace((tx) =>
      world.segments.update(tx, bob, {
        id: drawn.id,
        version: drawn.version,
        name: 'Bob’s people',
        rule: { kind: 'any', rules: [rule, { kind: 'trait', key: 'vip', test: { operator: 'exists' } }] },
      }),
    );
    expect(await approve({ segmentId: drawn.id }, 'Bob')).toBe('own_work');
    expect(await approve({ segmentId: drawn.id }, 'Cleo')).toBe('done');
  });

  it('is of what was looked at: another fingerprint or version is refused', async () => {
    const { id, version } = await submitted();
    const { fingerprint } = await campaigns.review(world.workspaceId, id);
    const bob = world.person('Bob');
    expect(
      await reasonOf(campaigns.approve(world.workspaceId, id, { version, fingerprint: 'x', actor: bob })),
    ).toBe('fingerprint');
    expect(
      await reasonOf(campaigns.approve(world.workspaceId, id, { version: 2, fingerprint, actor: bob })),
    ).toBe('version');
  });

  const changes: readonly (readonly [string, Partial<CampaignDefinition>])[] = [
    ['name', { name: 'Other' }],
    ['topic', { topic: 'news' }],
    ['schedule', { startAt: new Date('2030-01-01T10:00:00Z') }],
    ['holdout', { holdoutShare: 0.2 }],
    ['products', { productCount: 1 }],
    ['pressure', { onPressure: 'hold' }],
    ['nothing at all, saved again', {}],
  ];

  it.each(changes)('is void after a change of %s', async (_part, change) => {
    const { id, version } = await approved();
    const { campaign, approval } = await campaigns.update(world.workspaceId, id, {
      version,
      change,
      actor: world.ann,
    });
    expect(campaign).toMatchObject({ state: 'draft', version: version + 1 });
    expect(approval?.valid).toBe(false);
    expect(
      await reasonOf(campaigns.start(world.workspaceId, id, { version: version + 1, actor: world.ann })),
    ).toBe('state');
  });

  it('is void after a change of weights or messages of the variants', async () => {
    for (const variants of [
      [{ key: 'A', messageId, weight: 2 }],
      [{ key: 'A', messageId: await world.message(), weight: 1 }],
      [
        { key: 'A', messageId, weight: 1 },
        { key: 'B', messageId, weight: 1 },
      ],
    ]) {
      const { id, version } = await approved();
      const { approval } = await campaigns.update(world.workspaceId, id, {
        version,
        change: { variants },
        actor: world.ann,
      });
      expect(approval?.valid).toBe(false);
    }
  });

  it('is void when the message was edited: it does not start, and says why', async () => {
    const edited = await world.message();
    const { id, version } = await approved({ variants: [{ key: 'A', messageId: edited, weight: 1 }] });
    await world.editMessage(edited, '<mj-text>Hello {{ profile.first_name }}, one word more</mj-text>');
    expect((await campaigns.get(world.workspaceId, id)).approval).toMatchObject({
      valid: false,
      changed: ['content'],
    });
    expect(await reasonOf(campaigns.start(world.workspaceId, id, { version, actor: world.ann }))).toBe(
      'approval_void',
    );
  });

  it('is void when the audience was edited after scheduling: not one row is written', async () => {
    const segment = await world.segment('Lille');
    const { id } = await scheduled({ segmentId: segment.id });
    const rule = { kind: 'not', rule: segment.rule } as const;
    await world.inWorkspace((tx) =>
      world.segments.update(tx, world.ann, { id: segment.id, version: 1, name: segment.name, rule }),
    );
    await campaigns.worker.tick();
    const now = await campaigns.get(world.workspaceId, id);
    expect(now.campaign).toMatchObject({ state: 'draft', trouble: { code: 'approval_void' } });
    expect(now.history.map(({ verdict }) => verdict)).toEqual(['submitted', 'approved', 'voided']);
    expect((await campaigns.progress(world.workspaceId, id)).byReason).toEqual([]);
  });

  const seen: readonly [string, () => Promise<unknown>][] = [
    ['From name', () => identity({ fromName: 'Another shop' })],
    ['From address', () => identity({ fromAddress: 'other@shop.test' })],
    ['reply-to', () => identity({ replyTo: 'answers@shop.test' })],
    ['legal name', () => legal({ name: 'Shop SARL' })],
    ['postal address', () => legal({ address: '2 rue du Test, Paris' })],
    ['contact', () => legal({ contactEmail: 'contact@shop.test' })],
    ['privacy page', () => legal({ privacyUrl: 'https://shop.test/privacy' })],
  ];
  const identity = (change: object = {}) =>
    world.inWorkspace((tx) => world.sender.saveIdentity(tx, { ...world.identity, ...change }, world.ann));
  const legal = (change: object = {}) =>
    world.inWorkspace((tx) =>
      world.guard.entities.save(tx, { ...world.legal, ...change, id: world.entityId }, world.ann),
    );
  const asBefore = async (): Promise<void> => {
    await identity();
    await legal();
  };

  it.each(seen)(
    'is void when the sender’s %s changed: the recipient would see another',
    async (_what, change) => {
      const { id, version } = await approved();
      try {
        await change();
        expect((await campaigns.get(world.workspaceId, id)).approval).toMatchObject({
          valid: false,
          changed: ['sender'],
        });
        expect(await reasonOf(campaigns.start(world.workspaceId, id, { version, actor: world.ann }))).toBe(
          'approval_void',
        );
      } finally {
        await asBefore();
      }
      expect((await campaigns.get(world.workspaceId, id)).approval).toMatchObject({ valid: true });
    },
  );

  it('holds what is sending while its sender is another than the approved one', async () => {
    const { id } = await scheduled();
    await campaigns.worker.tick();
    try {
      await identity({ fromName: 'Another shop' });
      const before = world.sink.journal.length;
      await drain();
      expect(world.sink.journal.length).toBe(before);
      expect(await campaigns.progress(world.workspaceId, id)).toMatchObject({
        state: 'sending',
        trouble: { code: 'sender_changed' },
      });
    } finally {
      await asBefore();
    }
    await drain();
    await campaigns.worker.tick();
    expect(await campaigns.progress(world.workspaceId, id)).toMatchObject({
      state: 'finished',
      trouble: null,
    });
  });

  it('can be answered by a request for changes', async () => {
    const { id, version } = await submitted();
    const { campaign } = await campaigns.requestChanges(world.workspaceId, id, {
      version,
      comment: 'Softer, please.',
      actor: world.person('Bob'),
    });
    expect(campaign.state).toBe('draft');
    expect((await campaigns.get(world.workspaceId, id)).history.at(-1)).toMatchObject({
      verdict: 'changes_requested',
      comment: 'Softer, please.',
    });
  });

  it('lets nobody overwrite somebody else’s change', async () => {
    const { campaign } = await campaigns.create(world.workspaceId, complete(), world.ann);
    const save = (name: string) =>
      campaigns.update(world.workspaceId, campaign.id, { version: 1, change: { name }, actor: world.ann });
    const outcomes = await Promise.all([reasonOf(save('One')), reasonOf(save('Two'))]);
    expect(outcomes.sort()).toEqual(['done', 'version']);
  });
});

describe('the review', () => {
  it('says what would happen, and what happens is that', async () => {
    const { id } = await submitted();
    const radius = await campaigns.review(world.workspaceId, id);
    expect(radius).toMatchObject({ audience: 300, ready: true, productsChecked: true });
    expect(radius.removed).toEqual([{ rule: 'consent', reason: 'no_consent', count: 30 }]);
    expect(radius.wouldGet + radius.globalHoldout + radius.campaignHoldout).toBe(270);
    expect(radius.previews).toHaveLength(10);
    expect(radius.previews.every(({ result }) => result.ok)).toBe(true);
    await campaigns.approve(world.workspaceId, id, {
      version: 1,
      fingerprint: radius.fingerprint,
      actor: world.person('Bob'),
    });
    await campaigns.start(world.workspaceId, id, { version: 1, actor: world.ann });
    await campaigns.worker.tick();
    await drain();
    const { counts, globalHoldout, campaignHoldout } = await campaigns.progress(world.workspaceId, id);
    expect(counts.accepted).toBe(radius.wouldGet);
    expect({ globalHoldout, campaignHoldout }).toEqual({
      globalHoldout: radius.globalHoldout,
      campaignHoldout: radius.campaignHoldout,
    });
  });

  it('shows who stopped personalisation what they would get: nothing of their own taste', async () => {
    await world.inWorkspace((tx) =>
      world.products.upsert(
        tx,
        ['own', 'everybody'].map((sku) => ({
          sku,
          name: `The ${sku} product`,
          category: 'home',
          unitPrice: '5',
          currency: 'EUR',
          url: `https://shop.test/${sku}`,
        })),
      ),
    );
    const people = await world.people(4, { city: 'Brest', prefix: 'brest' });
    await world.inWorkspace((tx) =>
      world.guard.consent.withdraw(tx, {
        profileIds: people.slice(0, 2),
        entityIds: [world.entityId],
        channel: 'email',
        purposes: ['personalisation'],
        proof: { method: 'page', source: 'test' },
      }),
    );
    const forProfiles = async (_workspaceId: string, ids: readonly string[]) =>
      new Map(
        ids.map((id) => [
          id,
          people.indexOf(id) === 3
            ? [{ sku: 'everybody', score: 1, reason: 'popular' as const, basis: {} }]
            : [{ sku: 'own', score: 1, reason: 'rebuy' as const, basis: {} }],
        ]),
      );
    const using = world.build(undefined, { recommend: { forProfiles, model: async () => null } });
    const shown = await world.message(
      '<mj-raw>{% for product in products %}</mj-raw><mj-text>{{ product.name }}</mj-text><mj-raw>{% endfor %}</mj-raw>',
    );
    const { campaign } = await using.campaigns.create(
      world.workspaceId,
      complete({
        segmentId: (await world.segment('Brest')).id,
        variants: [{ key: 'A', messageId: shown, weight: 1 }],
        productCount: 1,
        holdoutShare: 0,
      }),
      world.ann,
    );
    await world.inWorkspace((tx) => world.settings.save(tx, { globalHoldoutShare: 0 }, world.ann));
    const radius = await using.campaigns.review(world.workspaceId, campaign.id);
    await world.inWorkspace((tx) => world.settings.save(tx, { globalHoldoutShare: 0.05 }, world.ann));
    expect(radius).toMatchObject({ wouldGet: 4, removed: [] });
    const own = radius.previews.filter(({ result }) => result.ok && result.html.includes('The own product'));
    expect(new Set(own.map(({ profileId }) => profileId))).toEqual(new Set([people[2]]));
  });

  it('refuses what cannot be right: no audience, no message, nobody in it, a broken text', async () => {
    const codes = async (change: Partial<CampaignDefinition>) => {
      const { campaign } = await campaigns.create(world.workspaceId, complete(change), world.ann);
      const { findings } = await campaigns.review(world.workspaceId, campaign.id);
      expect(
        await reasonOf(campaigns.submit(world.workspaceId, campaign.id, { version: 1, actor: world.ann })),
      ).toBe('findings');
      return findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    };
    expect(await codes({ segmentId: null })).toContain('no_audience');
    expect(await codes({ segmentId: (await world.segment('Atlantis')).id })).toContain('empty_audience');
    expect(await codes({ variants: [] })).toContain('no_message');
    expect(await codes({ topic: 'unheard-of' })).toContain('unknown_topic');
    const broken = await world.message('<mj-text>{% if %}</mj-text>');
    expect(await codes({ variants: [{ key: 'A', messageId: broken, weight: 1 }] })).not.toEqual([]);
  });
});

describe('a start', () => {
  it('of an audience that has become empty says so and changes nothing', async () => {
    const [person] = await world.people(1, { city: 'Metz', prefix: 'metz' });
    const metz = await world.segment('Metz');
    const { id } = await scheduled({ segmentId: metz.id });
    const { campaigns: empty } = world.build(undefined, {
      segments: { ...world.segments, members: async () => [] },
    });
    expect(person).toBeDefined();
    await empty.worker.tick();
    expect((await campaigns.get(world.workspaceId, id)).campaign).toMatchObject({
      state: 'approved',
      trouble: { code: 'empty_audience' },
    });
  });

  it.each<[Failpoint, number]>([
    ['start.after-snapshot', 1],
    ['start.mid-enqueue', 1],
  ])('that dies at %s leaves no half audience; the next one completes it', async (point, hit) => {
    const { id } = await scheduled();
    let passed = 0;
    const doomed = world.build((name) => {
      if (name === point && ++passed === hit) throw new Error('crashed');
    });
    await expect(doomed.campaigns.worker.tick()).rejects.toThrow('crashed');
    expect((await campaigns.progress(world.workspaceId, id)).byReason).toEqual([]);
    await campaigns.worker.tick();
    expect(await campaigns.progress(world.workspaceId, id)).toMatchObject({
      state: 'sending',
      audience: 300,
      unaccounted: 0,
    });
    await campaigns.stop(world.workspaceId, id, world.ann);
  });

  it('that breaks in an unforeseen way holds up nobody else, and is tried again', async () => {
    const broken = await scheduled({ name: 'Broken' });
    const sound = await scheduled({ name: 'Sound' });
    const failing = world.build(undefined, {
      checkSender: async () => undefined,
      segments: {
        ...world.segments,
        get: async (tx, id) => {
          const before = await tx.one<{ state: string }>('select state from campaign where id = $1', [
            sound.id,
          ]);
          if (before.state === 'scheduled' && first++ === 0) throw new Error('memory limit exceeded');
          return world.segments.get(tx, id);
        },
      },
    });
    let first = 0;
    await expect(failing.campaigns.worker.tick()).rejects.toThrow('memory limit exceeded');
    expect((await campaigns.progress(world.workspaceId, broken.id)).state).toBe('scheduled');
    expect((await campaigns.progress(world.workspaceId, sound.id)).state).toBe('sending');
    await campaigns.worker.tick();
    expect((await campaigns.progress(world.workspaceId, broken.id)).state).toBe('sending');
    for (const { id } of [broken, sound]) await campaigns.stop(world.workspaceId, id, world.ann);
  });

  it('twice at once is once', async () => {
    const { id } = await scheduled();
    const outcomes = await Promise.all([1, 2, 3].map(() => campaigns.begin(world.workspaceId, id)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['not_due', 'not_due', 'started']);
    expect(await campaigns.progress(world.workspaceId, id)).toMatchObject({ audience: 300, unaccounted: 0 });
    await campaigns.stop(world.workspaceId, id, world.ann);
  });
});

describe('a test message', () => {
  it('goes to the actor alone, marked, and counts nowhere', async () => {
    const { campaign } = await campaigns.create(world.workspaceId, complete(), world.ann);
    const before = world.sink.journal.length;
    const outcome = await campaigns.testSend(world.workspaceId, campaign.id, {
      variant: 'A',
      actor: world.ann,
    });
    expect(outcome).toMatchObject({ to: 'ann@shop.test', outcome: 'accepted' });
    const [mail] = world.sink.journal.slice(before);
    expect(mail?.to).toBe('ann@shop.test');
    expect(mail?.raw).toMatch(/^Subject: \[test\] News of the week/m);
    expect((await campaigns.progress(world.workspaceId, campaign.id)).byReason).toEqual([]);
    const token = { ...world.ann, kind: 'system' as const };
    expect(
      await reasonOf(campaigns.testSend(world.workspaceId, campaign.id, { variant: 'A', actor: token })),
    ).toBe('person_needed');
  });

  it('goes to one person twenty times an hour at most, however many are asked for at once (S-05)', async () => {
    const { campaign } = await campaigns.create(world.workspaceId, complete(), world.ann);
    const send = (who: string) =>
      campaigns.testSend(world.workspaceId, campaign.id, { variant: 'A', actor: world.person(who) });
    const before = world.sink.journal.length;
    const outcomes = await Promise.allSettled(Array.from({ length: 22 }, () => send('Tess')));
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toHaveLength(2);
    expect(refused[0]).toMatchObject({
      code: 'rate_limited',
      message: expect.stringContaining('60 minutes'),
      details: { reason: 'test_limit', limit: 20 },
    });
    expect(world.sink.journal.length - before).toBe(20);
    expect((await send('Uma')).outcome).toBe('accepted');
    world.clock.advance(59 * 60_000);
    await expect(send('Tess')).rejects.toMatchObject({ message: expect.stringContaining('1 minute.') });
    world.clock.advance(60_000);
    expect((await send('Tess')).outcome).toBe('accepted');
    expect(await world.inWorkspace((tx) => tx.rows('select distinct at from campaign_test'))).toHaveLength(1);
  });
});

describe('products', () => {
  it('are recorded for everybody at the start, and shown', async () => {
    await world.inWorkspace(async (tx) => {
      const skus = ['tea', 'cup', 'pot', 'jam'];
      await world.products.upsert(
        tx,
        skus.map((sku) => ({
          sku,
          name: `The ${sku}`,
          category: 'home',
          unitPrice: '5',
          currency: 'EUR',
          url: `https://shop.test/${sku}`,
        })),
      );
    });
    const before = world.sink.journal.length;
    const shown = await world.message(
      '<mj-raw>{% for product in products %}</mj-raw><mj-text>{{ product.name }}</mj-text><mj-raw>{% endfor %}</mj-raw>',
    );
    const ranked = async (_workspaceId: string, ids: readonly string[]) =>
      new Map(
        ids.map((id) => [
          id,
          ['tea', 'cup', 'pot', 'jam'].map((sku, index) => ({
            sku,
            score: 1 - index / 10,
            reason: 'popular' as const,
            basis: {},
          })),
        ]),
      );
    const using = world.build(undefined, { recommend: { forProfiles: ranked, model: async () => null } });
    const { id } = await scheduled(
      { variants: [{ key: 'A', messageId: shown, weight: 1 }], productCount: 2 },
      using.campaigns,
    );
    await using.campaigns.worker.tick();
    const { profileId } = await world.inWorkspace((tx) =>
      tx.one<{ profileId: string }>(
        `select profile_id as "profileId" from send where campaign_id = $1 and state = 'queued' limit 1`,
        [id],
      ),
    );
    await world.inWorkspace((tx) =>
      world.purchases.record(tx, [
        { profileId, sku: 'tea', category: 'home', at: world.clock.now(), quantity: 1 },
      ]),
    );
    await drain();
    const progress = await campaigns.progress(world.workspaceId, id);
    expect(progress).toMatchObject({ unaccounted: 0 });
    expect(world.sink.journal.slice(before).every(({ raw }) => raw.includes('The cup'))).toBe(true);
    const [send] = await world.inWorkspace((tx) => delivery.sendsOf(tx, profileId, 1));
    expect(send?.products).toEqual(['cup', 'pot']);
  });
});
