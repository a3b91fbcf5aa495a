import { brakeRoutes } from '@mesure/contract/brake';
import { createRandom } from '@mesure/engine/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  everybody,
  type Material,
  prepareMaterial,
  progressOf,
  sendsOf,
  startNew,
} from './harness/campaign.ts';
import { disagreements } from './harness/compare.ts';
import { type House, openHouse } from './harness/house.ts';
import { drawKill, killDuringCampaign, pointNames } from './harness/kill-run.ts';
import { importShop, shopFile } from './harness/shop-orders.ts';
import { until } from './harness/until.ts';

/** Printed with every failure. `kill-many.ts` draws as many others as one likes. */
const seed = 6;

let house: House;
let material: Material;
beforeAll(async () => {
  // Many campaigns to the same people: neither pressure nor a holdout is what is looked at here.
  house = await openHouse({ pressureCap: { messages: 100, hours: 1 }, globalHoldoutShare: 0 });
  await importShop(house.team().marketer, shopFile(450));
  material = await prepareMaterial(house.team().marketer, {
    name: 'Everybody',
    rule: everybody,
    starter: 'letter-fr',
  });
});
afterAll(() => house.close());

describe('kill -9 of the server during a campaign', () => {
  it.each(pointNames)(
    'at %s: no duplicate, no loss, everybody in one state',
    async (point) => {
      const kill = drawKill(createRandom(seed, point), point);
      const result = await killDuringCampaign(house, material, [kill]);
      expect(result.problems, `seed ${seed}, ${kill.point}:${kill.hit}`).toEqual([]);
      expect(result.accepted + result.uncertain).toBeGreaterThan(200);
    },
    120_000,
  );

  it('again and again during the same campaign', async () => {
    const random = createRandom(seed, 'twice');
    const kills = [drawKill(random, 'smtp.accepted'), drawKill(random, 'recorded')] as const;
    expect((await killDuringCampaign(house, material, kills)).problems, `seed ${seed}`).toEqual([]);
  }, 120_000);
});

it('the brake, in the middle of sending: only what was attempting still goes out (R-20)', async () => {
  const { marketer, approver } = house.team();
  const before = house.sink.journal().length;
  const taken = () => house.sink.journal().slice(before);
  await house.sink.behave({ mode: 'accept', delayMs: 150 });
  const id = await startNew(house.team(), material, 'Brake');
  await until('the first messages are taken', () => taken().length > 0);

  await approver.call(brakeRoutes.engageBrake, {
    body: { scope: 'global', reason: 'A wrong price in the message' },
  });
  const atEngagement = await sendsOf(marketer, id);
  const under = atEngagement.filter(({ state }) => ['attempting', 'accepted', 'uncertain'].includes(state));
  await until('nothing is attempting any more', async () => {
    const { counts } = await progressOf(marketer, id);
    return counts.attempting === 0 && counts.claimed === 0;
  });
  await house.sink.behave({ mode: 'accept' });
  expect(taken().length).toBe(under.length);
  expect(
    taken()
      .map(({ sendId }) => sendId)
      .every((sendId) => under.some((send) => send.id === sendId)),
  ).toBe(true);
  expect((await progressOf(marketer, id)).trouble?.code).toBe('brake_global');

  // It survives the end of the process, and one person alone does not release it.
  await house.killed();
  await house.start();
  const team = house.team();
  const { items } = await team.marketer.call(brakeRoutes.listBrakes);
  expect(items.find(({ scope }) => scope === 'global')?.engaged).toBe(true);
  await team.marketer.call(brakeRoutes.requestBrakeRelease, {
    body: { scope: 'global', reason: 'The price is right now' },
  });
  await expect(
    team.marketer.call(brakeRoutes.confirmBrakeRelease, { body: { scope: 'global' } }),
  ).rejects.toMatchObject({ status: 403 });
  await team.approver.call(brakeRoutes.confirmBrakeRelease, { body: { scope: 'global' } });
  const finished = await until('the rest is sent', async () => {
    const progress = await progressOf(team.marketer, id);
    return progress.state === 'finished' ? progress : undefined;
  });
  const problems = disagreements({
    sends: await sendsOf(team.marketer, id),
    audience: finished.audience,
    heldOut: 0,
    journal: taken(),
    mostUncertain: 0,
  });
  expect(problems).toEqual([]);
}, 120_000);
