import { outcomesOf, type SeenInBrief } from '#know/segments';
import { monotonicMs } from '#platform/clock';
import type { Tx } from '#platform/postgres';
import {
  type ClaimedUpdate,
  type DueSend,
  insertClaim,
  type KeptBack,
  markClaimed,
  markKeptBack,
  pickDue,
} from './claim-store.ts';
import { decisionOf } from './decision.ts';
import {
  type ClaimedChunk,
  type ClaimedSend,
  type DeliveryDeps,
  type DeliveryOptions,
  deliveryActor,
} from './ports.ts';
import { runById } from './read.ts';
import {
  type Candidate,
  closedGate,
  type Judged,
  judgeAll,
  noFacts,
  type Rule,
  type RuleContext,
} from './rule.ts';
import type { Run } from './run-plan.ts';
import { clearTrouble, lockRunShared, setTrouble } from './store.ts';

export interface KeptBackCount {
  readonly state: 'blocked' | 'held';
  readonly rule: string;
}

export type ClaimOutcome =
  /** Nothing due, or the run is not open. */
  | { readonly kind: 'idle' }
  /** A gate is closed: rows stay as they are. */
  | { readonly kind: 'closed'; readonly reason: string }
  | { readonly kind: 'claimed'; readonly chunk: ClaimedChunk; readonly keptBack: readonly KeptBackCount[] };

export interface ClaimRequest {
  readonly workspaceId: string;
  readonly campaignId: string;
  /** Sends at most. */
  readonly limit: number;
}

const gateTroubles = [
  'brake_global',
  'brake_campaign',
  'restore_hold',
  'rule_failed',
  'claim_failed',
  'sender',
  'sender_changed',
];

const candidatesOf = async (
  deps: DeliveryDeps,
  tx: Tx,
  due: readonly DueSend[],
): Promise<readonly Candidate[]> => {
  const ids = [...new Set(due.map(({ profileId }) => profileId))].sort();
  await deps.profiles.lock(tx, ids);
  const profiles = await deps.profiles.byIds(tx, ids);
  return due.map(({ id, profileId, candidates }) => ({
    sendId: id,
    profileId,
    profile: profiles.get(profileId) ?? null,
    candidates,
    facts: noFacts,
  }));
};

const keptBackOf = (judged: readonly Judged[]): readonly (KeptBack & { readonly rule: string })[] =>
  judged.flatMap(({ candidate, verdict, rule }) => {
    if (verdict.kind === 'allow') return [];
    const until = verdict.kind === 'hold' ? verdict.until : null;
    const state = verdict.kind === 'hold' ? ('held' as const) : ('blocked' as const);
    return [{ id: candidate.sendId, state, reason: verdict.reason, until, rule: rule ?? '' }];
  });

const claimedSends = (
  run: Run,
  judged: readonly Judged[],
  input: { readonly due: readonly DueSend[]; readonly nextId: () => string },
): readonly ClaimedSend[] => {
  const rows = new Map(input.due.map((row) => [row.id, row]));
  return judged.flatMap(({ candidate: { sendId, profile, facts }, verdict }) => {
    const row = rows.get(sendId);
    const variant = run.plan.variants.find(({ key }) => key === row?.variant);
    if (verdict.kind !== 'allow') return [];
    if (!row || !variant || !profile?.email)
      throw new Error(`Send ${sendId} was allowed without variant or address`);
    const { id: profileId, email: address } = profile;
    return [
      {
        id: sendId,
        profileId,
        profile,
        address,
        variant,
        facts,
        decisionId: input.nextId(),
        deferrals: row.deferrals,
      },
    ];
  });
};

/**
 * One transaction (L-06): picks due rows, locks their people in the order of ids, asks every rule, writes the claim, one
 * decision record per claimed send (G-04) and one audit entry. Throws RuleFailure; then nothing was changed.
 */
export const createClaim =
  (deps: DeliveryDeps, rules: readonly Rule[], options: DeliveryOptions) =>
  ({ workspaceId, campaignId, limit }: ClaimRequest): Promise<ClaimOutcome> =>
    deps.database.inWorkspace(workspaceId, async (tx): Promise<ClaimOutcome> => {
      // Taken before the lease is written, so that it is over here before it is over for the others.
      const leaseOverMs = monotonicMs() + options.leaseMs;
      // A pause or a stop waits for this claim, and finds nothing claimed after itself.
      await lockRunShared(tx, campaignId);
      const run = await runById(tx, campaignId);
      if (run?.status !== 'open') return { kind: 'idle' };
      const now = deps.clock.now();
      const settings = await deps.settings.get(tx);
      const bare: RuleContext = { tx, now, run: run.plan, settings, catalog: new Map() };
      const reason = await closedGate(rules, bare);
      if (reason !== null) {
        await setTrouble(tx, campaignId, { code: reason, detail: null, now });
        return { kind: 'closed', reason };
      }
      if (run.trouble && gateTroubles.includes(run.trouble.code))
        await clearTrouble(tx, campaignId, gateTroubles);
      const due = await pickDue(tx, { campaignId, now, limit });
      if (due.length === 0) return { kind: 'idle' };

      const candidates = await candidatesOf(deps, tx, due);
      const skus = [...new Set(due.flatMap((row) => row.candidates.map(({ sku }) => sku)))];
      const catalog = skus.length > 0 ? await deps.products.bySku(tx, skus) : new Map();
      const judged = await judgeAll(rules, { ...bare, catalog }, candidates);

      const keptBack = keptBackOf(judged);
      if (keptBack.length > 0) await markKeptBack(tx, keptBack, { now, claimId: null });
      const sends = claimedSends(run, judged, { due, nextId: deps.ids.next });
      const chunk: ClaimedChunk = {
        workspaceId,
        claimId: deps.ids.next(),
        leaseOverMs,
        run: run.plan,
        settings,
        sends,
        catalog,
      };
      if (sends.length > 0) {
        await insertClaim(tx, {
          id: chunk.claimId,
          campaignId,
          sendIds: sends.map(({ id }) => id),
          worker: deps.worker,
          leaseMs: options.leaseMs,
        });
        const updates = sends.map(
          ({ id, decisionId, facts }): ClaimedUpdate => ({
            id,
            decisionId,
            chosen: facts.products.map(({ sku }) => sku),
          }),
        );
        await markClaimed(tx, chunk.claimId, { sends: updates, now });
        await recordDecisions(deps, tx, { chunk, due, now, settings: { ...settings } });
      }
      // Last, because it holds the chain's lock until the commit.
      await deps.audit.record(tx, {
        actor: deliveryActor(workspaceId),
        action: 'delivery.claimed',
        subject: { kind: 'campaign', id: campaignId },
        after: { claimId: chunk.claimId, claimed: sends.length, keptBack: countBy(keptBack) },
      });
      return { kind: 'claimed', chunk, keptBack };
    });

const recordDecisions = async (
  deps: DeliveryDeps,
  tx: Tx,
  input: {
    readonly chunk: ClaimedChunk;
    readonly due: readonly DueSend[];
    readonly now: Date;
    readonly settings: Readonly<Record<string, unknown>>;
  },
): Promise<void> => {
  const { run, sends, catalog } = input.chunk;
  const basis = await deps.consent.basis(tx, {
    profileIds: sends.map(({ profileId }) => profileId),
    entityId: run.entityId,
    channel: 'email',
    purpose: 'prospecting',
  });
  const due = new Map(input.due.map((row) => [row.id, row]));
  const { quietHours, pressureCap, timeZone } = input.settings;
  const { rule } = run.audienceRule;
  const tell = rule ? outcomesOf(rule, typeof timeZone === 'string' ? timeZone : 'UTC') : null;
  const outcomeFor = (seen: SeenInBrief | null) => (tell && seen ? tell(seen) : null);
  await deps.decisions.record(
    tx,
    sends.map((send) => {
      const consentEntryId = basis.get(send.profileId);
      if (!consentEntryId) throw new Error(`No consent entry proves send ${send.id}`);
      return decisionOf({
        id: send.decisionId,
        profileId: send.profileId,
        at: input.now,
        run,
        variant: send.variant,
        candidates: due.get(send.id)?.candidates ?? [],
        outcome: outcomeFor(due.get(send.id)?.seen ?? null),
        facts: send.facts,
        catalog,
        consentEntryId,
        rules: { consent: true, suppression: true, pause: true, purchase: true, quietHours, pressureCap },
      });
    }),
  );
};

const countBy = (kept: readonly KeptBack[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { reason } of kept) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
};
