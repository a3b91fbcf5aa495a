import { monotonicMs } from '#platform/clock';
import type { createAttempt, ReadySend } from './attempt.ts';
import { blockClaimed, deleteClaim, releaseClaimed } from './claim-store.ts';
import { keepLease, type Lease } from './lease.ts';
import type { ClaimedChunk, Composed, DeliveryDeps, DeliveryOptions, MailOut } from './ports.ts';
import type { createRecord } from './record.ts';
import { RuleFailure } from './rule.ts';
import type { SendState } from './send.ts';
import { setTrouble } from './store.ts';

export interface ChunkDeps {
  readonly deps: DeliveryDeps;
  readonly options: DeliveryOptions;
  readonly attempt: ReturnType<typeof createAttempt>;
  readonly record: ReturnType<typeof createRecord>;
}

export interface ChunkReport {
  readonly states: Readonly<Partial<Record<SendState, number>>>;
  /** True: the relay took nothing, asking it again at once is useless. */
  readonly transportDown: boolean;
}

/** Carries a claimed chunk to its end: compose, then attempt and record batch by batch. */
export const createChunkWork = ({ deps, options, attempt, record }: ChunkDeps) => {
  const { database, clock, metrics, log } = deps;

  /** What was not attempted goes back at once instead of waiting for the lease to end. */
  const release = (
    chunk: ClaimedChunk,
    sends: readonly { readonly id: string }[],
    input: {
      readonly to: 'queued' | 'cancelled';
      readonly trouble?: { readonly code: string; readonly detail: string };
    },
  ): Promise<void> =>
    database.inWorkspace(chunk.workspaceId, async (tx) => {
      const now = clock.now();
      await releaseClaimed(tx, chunk.claimId, { ids: sends.map(({ id }) => id), to: input.to, now });
      if (input.trouble) await setTrouble(tx, chunk.run.campaignId, { ...input.trouble, now });
    });

  /** Null: nothing can be made or sent, everything went back to the queue and the campaign says why. */
  const prepare = async (
    chunk: ClaimedChunk,
  ): Promise<{ readonly ready: readonly ReadySend[]; readonly transport: MailOut } | null> => {
    const startedMs = monotonicMs();
    let composed: readonly Composed[];
    let transport: MailOut;
    try {
      transport = await deps.transport(chunk.workspaceId);
      composed = await deps.composer.compose(chunk);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      log.error(
        { err: error, campaignId: chunk.run.campaignId },
        'nothing could be composed for this campaign',
      );
      await release(chunk, chunk.sends, { to: 'queued', trouble: { code: 'sender', detail } });
      return null;
    }
    metrics.step('compose', monotonicMs() - startedMs);
    const failed = chunk.sends.flatMap((send, index) => {
      const made = composed[index];
      return made?.ok
        ? []
        : [{ id: send.id, reason: made?.reason ?? 'template', detail: made?.error ?? 'no answer' }];
    });
    if (failed.length > 0) {
      await database.inWorkspace(chunk.workspaceId, async (tx) => {
        await blockClaimed(tx, chunk.claimId, { sends: failed, now: clock.now() });
      });
      metrics.sends('blocked', failed.length);
    }
    const ready = chunk.sends.flatMap((send, index) => {
      const made = composed[index];
      return made?.ok ? [{ send, mail: made.mail, subject: made.subject }] : [];
    });
    return { ready, transport };
  };

  const close = (chunk: ClaimedChunk): Promise<unknown> =>
    database.inWorkspace(chunk.workspaceId, (tx) => deleteClaim(tx, chunk.claimId));

  const carry = async (
    chunk: ClaimedChunk,
    lease: Lease,
    signal: AbortSignal | undefined,
  ): Promise<ChunkReport> => {
    const states: Partial<Record<SendState, number>> = {};
    let transportDown = false;
    const prepared = await prepare(chunk);
    if (prepared === null) {
      await close(chunk);
      return { states, transportDown: true };
    }
    const { ready, transport } = prepared;
    for (let from = 0; from < ready.length; from += options.attemptSize) {
      const rest = ready.slice(from).map(({ send }) => send);
      // A stop lets the messages under way finish; the others go back for whoever comes next.
      if (signal?.aborted || transportDown) {
        await release(chunk, rest, { to: 'queued' });
        break;
      }
      const batch = ready.slice(from, from + options.attemptSize);
      const startedMs = monotonicMs();
      let outcome: Awaited<ReturnType<typeof attempt>>;
      try {
        outcome = await attempt(chunk, batch, { transport, lease });
      } catch (error) {
        if (!(error instanceof RuleFailure)) throw error;
        metrics.ruleFailed(error.rule);
        log.error(
          { err: error, rule: error.rule, campaignId: chunk.run.campaignId },
          'a rule failed: nothing was sent',
        );
        await release(chunk, rest, { to: 'queued', trouble: { code: 'rule_failed', detail: error.message } });
        break;
      }
      if (outcome.kind === 'fenced') {
        log.warn({ claimId: chunk.claimId }, 'the lease was over: these sends are left to another worker');
        return { states, transportDown };
      }
      if (outcome.kind === 'halted') {
        await release(chunk, rest, { to: outcome.to });
        break;
      }
      metrics.step('attempt', monotonicMs() - startedMs);
      const results = await record(chunk, outcome);
      deps.progressed?.(chunk.workspaceId, chunk.run.campaignId);
      await deps.failpoint('recorded');
      for (const { state, reason } of results) {
        states[state] = (states[state] ?? 0) + 1;
        if (reason === 'transport') transportDown = true;
      }
    }
    for (const [state, count] of Object.entries(states)) metrics.sends(state as SendState, count);
    await close(chunk);
    return { states, transportDown };
  };

  return async (chunk: ClaimedChunk, signal?: AbortSignal): Promise<ChunkReport> => {
    const lease = keepLease(deps, chunk, options);
    try {
      return await carry(chunk, lease, signal);
    } finally {
      lease.end();
    }
  };
};
