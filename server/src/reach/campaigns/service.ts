import type { Actor } from '#guard/access';
import { appError } from '#platform/errors';
import { createLoop } from '#platform/loop';
import type { Tx } from '#platform/postgres';
import { type LedgerCounts, ledgerCounts, type StateCount, unaccounted } from '#reach/delivery';
import { type ApprovalNow, approvalNow, createApproval } from './approval.ts';
import type { Campaign, CampaignDefinition, CampaignState, Trouble } from './campaign.ts';
import { createDrafts, found } from './drafts.ts';
import { standingOf } from './outside.ts';
import type { CampaignsDeps } from './ports.ts';
import {
  campaignById,
  dueCampaignIds,
  latestApprovals,
  listCampaigns,
  lockedCampaign,
  type Review,
  reviewsOf,
  sendingCampaignIds,
} from './read.ts';
import { type BlastRadius, createReview } from './review.ts';
import { campaignsActor, createStart, type StartOutcome } from './start.ts';
import { changeState } from './store.ts';
import { createTestSend } from './test-send.ts';

export interface CampaignNow {
  readonly campaign: Campaign;
  readonly approval: ApprovalNow | null;
  readonly trouble: Trouble | null;
}

export interface Progress {
  readonly state: CampaignState;
  readonly audience: number;
  readonly globalHoldout: number;
  readonly campaignHoldout: number;
  readonly counts: LedgerCounts;
  readonly byReason: readonly StateCount[];
  /** Anything but 0 is a fault. */
  readonly unaccounted: number;
  readonly trouble: Trouble | null;
}

export interface Versioned {
  readonly version: number;
  readonly actor: Actor;
}

export interface Campaigns {
  readonly create: (
    workspaceId: string,
    definition: CampaignDefinition,
    actor: Actor,
  ) => Promise<CampaignNow>;
  readonly update: (
    workspaceId: string,
    id: string,
    input: Versioned & { readonly change: Partial<CampaignDefinition> },
  ) => Promise<CampaignNow>;
  readonly duplicate: (
    workspaceId: string,
    id: string,
    input: { readonly name?: string | undefined; readonly actor: Actor },
  ) => Promise<CampaignNow>;
  readonly get: (
    workspaceId: string,
    id: string,
  ) => Promise<CampaignNow & { readonly history: readonly Review[] }>;
  readonly list: (
    workspaceId: string,
    page: {
      readonly state?: CampaignState | undefined;
      readonly before?: string | undefined;
      readonly limit: number;
    },
  ) => Promise<readonly CampaignNow[]>;
  /** What would happen if it were sent now. Reads only. */
  readonly review: (workspaceId: string, id: string) => Promise<BlastRadius>;
  readonly submit: (workspaceId: string, id: string, input: Versioned) => Promise<CampaignNow>;
  readonly requestChanges: (
    workspaceId: string,
    id: string,
    input: Versioned & { readonly comment: string },
  ) => Promise<CampaignNow>;
  /** By somebody who neither wrote it nor changed it last, who saw exactly this (`fingerprint` of the review). */
  readonly approve: (
    workspaceId: string,
    id: string,
    input: Versioned & { readonly fingerprint: string; readonly comment?: string | undefined },
  ) => Promise<CampaignNow>;
  /** Approved → scheduled; the next step of the worker starts it when its time has come. */
  readonly start: (workspaceId: string, id: string, input: Versioned) => Promise<CampaignNow>;
  readonly pause: (workspaceId: string, id: string, actor: Actor) => Promise<CampaignNow>;
  readonly resume: (workspaceId: string, id: string, actor: Actor) => Promise<CampaignNow>;
  readonly stop: (workspaceId: string, id: string, actor: Actor) => Promise<CampaignNow>;
  /** The campaign alone, for rooms that measure it. */
  readonly byId: (tx: Tx, id: string) => Promise<Campaign | null>;
  readonly testSend: ReturnType<typeof createTestSend>;
  readonly progress: (workspaceId: string, id: string) => Promise<Progress>;
  /** Turns a scheduled campaign into sends. Idempotent. */
  readonly begin: (workspaceId: string, id: string) => Promise<StartOutcome>;
  readonly worker: {
    /** One pass: starts what is due, finishes what is done. True when something happened. */
    readonly tick: (signal?: AbortSignal) => Promise<boolean>;
    readonly run: (signal: AbortSignal) => Promise<void>;
    readonly wake: () => void;
  };
}

export type { BlastRadius, Review, StartOutcome };

export const createCampaigns = (deps: CampaignsDeps): Campaigns => {
  const { database, clock, delivery, audit } = deps;
  const drafts = createDrafts(deps);
  const approval = createApproval(deps);
  const review = createReview(deps);
  const begin = createStart(deps, approval);

  const nowOf = async (tx: Tx, campaigns: readonly Campaign[]): Promise<readonly CampaignNow[]> => {
    const approvals = await latestApprovals(
      tx,
      campaigns.map(({ id }) => id),
    );
    const all: CampaignNow[] = [];
    for (const campaign of campaigns) {
      const said = approvals.get(campaign.id);
      const standing = said ? await standingOf(deps, tx, campaign) : null;
      const isLive = campaign.state === 'sending' || campaign.state === 'paused';
      const run = isLive ? await delivery.run(tx, campaign.id) : undefined;
      all.push({
        campaign,
        approval: said && standing ? approvalNow(campaign, said, standing) : null,
        trouble: run?.trouble ?? campaign.trouble,
      });
    }
    return all;
  };

  const one = async (tx: Tx, campaign: Campaign): Promise<CampaignNow> => {
    const [now] = await nowOf(tx, [campaign]);
    return now ?? { campaign, approval: null, trouble: campaign.trouble };
  };

  const inTx = (workspaceId: string, work: (tx: Tx) => Promise<Campaign>): Promise<CampaignNow> =>
    database.inWorkspace(workspaceId, async (tx) => one(tx, await work(tx)));

  const errorsOf = async (workspaceId: string, id: string) =>
    (await review(workspaceId, id)).findings.filter(({ severity }) => severity === 'error');

  const move = async (
    tx: Tx,
    id: string,
    input: {
      readonly from: readonly CampaignState[];
      readonly to: CampaignState;
      readonly action: string;
      readonly actor: Actor;
      readonly also: (before: Campaign) => Promise<unknown>;
    },
  ): Promise<Campaign> => {
    const before = found(await lockedCampaign(tx, id));
    if (!input.from.includes(before.state)) {
      throw appError('conflict', {
        message: `This campaign is ${before.state}: it cannot become ${input.to}.`,
        details: { reason: 'state', state: before.state },
      });
    }
    const more = await input.also(before);
    await changeState(tx, id, { from: input.from, to: input.to, now: clock.now() });
    await audit.record(tx, {
      actor: input.actor,
      action: input.action,
      subject: { kind: 'campaign', id },
      before: { state: before.state },
      after: { state: input.to, ...(typeof more === 'number' ? { cancelled: more } : {}) },
    });
    return found(await campaignById(tx, id));
  };

  const finishDrained = (workspaceId: string): Promise<number> =>
    database.inWorkspace(workspaceId, async (tx) => {
      const drained = await delivery.drained(tx, await sendingCampaignIds(tx));
      for (const id of drained) {
        await move(tx, id, {
          from: ['sending'],
          to: 'finished',
          action: 'campaign.finished',
          actor: campaignsActor(workspaceId),
          also: () => delivery.finish(tx, id),
        });
      }
      return drained.length;
    });

  const tick = async (signal?: AbortSignal): Promise<boolean> => {
    let worked = false;
    const failures: unknown[] = [];
    // One campaign that cannot start, or one workspace, holds up no other; the loop hears of it once all had their turn.
    const inTurn = async (step: () => Promise<boolean>): Promise<void> => {
      try {
        worked = (await step()) || worked;
      } catch (error) {
        failures.push(error);
      }
    };
    for (const workspaceId of await deps.workspaceIds()) {
      const due = await database.inWorkspace(workspaceId, (tx) => dueCampaignIds(tx, clock.now()));
      for (const id of due) {
        if (signal?.aborted) return worked;
        await inTurn(async () => {
          const outcome = await begin(workspaceId, id);
          if (outcome.kind === 'started') delivery.worker.wake();
          return true;
        });
      }
      await inTurn(async () => (await finishDrained(workspaceId)) > 0);
    }
    if (failures.length > 0) throw failures[0];
    return worked;
  };

  const loop = createLoop({ name: 'campaigns', tick, idleMs: 500, log: deps.log });
  const live: readonly CampaignState[] = ['sending', 'paused'];

  return {
    create: (workspaceId, definition, actor) =>
      inTx(workspaceId, (tx) => drafts.create(tx, definition, actor)),
    update: (workspaceId, id, input) => inTx(workspaceId, (tx) => drafts.update(tx, id, input)),
    duplicate: (workspaceId, id, input) => inTx(workspaceId, (tx) => drafts.duplicate(tx, id, input)),
    get: (workspaceId, id) =>
      database.inWorkspace(workspaceId, async (tx) => ({
        ...(await one(tx, found(await campaignById(tx, id)))),
        history: await reviewsOf(tx, id),
      })),
    list: (workspaceId, page) =>
      database.inWorkspace(workspaceId, async (tx) => nowOf(tx, await listCampaigns(tx, page))),
    review,
    submit: async (workspaceId, id, input) => {
      const errors = await errorsOf(workspaceId, id);
      return inTx(workspaceId, (tx) => approval.submit(tx, id, { ...input, errors }));
    },
    requestChanges: (workspaceId, id, input) =>
      inTx(workspaceId, (tx) => approval.requestChanges(tx, id, input)),
    approve: async (workspaceId, id, { comment, ...input }) => {
      const errors = await errorsOf(workspaceId, id);
      return inTx(workspaceId, (tx) =>
        approval.approve(tx, id, { ...input, comment: comment ?? null, errors }),
      );
    },
    start: async (workspaceId, id, { version, actor }) => {
      const scheduled = await inTx(workspaceId, (tx) =>
        move(tx, id, {
          from: ['approved'],
          to: 'scheduled',
          action: 'campaign.scheduled',
          actor,
          also: async (before) => {
            if (before.version !== version)
              throw appError('conflict', { details: { reason: 'version', version: before.version } });
            await approval.require(tx, before);
          },
        }),
      );
      loop.wake();
      return scheduled;
    },
    pause: (workspaceId, id, actor) =>
      inTx(workspaceId, (tx) =>
        move(tx, id, {
          from: ['sending'],
          to: 'paused',
          action: 'campaign.paused',
          actor,
          also: () => delivery.pause(tx, id),
        }),
      ),
    resume: async (workspaceId, id, actor) => {
      const resumed = await inTx(workspaceId, (tx) =>
        move(tx, id, {
          from: ['paused'],
          to: 'sending',
          action: 'campaign.resumed',
          actor,
          also: () => delivery.resume(tx, id),
        }),
      );
      delivery.worker.wake();
      return resumed;
    },
    stop: (workspaceId, id, actor) =>
      inTx(workspaceId, (tx) =>
        move(tx, id, {
          from: ['draft', 'in_review', 'approved', 'scheduled', 'sending', 'paused'],
          to: 'stopped',
          action: 'campaign.stopped',
          actor,
          also: async (before) => (live.includes(before.state) ? delivery.stop(tx, id) : 0),
        }),
      ),
    byId: async (tx, id) => (await campaignById(tx, id)) ?? null,
    testSend: createTestSend(deps),
    progress: (workspaceId, id) =>
      database.inWorkspace(workspaceId, async (tx) => {
        const campaign = found(await campaignById(tx, id));
        const byReason = await delivery.states(tx, id);
        const counts = ledgerCounts(byReason);
        const { audience, globalHoldout, campaignHoldout } = campaign;
        const { trouble } = await one(tx, campaign);
        return {
          state: campaign.state,
          audience: audience ?? 0,
          globalHoldout: globalHoldout ?? 0,
          campaignHoldout: campaignHoldout ?? 0,
          counts,
          byReason,
          unaccounted: unaccounted(audience ?? 0, counts, (globalHoldout ?? 0) + (campaignHoldout ?? 0)),
          trouble,
        };
      }),
    begin,
    worker: {
      tick,
      run: async (signal) => {
        if (signal.aborted) return;
        loop.start();
        await new Promise<void>((resolve) =>
          signal.addEventListener('abort', () => resolve(), { once: true }),
        );
        await loop.stop();
      },
      wake: loop.wake,
    },
  };
};
