import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Failpoint } from '#reach/delivery';
import { createWorld, type World } from './world-for-tests.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

type Step =
  | {
      readonly kind:
        | 'tick'
        | 'pause'
        | 'resume'
        | 'stop'
        | 'brake'
        | 'release'
        | 'leases'
        | 'withdraw'
        | 'night';
    }
  | { readonly kind: 'crash'; readonly point: Failpoint };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ kind: 'tick' }) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom<Failpoint>('claim.committed', 'attempting.committed', 'smtp.accepted', 'recorded')
      .map((point): Step => ({ kind: 'crash', point })),
  },
  fc.constantFrom<Step>(
    { kind: 'pause' },
    { kind: 'resume' },
    { kind: 'brake' },
    { kind: 'release' },
    { kind: 'leases' },
    { kind: 'withdraw' },
    { kind: 'night' },
    { kind: 'stop' },
  ),
);

const tolerated = async (work: Promise<unknown>): Promise<void> => {
  await work.catch(() => undefined);
};

it('whatever happens in whatever order, everybody of the audience is in exactly one place', async () => {
  let round = 0;
  const messageId = await world.message();
  const { campaigns, delivery } = world.build();
  const bob = world.person('Bob');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      round += 1;
      world.clock.set(new Date(Date.UTC(2026, 5, 1 + round * 10, 9)));
      const people = await world.people(120, {
        city: `Town ${round}`,
        prefix: `r${round}-`,
        without: (index) => index % 7 === 0,
      });
      const segment = await world.segment(`Town ${round}`);
      const { campaign } = await campaigns.create(
        world.workspaceId,
        world.definition({
          segmentId: segment.id,
          variants: [{ key: 'A', messageId, weight: 1 }],
          onPressure: 'hold',
        }),
        world.ann,
      );
      const { id } = campaign;
      await campaigns.submit(world.workspaceId, id, { version: 1, actor: world.ann });
      const { fingerprint } = await campaigns.review(world.workspaceId, id);
      await campaigns.approve(world.workspaceId, id, { version: 1, fingerprint, actor: bob });
      await campaigns.start(world.workspaceId, id, { version: 1, actor: world.ann });
      await campaigns.worker.tick();
      const target = { scope: 'campaign', scopeId: id } as const;
      for (const [index, one] of steps.entries()) {
        switch (one.kind) {
          case 'tick':
            await delivery.worker.tick();
            break;
          case 'crash': {
            let passed = 0;
            const doomed = world.build((name) => {
              if (name === one.point && ++passed === 1) throw new Error('crashed');
            });
            await tolerated(doomed.delivery.worker.tick());
            break;
          }
          case 'pause':
          case 'resume':
          case 'stop':
            await tolerated(campaigns[one.kind](world.workspaceId, id, world.ann));
            break;
          case 'brake':
            await world.inWorkspace((tx) =>
              world.brake.engage(tx, { ...target, reason: 'test', actor: world.ann }),
            );
            break;
          case 'release':
            await tolerated(
              world.inWorkspace((tx) =>
                world.brake.requestRelease(tx, { ...target, reason: 'test', actor: world.ann }),
              ),
            );
            await tolerated(
              world.inWorkspace((tx) => world.brake.confirmRelease(tx, { ...target, actor: bob })),
            );
            break;
          case 'leases':
            await world.inWorkspace((tx) => tx.run(`update send_claim set lease_until = '-infinity'`));
            break;
          case 'withdraw':
            await world.inWorkspace((tx) =>
              world.guard.consent.withdraw(tx, {
                profileIds: people.slice(index * 5, index * 5 + 5),
                entityIds: [world.entityId],
                channel: 'email',
                purposes: ['prospecting'],
                proof: { method: 'page', source: 'test' },
              }),
            );
            break;
          case 'night':
            world.clock.advance(12 * 3_600_000);
            break;
        }
        const { audience, unaccounted } = await campaigns.progress(world.workspaceId, id);
        expect({ audience, unaccounted }).toEqual({ audience: 120, unaccounted: 0 });
      }
      const { counts } = await campaigns.progress(world.workspaceId, id);
      const taken = world.sink.journal.map(({ to }) => to).filter((to) => to.startsWith(`r${round}-`));
      expect(new Set(taken).size).toBe(taken.length);
      expect(taken.length).toBeGreaterThanOrEqual(counts.accepted);
      expect(taken.length).toBeLessThanOrEqual(counts.accepted + counts.uncertain + counts.attempting);
    }),
    { numRuns: 12 },
  );
});
