import type { Actor } from '#guard/access';
import { appError } from '#platform/errors';
import type { Tx } from '#platform/postgres';
import { type DeliveryDeps, defaultOptions } from './ports.ts';
import {
  countByVariant,
  countStates,
  drainedRuns,
  isHold,
  listSends,
  peopleWithSends,
  runById,
  type SendFilter,
  type StandingHold,
  sendById,
  standingHolds,
} from './read.ts';
import { type Candidate, judgeAll, noFacts, type RuleContext, type Verdict } from './rule.ts';
import { createRules } from './rules.ts';
import type { Run, RunPlan } from './run-plan.ts';
import type { NewSend, Send, SendProduct, StateCount } from './send.ts';
import {
  cancelWaiting,
  changeRunStatus,
  insertHold,
  insertRun,
  insertSends,
  lockRunExclusively,
  releaseHold,
  settleUncertain,
} from './store.ts';
import { createWorker, type Worker } from './worker.ts';

export interface DryRunInput {
  readonly run: RunPlan;
  readonly people: readonly { readonly profileId: string; readonly candidates: readonly SendProduct[] }[];
  /** Purchase and product rules need recorded candidates: without them they are left out. */
  readonly withProducts: boolean;
}

export interface DryRunVerdict {
  readonly profileId: string;
  readonly kind: Verdict['kind'];
  readonly reason: string | null;
  /** The rule that said no. */
  readonly rule: string | null;
}

export interface Eligibility {
  /** Why nothing may be sent to this person for this run; null: eligible. */
  readonly blocked: string | null;
  readonly personalised: boolean;
}

export interface Delivery {
  /** Opens the ledger for a campaign that starts. In the caller's transaction, like everything that takes `tx`. */
  readonly open: (tx: Tx, plan: RunPlan) => Promise<void>;
  /** Adds people to an open run; a send key that exists is left alone. Answers how many rows are new. */
  readonly enqueue: (tx: Tx, campaignId: string, people: readonly NewSend[]) => Promise<number>;
  readonly pause: (tx: Tx, campaignId: string) => Promise<void>;
  readonly resume: (tx: Tx, campaignId: string) => Promise<void>;
  /** Cancels what waits; what is attempting finishes. Answers how many were cancelled. */
  readonly stop: (tx: Tx, campaignId: string) => Promise<number>;
  readonly finish: (tx: Tx, campaignId: string) => Promise<void>;
  readonly run: (tx: Tx, campaignId: string) => Promise<Run | undefined>;
  /** Counts by state and reason. */
  readonly states: (tx: Tx, campaignId: string) => Promise<readonly StateCount[]>;
  readonly statesByVariant: typeof countByVariant;
  /** Of these people, those that the ledger knows. */
  readonly knowsPeople: (tx: Tx, profileIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Of these campaigns, those with nothing waiting and nothing in a worker's hands. */
  readonly drained: (tx: Tx, campaignIds: readonly string[]) => Promise<readonly string[]>;
  readonly sendsOf: (tx: Tx, profileId: string, limit?: number) => Promise<readonly Send[]>;
  readonly list: (tx: Tx, filter: SendFilter) => Promise<readonly Send[]>;
  /** Before anybody is drawn into a holdout or a variant: address, suppression, consent. Reads only. */
  readonly eligibility: (
    tx: Tx,
    run: RunPlan,
    profileIds: readonly string[],
  ) => Promise<ReadonlyMap<string, Eligibility>>;
  /** What the rules would say now, read-only: nothing is written, nobody is counted. */
  readonly dryRun: (tx: Tx, input: DryRunInput) => Promise<readonly DryRunVerdict[]>;
  /** A person says what became of an uncertain send. Audited. */
  readonly settle: (
    tx: Tx,
    id: string,
    input: { readonly as: 'accepted' | 'cancelled'; readonly comment: string; readonly actor: Actor },
  ) => Promise<Send>;
  /** After a restore: nothing leaves until somebody releases it. */
  readonly hold: (tx: Tx, reason: string) => Promise<string>;
  readonly holds: (tx: Tx) => Promise<readonly StandingHold[]>;
  /** False: somebody released it before. */
  readonly release: (
    tx: Tx,
    id: string,
    input: { readonly comment: string; readonly actor: Actor },
  ) => Promise<boolean>;
  readonly worker: Worker;
}

const eligibilityRules = ['suppression', 'consent'];

export const createDelivery = (deps: DeliveryDeps): Delivery => {
  const { clock, ids } = deps;
  const options = { ...defaultOptions, ...deps.options };
  const rules = createRules(deps);
  const worker = createWorker({ deps, options, rules });

  const change = async (
    tx: Tx,
    campaignId: string,
    input: Parameters<typeof changeRunStatus>[2],
  ): Promise<void> => {
    await lockRunExclusively(tx, campaignId);
    const changed = await changeRunStatus(tx, campaignId, input);
    if (changed === 0) {
      throw appError('conflict', {
        message: `This campaign's sending cannot become ${input.to} now.`,
        details: { reason: 'run_state', to: input.to },
      });
    }
  };

  const contextOf = async (tx: Tx, run: RunPlan): Promise<RuleContext> => ({
    tx,
    now: clock.now(),
    run,
    settings: await deps.settings.get(tx),
    catalog: new Map(),
  });

  const candidatesOf = async (tx: Tx, people: DryRunInput['people']): Promise<readonly Candidate[]> => {
    const profiles = await deps.profiles.byIds(
      tx,
      people.map(({ profileId }) => profileId),
    );
    return people.map(({ profileId, candidates }) => ({
      sendId: profileId,
      profileId,
      profile: profiles.get(profileId) ?? null,
      candidates,
      facts: noFacts,
    }));
  };

  return {
    worker,
    open: (tx, plan) => insertRun(tx, plan, clock.now()),
    enqueue: (tx, campaignId, people) =>
      insertSends(tx, campaignId, {
        rows: people.map((person) => ({ ...person, id: ids.next() })),
        now: clock.now(),
        betweenChunks: async () => deps.failpoint('start.mid-enqueue'),
      }),
    pause: (tx, campaignId) => change(tx, campaignId, { from: ['open'], to: 'paused' }),
    resume: (tx, campaignId) => change(tx, campaignId, { from: ['paused'], to: 'open' }),
    finish: (tx, campaignId) => change(tx, campaignId, { from: ['open', 'paused'], to: 'done' }),
    stop: async (tx, campaignId) => {
      await change(tx, campaignId, { from: ['open', 'paused'], to: 'stopped' });
      return cancelWaiting(tx, campaignId, { reason: 'stopped', now: clock.now() });
    },
    run: runById,
    states: countStates,
    statesByVariant: countByVariant,
    knowsPeople: peopleWithSends,
    drained: drainedRuns,
    sendsOf: (tx, profileId, limit = 100) => listSends(tx, { profileId, newestFirst: true, limit }),
    list: listSends,
    eligibility: async (tx, run, profileIds) => {
      const context = await contextOf(tx, run);
      const judged = await judgeAll(
        rules.filter(({ name }) => eligibilityRules.includes(name)),
        context,
        await candidatesOf(
          tx,
          profileIds.map((profileId) => ({ profileId, candidates: [] })),
        ),
      );
      return new Map(
        judged.map(({ candidate, verdict }) => [
          candidate.profileId,
          {
            blocked: verdict.kind === 'allow' ? null : verdict.reason,
            personalised: candidate.facts.personalised,
          },
        ]),
      );
    },
    dryRun: async (tx, { run, people, withProducts }) => {
      const context = await contextOf(tx, withProducts ? run : { ...run, productCount: 0 });
      const skus = [...new Set(people.flatMap(({ candidates }) => candidates.map(({ sku }) => sku)))];
      const catalog = skus.length > 0 ? await deps.products.bySku(tx, skus) : new Map();
      // Quiet hours only put off: asked last, they do not hide who is left out for good.
      const asked = [...rules].sort(
        (a, b) => Number(a.name === 'quiet_hours') - Number(b.name === 'quiet_hours'),
      );
      const judged = await judgeAll(asked, { ...context, catalog }, await candidatesOf(tx, people));
      return judged.map(({ candidate, verdict, rule }) => ({
        profileId: candidate.profileId,
        kind: verdict.kind,
        reason: verdict.kind === 'allow' ? null : verdict.reason,
        rule,
      }));
    },
    settle: async (tx, id, { as, comment, actor }) => {
      const before = await sendById(tx, id);
      if (!before) throw appError('not_found', { message: 'There is no send under this id.' });
      const now = clock.now();
      if ((await settleUncertain(tx, id, { as, now })) === 0) {
        throw appError('conflict', {
          message: `Only an uncertain send can be settled; this one is ${before.state}.`,
          details: { reason: 'not_uncertain', state: before.state },
        });
      }
      if (as === 'accepted') {
        await deps.collect.append(tx, [
          {
            name: 'message_accepted',
            at: before.attemptingAt ?? now,
            profileId: before.profileId,
            source: 'delivery',
            messageId: `${id}:accepted`,
            text: {
              campaign_id: before.campaignId,
              send_id: id,
              variant: before.variant ?? '',
              channel: 'email',
            },
          },
        ]);
      }
      await deps.audit.record(tx, {
        actor,
        action: 'delivery.send_settled',
        subject: { kind: 'send', id },
        before: { state: 'uncertain' },
        after: { state: as, comment },
      });
      return { ...before, state: as, reason: 'settled_by_hand', finishedAt: now };
    },
    hold: async (tx, reason) => {
      const id = ids.next();
      await insertHold(tx, { id, reason, since: clock.now() });
      return id;
    },
    holds: standingHolds,
    release: async (tx, id, { comment, actor }) => {
      const released = (await releaseHold(tx, id, { by: actor.name, now: clock.now() })) === 1;
      if (!released && !(await isHold(tx, id)))
        throw appError('not_found', { message: 'There is no hold on deliveries under this id.' });
      if (released) {
        await deps.audit.record(tx, {
          actor,
          action: 'delivery.hold_released',
          subject: { kind: 'delivery_hold', id },
          after: { comment },
        });
      }
      return released;
    },
  };
};
