import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestStores, type TestStores } from '#testing';
import {
  campaignArms,
  createExperiments,
  GLOBAL_HOLDOUT,
  globalHoldoutExperiment,
  HOLDOUT,
} from './index.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await createTestStores();
});
afterAll(() => stores.close());

const experiments = createExperiments();
const VARIANTS = [
  { key: 'a', weight: 1 },
  { key: 'b', weight: 1 },
];

const people = (count: number): string[] => Array.from({ length: count }, () => stores.ids.next());

const enrol = (
  campaignId: string,
  profileIds: readonly string[],
  shares: { holdout: number; global: number },
) =>
  stores.database.inWorkspace(stores.workspaceId, (tx) =>
    experiments.enrolCampaign(tx, {
      campaignId,
      profileIds,
      eligibleAt: stores.clock.now(),
      variants: VARIANTS,
      holdoutShare: shares.holdout,
      globalHoldoutShare: shares.global,
    }),
  );

describe('campaignArms', () => {
  it('scales the variants to what the holdout leaves', () => {
    expect(
      campaignArms({
        variants: [
          { key: 'a', weight: 3 },
          { key: 'b', weight: 1 },
        ],
        holdoutShare: 0.2,
      }),
    ).toEqual([
      { key: HOLDOUT, share: 0.2 },
      { key: 'a', share: 0.8 * 0.75 },
      { key: 'b', share: 0.8 * 0.25 },
    ]);
    expect(campaignArms({ variants: [{ key: 'a', weight: 2 }], holdoutShare: 0 })).toEqual([
      { key: 'a', share: 1 },
    ]);
  });
});

describe('enrolCampaign', () => {
  it('draws everybody once: global holdout first, then holdout and variants, with their probabilities', async () => {
    const campaignId = stores.ids.next();
    const ids = people(20_050);
    const drawn = await enrol(campaignId, [...ids, ...ids.slice(0, 50)], { holdout: 0.1, global: 0.05 });
    expect(drawn.size).toBe(ids.length);
    const counts = await stores.database.inWorkspace(stores.workspaceId, (tx) =>
      experiments.assignments.summary(tx, campaignId),
    );
    expect(counts.reduce((sum, arm) => sum + arm.people, 0)).toBe(ids.length);
    const shareOf = (arm: string): number =>
      (counts.find((count) => count.arm === arm)?.people ?? 0) / ids.length;
    expect(Math.abs(shareOf(GLOBAL_HOLDOUT) - 0.05)).toBeLessThan(0.007);
    expect(Math.abs(shareOf(HOLDOUT) - 0.095)).toBeLessThan(0.009);
    expect(Math.abs(shareOf('a') - 0.4275)).toBeLessThan(0.015);
    for (const row of drawn.values()) {
      expect(row.probability).toBeCloseTo(
        { [GLOBAL_HOLDOUT]: 0.05, [HOLDOUT]: 0.1, a: 0.45, b: 0.45 }[row.arm] ?? 0,
        12,
      );
    }
  });

  it('keeps the first arm, its probability and its moment, whatever the shares become', async () => {
    const campaignId = stores.ids.next();
    const ids = people(2000);
    const first = await enrol(campaignId, ids, { holdout: 0.1, global: 0.2 });
    stores.clock.advance(3_600_000);
    const again = await enrol(campaignId, [...ids, ...people(10)], { holdout: 0.5, global: 0 });
    for (const id of ids) expect(again.get(id)).toEqual(first.get(id));
    const next = await enrol(stores.ids.next(), ids, { holdout: 0.1, global: 0 });
    for (const id of ids) {
      expect(next.get(id)?.arm === GLOBAL_HOLDOUT).toBe(first.get(id)?.arm === GLOBAL_HOLDOUT);
    }
  });

  it('draws another campaign independently', async () => {
    const ids = people(4000);
    const one = await enrol(stores.ids.next(), ids, { holdout: 0.5, global: 0 });
    const two = await enrol(stores.ids.next(), ids, { holdout: 0.5, global: 0 });
    const both = ids.filter((id) => one.get(id)?.arm === HOLDOUT && two.get(id)?.arm === HOLDOUT).length;
    expect(Math.abs(both / ids.length - 0.25)).toBeLessThan(0.03);
  });

  it('records the global draw of the workspace once per person, append-only and out of sight of others', async () => {
    const ids = people(100);
    await enrol(stores.ids.next(), ids, { holdout: 0.1, global: 0.3 });
    const experiment = globalHoldoutExperiment(stores.workspaceId);
    const seen = await stores.database.inWorkspace(stores.workspaceId, (tx) =>
      experiments.assignments.ofPeople(tx, { experiment, profileIds: ids }),
    );
    expect(seen.size).toBe(ids.length);
    const elsewhere = await stores.database.inWorkspace(stores.otherWorkspaceId, (tx) =>
      experiments.assignments.of(tx, experiment),
    );
    expect(elsewhere).toEqual([]);
    await expect(
      stores.database.inWorkspace(stores.workspaceId, (tx) => tx.run('delete from assignment')),
    ).rejects.toThrow();
  });

  it('reads pages in the order of profiles, and refuses shares that leave nobody a variant', async () => {
    const campaignId = stores.ids.next();
    const ids = people(25).sort();
    await enrol(campaignId, ids, { holdout: 0, global: 0 });
    const pages = await stores.database.inWorkspace(stores.workspaceId, async (tx) => {
      const first = await experiments.assignments.page(tx, { experiment: campaignId, limit: 20 });
      return [
        ...first,
        ...(await experiments.assignments.page(tx, {
          experiment: campaignId,
          limit: 20,
          after: first[19]?.profileId ?? '',
        })),
      ];
    });
    expect(pages.map((row) => row.profileId)).toEqual(ids);
    await expect(enrol(campaignId, ids, { holdout: 1, global: 0 })).rejects.toThrow(RangeError);
  });
});
