import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Tx } from '#platform/postgres';
import { createDelivery } from './service.ts';
import { createWorld, type World } from './world-for-tests.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.advance(30 * 86_400_000);
  world.sink.answerTo = () => null;
  world.sink.onMail = () => undefined;
});

const withdraw = (profileIds: readonly string[], purpose: 'prospecting' | 'click_tracking' = 'prospecting') =>
  world.inWorkspace((tx) =>
    world.consent.withdraw(tx, {
      profileIds,
      entityIds: [world.entityId],
      channel: 'email',
      purposes: [purpose],
      proof: { method: 'page', source: 'test' },
    }),
  );

describe('a send', () => {
  it('goes through every rule to the mail server, with its decision, its event and its audit entry', async () => {
    const people = await world.people(3);
    const campaign = await world.start(people);
    const report = await world.delivery.worker.tick();
    expect(report).toMatchObject({ claimed: 3, states: { accepted: 3 } });
    expect(await world.counts(campaign)).toEqual({ accepted: 3 });
    expect(world.events.filter(({ name }) => name === 'message_accepted')).toHaveLength(3);
    const { decisions, claims, audited } = await world.inWorkspace((tx) =>
      tx.one<{ decisions: number; claims: number; audited: number }>(
        `select (select count(*) from decision where campaign_id = $1) as decisions, (select count(*) from send_claim) as claims,
                (select count(*) from audit_entry where action = 'delivery.claimed' and subject_id = $1::text) as audited`,
        [campaign],
      ),
    );
    expect({ decisions, claims, audited }).toEqual({ decisions: 3, claims: 0, audited: 1 });
    expect(await world.inWorkspace((tx) => world.audit.verifyChain(tx))).toMatchObject({ intact: true });
  });

  it('is made once per campaign, person and occurrence, however often it is enqueued', async () => {
    const people = await world.people(2, 10);
    const campaign = await world.start(people);
    const again = people.map((profileId) => ({ profileId, variant: 'A', products: [], probability: 1 }));
    expect(await world.inWorkspace((tx) => world.delivery.enqueue(tx, campaign, again))).toBe(0);
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ accepted: 2 });
  });

  it('does not leave when consent is withdrawn between enqueue and claim (L-06)', async () => {
    const people = await world.people(4, 20);
    const campaign = await world.start(people);
    await withdraw(people.slice(0, 1));
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ accepted: 3, 'blocked:withdrawn': 1 });
  });

  it('does not leave when consent is withdrawn between claim and attempt', async () => {
    const people = await world.people(4, 30);
    const campaign = await world.start(people);
    const racing = createDelivery(
      world.deps({
        failpoint: async (name) => void (name === 'claim.committed' && (await withdraw(people.slice(1, 3)))),
      }),
    );
    await racing.worker.tick();
    expect(await world.counts(campaign)).toEqual({ accepted: 2, 'blocked:withdrawn': 2 });
  });

  it('bounces: rejected, suppressed from then on, told as an event', async () => {
    const people = await world.people(2, 40);
    world.sink.answerTo = (address) =>
      address === 'p40@example.test' ? { code: 550, text: '5.1.1 no such user' } : null;
    const first = await world.start(people);
    await world.drain();
    expect(await world.counts(first)).toEqual({ accepted: 1, 'rejected:bounce': 1 });
    expect(
      world.events.filter(({ name }) => name === 'message_bounced').map(({ profileId }) => profileId),
    ).toEqual([people[0]]);
    const second = await world.start(people);
    await world.drain();
    expect(await world.counts(second)).toEqual({ accepted: 1, 'blocked:suppressed': 1 });
  });

  it('is put off by a busy server, tried again when due, and not lost while the relay is down', async () => {
    const people = await world.people(2, 50);
    world.sink.answerTo = () => ({ code: 451, text: '4.2.0 greylisted' });
    const campaign = await world.start(people);
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ 'held:deferred': 2 });
    world.sink.answerTo = () => null;
    world.clock.advance(300_000);
    const down = world.transportTo(1);
    const cut = createDelivery(world.deps({ transport: async () => down }));
    await cut.worker.tick();
    expect(await world.counts(campaign)).toEqual({ 'held:transport': 2 });
    expect((await world.inWorkspace((tx) => cut.run(tx, campaign)))?.trouble?.code).toBe('transport');
    world.clock.advance(60_000);
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ accepted: 2 });
    expect((await world.inWorkspace((tx) => cut.run(tx, campaign)))?.trouble).toBeNull();
  });

  it('leaves few decisions behind while the relay is down, and holds up no other campaign', async () => {
    const people = await world.people(80, 800);
    const failing = await world.start(people.slice(0, 60));
    const sound = await world.start(people.slice(60));
    const { composer } = world.deps();
    const cut = createDelivery(
      world.deps({
        composer: {
          compose: async (chunk) => {
            if (chunk.run.campaignId === failing) throw new Error('no From address');
            return composer.compose(chunk);
          },
        },
      }),
    );
    for (let looks = 0; looks < 5; looks += 1) await cut.worker.tick();
    const decided = await world.inWorkspace((tx) =>
      tx.one<{ count: number }>('select count(*) as count from decision where campaign_id = $1', [failing]),
    );
    expect(decided.count).toBe(60 + 4);
    expect(await world.counts(sound)).toEqual({ accepted: 20 });
    expect((await world.inWorkspace((tx) => cut.run(tx, failing)))?.trouble?.code).toBe('sender');
    await world.drain();
    expect(await world.counts(failing)).toEqual({ accepted: 60 });
  });

  it('is blocked with the error when its text cannot be made, the others leave', async () => {
    const people = await world.people(3, 60);
    const campaign = await world.start(people);
    const { composer } = world.deps();
    const broken = createDelivery(
      world.deps({
        composer: {
          compose: async (chunk) =>
            (await composer.compose(chunk)).map((made, index) =>
              index === 0 ? { ok: false, reason: 'template', error: 'profile.city is missing' } : made,
            ),
        },
      }),
    );
    await broken.worker.tick();
    expect(await world.counts(campaign)).toEqual({ accepted: 2, 'blocked:template': 1 });
    const [blocked] = await world.inWorkspace((tx) =>
      broken.list(tx, { campaignId: campaign, state: 'blocked', limit: 10 }),
    );
    expect(blocked?.detail).toBe('profile.city is missing');
  });

  it('waits for the recipient’s morning', async () => {
    const people = await world.people(1, 70);
    world.clock.set(new Date('2027-01-10T22:00:00Z'));
    const campaign = await world.start(people);
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ 'held:quiet_hours': 1 });
    world.clock.set(new Date('2027-01-11T06:59:59Z'));
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ 'held:quiet_hours': 1 });
    world.clock.set(new Date('2027-01-11T07:00:00Z'));
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ accepted: 1 });
  });

  it('lets a bought product give way to the next candidate, and is not sent with none left', async () => {
    const people = await world.people(2, 80);
    await world.inWorkspace((tx) =>
      world.products.upsert(
        tx,
        ['tea', 'cup'].map((sku) => ({ sku, name: sku, category: 'home', unitPrice: '5', currency: 'EUR' })),
      ),
    );
    const candidates = ['tea', 'cup'].map((sku) => ({ sku, score: 1, reason: 'rebuy' }));
    const campaign = await world.start(people, { productCount: 1 }, { products: candidates });
    const bought = (profileId: string, sku: string) => ({
      profileId,
      sku,
      category: 'home',
      at: world.clock.now(),
      quantity: 1,
    });
    await world.inWorkspace((tx) =>
      world.purchases.record(tx, [
        bought(people[0] ?? '', 'tea'),
        bought(people[1] ?? '', 'tea'),
        bought(people[1] ?? '', 'cup'),
      ]),
    );
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ accepted: 1, 'blocked:purchase': 1 });
    const [sent] = await world.inWorkspace((tx) => world.delivery.sendsOf(tx, people[0] ?? ''));
    expect(sent?.products).toEqual(['cup']);
  });
});

describe('rules that cannot be read', () => {
  it('leave the batch unsent and the campaign says so (S-30)', async () => {
    const people = await world.people(3, 90);
    const refuse = async (): Promise<never> => Promise.reject(new Error('unreadable'));
    const broken = {
      brake: { brake: { engagedFor: refuse } },
      consent: { consent: { standing: refuse, basis: refuse } },
      suppression: { suppression: { suppressed: refuse, add: refuse } },
      pause: { pauses: { active: refuse } },
    };
    const campaign = await world.start(people);
    for (const [rule, change] of Object.entries(broken)) {
      const failing = createDelivery(world.deps(change));
      const report = await failing.worker.tick();
      expect(report.closed.get(campaign)).toBe(`rule_failed:${rule}`);
      expect(await world.counts(campaign)).toEqual({ queued: 3 });
      expect((await world.inWorkspace((tx) => failing.run(tx, campaign)))?.trouble?.code).toBe('rule_failed');
    }
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ accepted: 3 });
  });

  it('that break in an unforeseen way hold up their own campaign only, which says so', async () => {
    const people = await world.people(2, 480);
    const [broken, sound] = [await world.start(people.slice(0, 1)), await world.start(people.slice(1))];
    const { decisions } = world.deps();
    const delivery = createDelivery(
      world.deps({
        decisions: {
          ...decisions,
          record: async (tx, rows) => {
            if (rows.some(({ campaignId }) => campaignId === broken)) throw new Error('no such column');
            await decisions.record(tx, rows);
          },
        },
      }),
    );
    await delivery.worker.tick();
    expect(await world.counts(broken)).toEqual({ queued: 1 });
    expect(await world.counts(sound)).toEqual({ accepted: 1 });
    const run = await world.inWorkspace((tx) => delivery.run(tx, broken));
    expect(run?.trouble).toMatchObject({ code: 'claim_failed' });
    await world.drain();
    expect((await world.inWorkspace((tx) => delivery.run(tx, broken)))?.trouble).toBeNull();
  });

  it('an audit that cannot be written keeps everything back', async () => {
    const people = await world.people(2, 95);
    const campaign = await world.start(people);
    const failing = createDelivery(
      world.deps({ audit: { record: () => Promise.reject(new Error('no chain')) } }),
    );
    expect((await failing.worker.tick()).closed.get(campaign)).toBe('claim_failed');
    expect(await world.counts(campaign)).toEqual({ queued: 2 });
    await world.drain();
  });
});

describe('stopping', () => {
  it('holds everything after a restore until a person releases it (R-11)', async () => {
    const people = await world.people(2, 100);
    const campaign = await world.start(people);
    const hold = await world.inWorkspace((tx) => world.delivery.hold(tx, 'restored from a backup'));
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ queued: 2 });
    expect(
      await world.inWorkspace((tx) =>
        world.delivery.release(tx, hold, { comment: 'looked', actor: world.actor }),
      ),
    ).toBe(true);
    const again = (id: string) =>
      world.inWorkspace((tx) => world.delivery.release(tx, id, { comment: 'looked', actor: world.actor }));
    expect(await again(hold)).toBe(false);
    await expect(again(world.ids.next())).rejects.toMatchObject({ code: 'not_found' });
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ accepted: 2 });
  });

  it('a pause keeps, a stop cancels, also what is claimed already', async () => {
    const people = await world.people(200, 200);
    const campaign = await world.start(people);
    const pausing = createDelivery(
      world.deps({
        failpoint: async (name) =>
          void (
            name === 'claim.committed' &&
            (await world.inWorkspace((tx) => world.delivery.pause(tx, campaign)))
          ),
      }),
    );
    await pausing.worker.tick();
    expect(await world.counts(campaign)).toEqual({ queued: 200 });
    await world.inWorkspace((tx) => world.delivery.resume(tx, campaign));
    const stopping = createDelivery(
      world.deps({
        failpoint: async (name) =>
          void (
            name === 'claim.committed' && (await world.inWorkspace((tx) => world.delivery.stop(tx, campaign)))
          ),
      }),
    );
    await stopping.worker.tick();
    expect(await world.counts(campaign)).toEqual({ 'cancelled:stopped': 200 });
    expect(world.sink.journal.some(({ to }) => to === 'p200@example.test')).toBe(false);
  });

  it('a pause waits for the claims under way, and nothing is claimed after it', async () => {
    const people = await world.people(400, 2000);
    const campaign = await world.start(people);
    const decided = (tx: Tx) =>
      tx.one<{ count: number }>('select count(*) as count from decision where campaign_id = $1', [campaign]);
    const isWaiting = async (): Promise<boolean> =>
      (await world.inWorkspace((tx) =>
        tx.maybe(
          `select 1 from pg_locks where locktype = 'advisory' and not granted
           and database = (select oid from pg_database where datname = current_database())`,
        ),
      )) !== undefined;
    let [claims, isOver] = [0, false];
    let pause: Promise<{ readonly count: number }> | undefined;
    const { profiles } = world.deps();
    const { worker } = createDelivery(
      world.deps({
        profiles: {
          ...profiles,
          // In the middle of the third claim, when it has seen an open run.
          lock: async (tx, ids) => {
            const locked = await profiles.lock(tx, ids);
            claims += 1;
            if (claims === 3) {
              pause = world.inWorkspace(async (other) => {
                await world.delivery.pause(other, campaign);
                return decided(other);
              });
              pause.then(
                () => (isOver = true),
                () => (isOver = true),
              );
              await vi.waitFor(async () => expect(isOver || (await isWaiting())).toBe(true), 10_000);
            }
            return locked;
          },
        },
        options: { chunkSize: 20, attemptSize: 10, lanes: 3 },
      }),
    );
    const stop = new AbortController();
    const running = worker.run(stop.signal);
    await vi.waitFor(() => expect(pause).toBeDefined(), 10_000);
    const atPause = await pause;
    await vi.waitFor(async () => {
      const { claimed = 0, attempting = 0 } = await world.counts(campaign);
      expect({ claimed, attempting }).toEqual({ claimed: 0, attempting: 0 });
    }, 10_000);
    // Both the lanes that run on and a worker that comes new find nothing to claim.
    worker.wake();
    expect(await world.delivery.worker.tick()).toMatchObject({ claimed: 0 });
    stop.abort();
    await running;
    expect(await world.inWorkspace(decided)).toEqual(atPause);
    expect((await world.counts(campaign)).queued).toBeGreaterThan(300);
    await world.inWorkspace((tx) => world.delivery.resume(tx, campaign));
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ accepted: 400 });
  });

  it('a stop cancels what was attempting and could not be sent: nothing waits in a campaign that is over', async () => {
    const people = await world.people(3, 450);
    const campaign = await world.start(people);
    world.sink.answerTo = () => ({ code: 451, text: '4.2.0 greylisted' });
    const stopping = createDelivery(
      world.deps({
        failpoint: async (name) =>
          void (
            name === 'attempting.committed' &&
            (await world.inWorkspace((tx) => world.delivery.stop(tx, campaign)))
          ),
      }),
    );
    await stopping.worker.tick();
    expect(await world.counts(campaign)).toEqual({ 'cancelled:stopped': 3 });
  });

  it('finishes what is under way and puts the rest back when the process is asked to stop (R-12)', async () => {
    const people = await world.people(100, 500);
    const campaign = await world.start(people);
    const stop = new AbortController();
    const stopping = createDelivery(
      world.deps({ failpoint: (name) => void (name === 'attempting.committed' && stop.abort()) }),
    );
    await stopping.worker.tick(stop.signal);
    expect(await world.counts(campaign)).toEqual({ accepted: 25, queued: 75 });
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ accepted: 100 });
  });

  it('runs lanes until it is told to stop', async () => {
    const people = await world.people(300, 700);
    const campaign = await world.start(people);
    const stop = new AbortController();
    let recorded = 0;
    const running = createDelivery(
      world.deps({
        failpoint: (name) => {
          if (name === 'recorded' && ++recorded === 12) stop.abort();
        },
      }),
    );
    await running.worker.run(stop.signal);
    expect(await world.counts(campaign)).toEqual({ accepted: 300 });
  });
});
