import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeliveryDeps, Failpoint } from './ports.ts';
import { createDelivery } from './service.ts';
import { crashAt, createWorld, type World } from './world-for-tests.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.clock.advance(30 * 86_400_000);
  world.sink.onMail = () => undefined;
});

const addressesOf = (profileIds: readonly string[]) =>
  world.inWorkspace(async (tx) =>
    (
      await tx.rows<{ email: string }>(`select email from profile where id = any($1::uuid[])`, [profileIds])
    ).map(({ email }) => email),
  );

/** What the mail server's own journal says of these people: how often each was taken. */
const taken = async (profileIds: readonly string[]) => {
  const perAddress = world.sink.perAddress();
  return (await addressesOf(profileIds)).map((address) => perAddress.get(address) ?? 0);
};

let made = 0;
const newPeople = async (count: number) => {
  made += count;
  return world.people(count, 10_000 + made - count);
};

describe('a worker that is lost', () => {
  const points: readonly Failpoint[] = [
    'claim.committed',
    'attempting.committed',
    'smtp.accepted',
    'recorded',
  ];
  const hits = [1, 2, 3];

  it.each(points.flatMap((point) => hits.map((hit) => [point, hit] as const)))(
    'at %s (%i): the next one recovers without duplicate or loss',
    async (point, hit) => {
      const people = await newPeople(120);
      const campaign = await world.start(people);
      const doomed = createDelivery(
        world.deps({ failpoint: crashAt(point, hit), options: { chunkSize: 60, attemptSize: 20 } }),
      );
      const crash = async (): Promise<void> => {
        while ((await doomed.worker.tick()).worked);
      };
      // The third claim does not exist: two chunks hold everybody.
      if (point === 'claim.committed' && hit === 3) await crash();
      else await expect(crash()).rejects.toThrow(`crashed at ${point}`);

      // While the lease runs nobody touches what the lost worker held.
      const before = await world.counts(campaign);
      await world.drain();
      const during = await world.counts(campaign);
      expect(during.attempting ?? 0).toBe(before.attempting ?? 0);
      expect(during.claimed ?? 0).toBe(before.claimed ?? 0);

      await world.endLeases();
      await world.drain();
      const after = await world.counts(campaign);
      const journal = await taken(people);
      const accepted = after.accepted ?? 0;
      const uncertain = after['uncertain:worker_lost'] ?? 0;
      expect(accepted + uncertain).toBe(120);
      expect(Math.max(...journal)).toBeLessThanOrEqual(1);
      // Accepted means in the server's journal; only uncertain may disagree, and no more than one batch of it.
      expect(journal.filter((times) => times === 1).length).toBeGreaterThanOrEqual(accepted);
      expect(uncertain).toBeLessThanOrEqual(20);
      if (point === 'claim.committed' || point === 'recorded') expect(uncertain).toBe(0);
      const listed = await world.inWorkspace((tx) =>
        world.delivery.list(tx, { campaignId: campaign, state: 'uncertain', limit: 100 }),
      );
      expect(listed).toHaveLength(uncertain);
      expect(
        world.events.filter(
          ({ name, text }) => name === 'message_uncertain' && text?.campaign_id === campaign,
        ),
      ).toHaveLength(uncertain);
    },
  );

  it('is replaced at once by a server that is alone on its database, without waiting for the lease', async () => {
    const people = await newPeople(60);
    const campaign = await world.start(people);
    const options = { chunkSize: 40, attemptSize: 20 };
    const doomed = createDelivery(world.deps({ failpoint: crashAt('smtp.accepted', 25), options }));
    await expect(doomed.worker.tick()).rejects.toThrow('crashed at smtp.accepted');
    const stop = new AbortController();
    const { worker } = createDelivery(world.deps({ alone: true, options }));
    const running = worker.run(stop.signal);
    await vi.waitFor(
      async () => expect(await world.counts(campaign)).toEqual({ accepted: 40, 'uncertain:worker_lost': 20 }),
      30_000,
    );
    stop.abort();
    await running;
    expect(Math.max(...(await taken(people)))).toBe(1);
  });

  it('and comes back too late: its answers and its attempts are refused (R-12)', async () => {
    const people = await newPeople(40);
    const campaign = await world.start(people);
    const zombie = createDelivery(
      world.deps({
        options: { chunkSize: 40, attemptSize: 20 },
        failpoint: async (name) => {
          if (name !== 'attempting.committed') return;
          // The others think it is gone while it is still about to send.
          await world.endLeases();
          await world.delivery.worker.tick();
        },
      }),
    );
    await zombie.worker.tick();
    await world.drain();
    const counts = await world.counts(campaign);
    expect(counts).toEqual({ accepted: 20, 'uncertain:worker_lost': 20 });
    expect(Math.max(...(await taken(people)))).toBe(1);
  });

  it('sends nothing after its own lease is over, whatever the database says', async () => {
    const people = await newPeople(10);
    const campaign = await world.start(people);
    const late = createDelivery(world.deps({ options: { leaseMs: 0 } }));
    await late.worker.tick();
    expect(await taken(people)).toEqual(people.map(() => 0));
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ accepted: 10 });
  });

  it('loses the database after the server’s answer: the answer is recorded when the database is back', async () => {
    const people = await newPeople(5);
    const campaign = await world.start(people);
    let failures = 2;
    const append: DeliveryDeps['collect']['append'] = async (tx, added) => {
      if (failures-- > 0) throw new Error('connection lost');
      await world.collect.append(tx, added);
    };
    await createDelivery(world.deps({ collect: { append } })).worker.tick();
    expect(await world.counts(campaign)).toEqual({ accepted: 5 });
  });

  it('negative control: with the result written before the send, the journal disagrees', async () => {
    const people = await newPeople(20);
    const campaign = await world.start(people);
    const wrong = createDelivery(
      world.deps({
        transport: async () => ({ send: async () => ({ kind: 'accepted', response: 'assumed' }) }),
      }),
    );
    await wrong.worker.tick();
    const accepted = (await world.counts(campaign)).accepted ?? 0;
    expect((await taken(people)).filter((times) => times === 1).length).toBeLessThan(accepted);
  });
});

describe('several workers', () => {
  it('race over 2,000 sends and attempt each once (R-01)', async () => {
    const people = await newPeople(2_000);
    const campaign = await world.start(people);
    const workers = [1, 2, 3].map((n) => createDelivery(world.deps({ worker: `w${n}` })));
    await Promise.all(workers.map(({ worker }) => world.drain(worker)));
    await world.drain();
    expect(await world.counts(campaign)).toEqual({ accepted: 2_000 });
    expect(new Set(await taken(people))).toEqual(new Set([1]));
    const { decisions } = await world.inWorkspace((tx) =>
      tx.one<{ decisions: number }>(`select count(*) as decisions from decision where campaign_id = $1`, [
        campaign,
      ]),
    );
    expect(decisions).toBe(2_000);
  });

  it('never exceed the cap, whatever campaigns they work on', async () => {
    const people = await newPeople(150);
    const campaigns = [
      await world.start(people),
      await world.start(people),
      await world.start(people),
      await world.start(people),
    ];
    const workers = [1, 2, 3].map((n) =>
      createDelivery(world.deps({ worker: `w${n}`, options: { chunkSize: 40, attemptSize: 20 } })),
    );
    await Promise.all(workers.map(({ worker }) => world.drain(worker)));
    await world.drain();
    expect(await taken(people)).toEqual(people.map(() => 2));
    const totals = await Promise.all(campaigns.map((campaign) => world.counts(campaign)));
    expect(totals.reduce((sum, counts) => sum + (counts['blocked:pressure'] ?? 0), 0)).toBe(300);
  });

  it('are stopped by the brake: only what was attempting goes out, and it stays engaged (R-20)', async () => {
    const people = await newPeople(600);
    const campaign = await world.start(people);
    let attempting = -1;
    let engaging: Promise<unknown> | undefined;
    const engage = () =>
      world.inWorkspace(async (tx) => {
        await world.brake.engage(tx, { scope: 'global', reason: 'flood', actor: world.actor });
        attempting = (
          await tx.one<{ n: number }>(
            `select count(*) as n from send where campaign_id = $1 and state in ('attempting', 'accepted')`,
            [campaign],
          )
        ).n;
      });
    let arrived = 0;
    world.sink.onMail = () => {
      arrived += 1;
      if (arrived === 100) engaging = engage();
    };
    const workers = [1, 2, 3].map((n) =>
      createDelivery(world.deps({ worker: `w${n}`, options: { chunkSize: 50, attemptSize: 10 } })),
    );
    await Promise.all(workers.map(({ worker }) => world.drain(worker)));
    await engaging;
    await world.drain();
    const sent = (await taken(people)).filter((times) => times > 0).length;
    expect(sent).toBe(attempting);
    expect(sent).toBeLessThan(600);
    expect(await world.counts(campaign)).toEqual({ accepted: sent, queued: 600 - sent });
    expect((await world.inWorkspace((tx) => world.delivery.run(tx, campaign)))?.trouble?.code).toBe(
      'brake_global',
    );
  });
});
