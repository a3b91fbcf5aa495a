import { monotonicMs } from '#platform/clock';
import type { OutgoingMail, SmtpOutcome } from '#platform/mail';
import { markAttempting } from './attempt-store.ts';
import { markKeptBack, releaseClaimed, renewAndLook } from './claim-store.ts';
import type { Lease } from './lease.ts';
import type { ClaimedChunk, ClaimedSend, DeliveryDeps, DeliveryOptions, MailOut } from './ports.ts';
import { type Candidate, closedGate, type Judged, judgeAll, type Rule, type RuleContext } from './rule.ts';
import { lockRunShared, setTrouble } from './store.ts';

export interface ReadySend {
  readonly send: ClaimedSend;
  readonly mail: OutgoingMail;
  readonly subject: string;
}

export type Answer = SmtpOutcome | { readonly kind: 'not_begun' };

export interface Attempted {
  readonly send: ClaimedSend;
  readonly answer: Answer;
}

export type AttemptOutcome =
  /** `trouble`: what the run said just before. */
  | { readonly kind: 'attempted'; readonly attempts: readonly Attempted[]; readonly trouble: string | null }
  /** Nothing of this batch may leave; `stop`: nor of what follows it in the chunk. */
  | { readonly kind: 'halted'; readonly to: 'queued' | 'cancelled' }
  /** The lease is over: another worker has these sends, this one must not touch them. */
  | { readonly kind: 'fenced' };

type Permission =
  | { readonly kind: 'go'; readonly ids: ReadonlySet<string>; readonly trouble: string | null }
  | Exclude<AttemptOutcome, { readonly kind: 'attempted' }>;

const kept = (judged: readonly Judged[]) =>
  judged.flatMap(({ candidate, verdict }) =>
    verdict.kind === 'allow'
      ? []
      : [
          {
            id: candidate.sendId,
            state: verdict.kind === 'hold' ? ('held' as const) : ('blocked' as const),
            reason: verdict.reason,
            until: verdict.kind === 'hold' ? verdict.until : null,
          },
        ],
  );

/** The message was written with links that tell who clicked, and the consent to that has gone since: write it anew. */
const isStale = ({ facts }: ClaimedSend, now: Candidate): boolean =>
  (facts.clickTracking && !now.facts.clickTracking) || (facts.personalised && !now.facts.personalised);

export const createAttempt = (deps: DeliveryDeps, rules: readonly Rule[], options: DeliveryOptions) => {
  /**
   * Looks at run, brake, suppression and consent once more and commits `attempting`, with what the
   * reader will see as the subject, before the first byte.
   */
  const permit = (chunk: ClaimedChunk, batch: readonly ReadySend[]): Promise<Permission> =>
    deps.database.inWorkspace(chunk.workspaceId, async (tx): Promise<Permission> => {
      const { campaignId } = chunk.run;
      const now = deps.clock.now();
      const ids = batch.map(({ send }) => send.id);
      await lockRunShared(tx, campaignId);
      const run = await renewAndLook(tx, chunk.claimId, { campaignId, leaseMs: options.leaseMs });
      if (!run?.held) return { kind: 'fenced' };
      if (run.status !== 'open')
        return { kind: 'halted', to: run.status === 'stopped' ? 'cancelled' : 'queued' };
      const context: RuleContext = {
        tx,
        now,
        run: chunk.run,
        settings: chunk.settings,
        catalog: chunk.catalog,
      };
      const reason = await closedGate(rules, context);
      if (reason !== null) {
        await setTrouble(tx, campaignId, { code: reason, detail: null, now });
        return { kind: 'halted', to: 'queued' };
      }
      const judged = await judgeAll(
        rules,
        context,
        batch.map(({ send: { id, profileId, profile, facts } }) => ({
          sendId: id,
          profileId,
          profile,
          candidates: facts.products,
          facts,
        })),
      );
      const keptBack = kept(judged);
      if (keptBack.length > 0) await markKeptBack(tx, keptBack, { now, claimId: chunk.claimId });
      const stale = judged.flatMap(({ candidate, verdict }, index) => {
        const ready = batch[index];
        return verdict.kind === 'allow' && ready && isStale(ready.send, candidate) ? [candidate.sendId] : [];
      });
      if (stale.length > 0) await releaseClaimed(tx, chunk.claimId, { ids: stale, to: 'queued', now });
      const leftOut = new Set([...stale, ...keptBack.map(({ id }) => id)]);
      const granted = await markAttempting(tx, chunk.claimId, {
        ids: ids.filter((id) => !leftOut.has(id)),
        now,
      });
      const going = new Set(granted);
      await deps.decisions.recordSubjects(
        tx,
        batch
          .filter(({ send }) => going.has(send.id))
          .map(({ send, subject }) => ({ decisionId: send.decisionId, subject })),
      );
      return { kind: 'go', ids: going, trouble: run.trouble };
    });

  return async (
    chunk: ClaimedChunk,
    batch: readonly ReadySend[],
    { transport, lease }: { readonly transport: MailOut; readonly lease: Lease },
  ): Promise<AttemptOutcome> => {
    const askedMs = monotonicMs();
    const permission = await permit(chunk, batch);
    if (permission.kind !== 'go') return permission;
    lease.renewed(askedMs);
    await deps.failpoint('attempting.committed');
    const going = batch.filter(({ send }) => permission.ids.has(send.id));
    deps.metrics.inFlight(going.length);
    const attempts = await Promise.all(
      going.map(async ({ send, mail }): Promise<Attempted> => {
        const answer: Answer =
          monotonicMs() < lease.overMs() ? await transport.send(mail) : { kind: 'not_begun' };
        deps.metrics.inFlight(-1);
        if (answer.kind === 'accepted') await deps.failpoint('smtp.accepted');
        return { send, answer };
      }),
    );
    return { kind: 'attempted', attempts, trouble: permission.trouble };
  };
};
