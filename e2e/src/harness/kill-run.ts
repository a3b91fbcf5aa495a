import { auditRoutes } from '@mesure/contract/audit';
import { ApiError } from '@mesure/contract/client';
import type { Random } from '@mesure/engine/random';
import {
  approve,
  draftCampaign,
  type Material,
  progressOf,
  sendsOf,
  start,
  untilFinished,
} from './campaign.ts';
import { disagreements } from './compare.ts';
import type { House } from './house.ts';

/** Where the process ends, and the time of passing at which it does. */
export interface Kill {
  readonly point: string;
  readonly hit: number;
}

// Messages of one attempt, times the lanes of the worker (README of reach/delivery): what can be under way at once.
const mostUnderWay = 50 * 4;
/** From `attempting` until the answer is written nobody can tell whether a message was taken. */
const leavesDoubt = ['attempting.committed', 'smtp.accepted', 'recorded', 'claim.committed'];

const points: readonly { readonly point: string; readonly most: number }[] = [
  { point: 'start.after-snapshot', most: 1 },
  { point: 'start.mid-enqueue', most: 1 },
  { point: 'claim.committed', most: 1 },
  { point: 'attempting.committed', most: 4 },
  { point: 'smtp.accepted', most: 150 },
  { point: 'recorded', most: 4 },
];

export const pointNames = points.map(({ point }) => point);

export const drawKill = (random: Random, wanted?: string): Kill => {
  const { point, most } = points.find((known) => known.point === wanted) ?? random.choice(points);
  return { point, hit: random.integer(1, most) };
};

export interface KillResult {
  readonly kills: readonly Kill[];
  readonly accepted: number;
  readonly uncertain: number;
  readonly problems: readonly string[];
}

/**
 * One campaign from draft to its end, with the server killed at each of these points in turn, and what the sink's journal
 * says of it. The house is running before and after.
 */
export const killDuringCampaign = async (
  house: House,
  material: Material,
  kills: readonly [Kill, ...Kill[]],
): Promise<KillResult> => {
  const before = house.sink.journal().length;
  let id = '';
  for (const [index, { point, hit }] of kills.entries()) {
    if (index === 0) await house.server().stop();
    await house.start({ MESURE_FAILPOINT: `${point}:${hit}` });
    if (index === 0) {
      const team = house.team();
      id = (await draftCampaign(team.marketer, material, { name: `${point}:${hit}` })).id;
      // Its answer may be lost with the process: what counts is what stands afterwards.
      await start(team, await approve(team, id)).catch((error: unknown) => {
        if (!(error instanceof ApiError && error.status === 0)) throw error;
      });
    }
    const { ended } = house.server();
    const outcome = await Promise.race([
      ended,
      untilFinished(house.team().marketer, id).then(
        () => null,
        () => ended,
      ),
    ]);
    if (outcome === null) {
      if (index === 0) throw new Error(`Nothing was killed at ${point}:${hit}`);
      await house.killed();
    }
  }
  await house.start();
  const { marketer } = house.team();
  await untilFinished(marketer, id);
  const progress = await progressOf(marketer, id);
  const sends = await sendsOf(marketer, id);
  const chain = await marketer.call(auditRoutes.verifyAudit);
  const doubts = kills.filter(({ point }) => leavesDoubt.includes(point)).length;
  const problems = disagreements({
    sends,
    audience: progress.audience,
    heldOut: progress.globalHoldout + progress.campaignHoldout,
    journal: house.sink.journal().slice(before),
    mostUncertain: doubts * mostUnderWay,
  });
  return {
    kills,
    accepted: progress.counts.accepted ?? 0,
    uncertain: progress.counts.uncertain ?? 0,
    problems: [
      ...problems,
      ...(progress.unaccounted === 0 ? [] : [`${progress.unaccounted} people are unaccounted for`]),
      ...(chain.intact ? [] : [`the audit chain is broken at ${chain.firstBad}: ${chain.message}`]),
    ],
  };
};
