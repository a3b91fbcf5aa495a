import { setTimeout as delay } from 'node:timers/promises';
import type { NewEvent } from '#know/collect';
import { monotonicMs } from '#platform/clock';
import type { SmtpOutcome } from '#platform/mail';
import type { Attempted } from './attempt.ts';
import { type AttemptResult, recordResults } from './attempt-store.ts';
import type { ClaimedChunk, DeliveryDeps, DeliveryOptions } from './ports.ts';
import { runById } from './read.ts';
import { clearTrouble, lockRunShared, setTrouble } from './store.ts';

const MINUTE = 60_000;
/** A relay that is down is asked again after this; the row itself is not at fault. */
const TRANSPORT_PAUSE_MS = MINUTE;

/** Greylisting usually opens after 5 to 15 minutes (RFC 6647 section 2); then 10, 20, … up to 6 hours. */
export const retryDelayMs = (deferrals: number): number =>
  Math.min(5 * MINUTE * 2 ** deferrals, 360 * MINUTE);

const isAboutTransport = (answer: Extract<SmtpOutcome, { kind: 'deferred' }>): boolean =>
  answer.problem !== 'busy';

export const resultOf = (
  { send, answer }: Attempted,
  input: { readonly now: Date; readonly mostDeferrals: number },
): AttemptResult => {
  const final = { id: send.id, dueAt: null, deferrals: 0 } as const;
  switch (answer.kind) {
    case 'accepted':
      return { ...final, state: 'accepted', reason: null, detail: answer.response };
    case 'rejected':
      return {
        ...final,
        state: 'rejected',
        reason: answer.stage === 'recipient' ? 'bounce' : 'refused',
        detail: answer.response,
      };
    case 'uncertain':
      return { ...final, state: 'uncertain', reason: 'no_answer', detail: answer.reason };
    case 'not_begun':
      return { ...final, state: 'queued', reason: null, detail: null, dueAt: input.now };
    case 'deferred': {
      if (isAboutTransport(answer)) {
        const dueAt = new Date(input.now.getTime() + TRANSPORT_PAUSE_MS);
        return {
          id: send.id,
          state: 'held',
          reason: 'transport',
          detail: answer.reason,
          dueAt,
          deferrals: 0,
        };
      }
      if (send.deferrals + 1 >= input.mostDeferrals) {
        return {
          ...final,
          state: 'rejected',
          reason: 'deferred_too_often',
          detail: answer.reason,
          deferrals: 1,
        };
      }
      const dueAt = new Date(input.now.getTime() + retryDelayMs(send.deferrals));
      return { id: send.id, state: 'held', reason: 'deferred', detail: answer.reason, dueAt, deferrals: 1 };
    }
  }
};

/** Nothing waits in a run that was stopped: what would be tried again is cancelled, what is final stays. */
const withoutRetry = (result: AttemptResult): AttemptResult =>
  result.dueAt === null ? result : { ...result, state: 'cancelled', reason: 'stopped', dueAt: null };

const eventNames = {
  accepted: 'message_accepted',
  rejected: 'message_rejected',
  uncertain: 'message_uncertain',
} as const;

const eventOf = (
  chunk: ClaimedChunk,
  { send }: Attempted,
  input: { readonly result: AttemptResult; readonly now: Date },
): NewEvent | null => {
  const { state, reason } = input.result;
  if (state !== 'accepted' && state !== 'rejected' && state !== 'uncertain') return null;
  return {
    name: reason === 'bounce' ? 'message_bounced' : eventNames[state],
    at: input.now,
    profileId: send.profileId,
    source: 'delivery',
    messageId: `${send.id}:${state}`,
    text: {
      campaign_id: chunk.run.campaignId,
      send_id: send.id,
      variant: send.variant.key,
      channel: 'email',
      ...(reason ? { reason } : {}),
    },
  };
};

export interface Answers {
  readonly attempts: readonly Attempted[];
  /** What the run said before these attempts. */
  readonly trouble: string | null;
}

/**
 * Writes state, events and suppressions in one transaction, set-based, fenced by the claim. Tries again while the
 * lease lasts: an answer that is lost here is one more `uncertain`.
 */
export const createRecord = (deps: DeliveryDeps, options: DeliveryOptions) => {
  const once = (chunk: ClaimedChunk, { attempts, trouble }: Answers): Promise<readonly AttemptResult[]> =>
    deps.database.inWorkspace(chunk.workspaceId, async (tx) => {
      // Shared with the attempts: a stop waits for this transaction and cancels what it puts back, or is seen by it.
      await lockRunShared(tx, chunk.run.campaignId);
      const stopped = (await runById(tx, chunk.run.campaignId))?.status === 'stopped';
      const now = deps.clock.now();
      const results = attempts.map((attempt) => {
        const result = resultOf(attempt, { now, mostDeferrals: options.mostDeferrals });
        return stopped ? withoutRetry(result) : result;
      });
      const written = new Set(await recordResults(tx, chunk.claimId, { results, now }));
      const mine = attempts.flatMap((attempt, index) => {
        const result = results[index];
        return result && written.has(attempt.send.id) ? [{ attempt, result }] : [];
      });
      const bounced = mine.filter(({ result }) => result.reason === 'bounce');
      if (bounced.length > 0) {
        await deps.suppression.add(
          tx,
          bounced.map(({ attempt }) => ({
            channel: 'email',
            address: attempt.send.address,
            reason: 'bounce',
            at: now,
          })),
        );
      }
      const events = mine.flatMap(({ attempt, result }) => eventOf(chunk, attempt, { result, now }) ?? []);
      if (events.length > 0) await deps.collect.append(tx, events);
      const down = mine.find(({ result }) => result.reason === 'transport')?.result;
      const { campaignId } = chunk.run;
      if (down) await setTrouble(tx, campaignId, { code: 'transport', detail: down.detail, now });
      else if (trouble === 'transport') await clearTrouble(tx, campaignId, ['transport']);
      return mine.map(({ result }) => result);
    });

  return async (chunk: ClaimedChunk, answers: Answers): Promise<readonly AttemptResult[]> => {
    const leaseOverMs = monotonicMs() + options.leaseMs / 2;
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 5_000)) {
      try {
        return await once(chunk, answers);
      } catch (error) {
        if (monotonicMs() + pauseMs >= leaseOverMs) throw error;
        deps.log.warn({ err: error, claimId: chunk.claimId }, 'answers could not be recorded; trying again');
        await delay(pauseMs);
      }
    }
  };
};
