import { monotonicMs } from '#platform/clock';
import { createLoop, type Loop } from '#platform/loop';
import { createAttempt } from './attempt.ts';
import { createChunkWork } from './chunk.ts';
import { type ClaimOutcome, createClaim } from './claim.ts';
import type { DeliveryDeps, DeliveryOptions } from './ports.ts';
import { runsWithDueSends } from './read.ts';
import { createRecord } from './record.ts';
import { createRecover } from './recover.ts';
import { type Rule, RuleFailure } from './rule.ts';
import { rulesAt } from './rules.ts';
import type { SendState } from './send.ts';
import { setTrouble } from './store.ts';

export interface TickReport {
  readonly claimed: number;
  readonly recovered: number;
  readonly states: Readonly<Partial<Record<SendState, number>>>;
  /** Campaigns that a gate or a failed rule kept back, with the reason. */
  readonly closed: ReadonlyMap<string, string>;
  /** True: there was work and there may be more at once. */
  readonly worked: boolean;
}

export interface Worker {
  /** One pass over every workspace: takes back what was lost, then one chunk of each open campaign, to its end. */
  readonly tick: (signal?: AbortSignal) => Promise<TickReport>;
  /** Several lanes of ticks side by side, until the signal: then messages under way finish and the others go back. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly wake: () => void;
}

export interface WorkerInput {
  readonly deps: DeliveryDeps;
  readonly options: DeliveryOptions;
  readonly rules: readonly Rule[];
}

/** How long the lanes leave a campaign alone of which nothing could be sent; then one send finds out whether it can. */
const DOWN_PAUSE_MS = 5_000;
/** Looking for lost workers is cheap, but not worth a transaction per chunk. */
const RECOVER_EVERY_MS = 5_000;

export const createWorker = ({ deps, options, rules }: WorkerInput): Worker => {
  const claim = createClaim(deps, rulesAt(rules, 'claim'), options);
  const attempt = createAttempt(deps, rulesAt(rules, 'attempt'), options);
  const work = createChunkWork({ deps, options, attempt, record: createRecord(deps, options) });
  const recover = createRecover(deps);

  const failClosed = async (
    workspaceId: string,
    campaignId: string,
    failure: RuleFailure,
  ): Promise<Extract<ClaimOutcome, { kind: 'closed' }>> => {
    deps.metrics.ruleFailed(failure.rule);
    deps.log.error({ err: failure, rule: failure.rule, campaignId }, 'a rule failed: nothing was claimed');
    await deps.database.inWorkspace(workspaceId, (tx) =>
      setTrouble(tx, campaignId, { code: 'rule_failed', detail: failure.message, now: deps.clock.now() }),
    );
    return { kind: 'closed', reason: `rule_failed:${failure.rule}` };
  };

  /** What nobody foresaw holds up this campaign, never the others or another workspace (S-03). */
  const holdUp = async (
    workspaceId: string,
    campaignId: string,
    cause: unknown,
  ): Promise<Extract<ClaimOutcome, { kind: 'closed' }>> => {
    deps.log.error({ err: cause, campaignId }, 'a claim failed: nothing was claimed');
    const detail = 'The claim failed; the log of the server says why. It is tried again.';
    await deps.database.inWorkspace(workspaceId, (tx) =>
      setTrouble(tx, campaignId, { code: 'claim_failed', detail, now: deps.clock.now() }),
    );
    return { kind: 'closed', reason: 'claim_failed' };
  };

  const claimOrClose = async (
    workspaceId: string,
    campaignId: string,
    limit: number,
  ): Promise<ClaimOutcome> => {
    const startedMs = monotonicMs();
    try {
      return await claim({ workspaceId, campaignId, limit });
    } catch (error) {
      if (error instanceof RuleFailure) return failClosed(workspaceId, campaignId, error);
      return holdUp(workspaceId, campaignId, error);
    } finally {
      deps.metrics.step('claim', monotonicMs() - startedMs);
    }
  };

  /** Campaign → until when nothing of it is tried, because the relay took nothing or nothing could be composed. */
  const downUntilMs = new Map<string, number>();

  const passOver = async (
    workspaceId: string,
    input: {
      readonly recoverFirst: boolean;
      readonly respectPauses: boolean;
      readonly signal: AbortSignal | undefined;
    },
  ) => {
    const closed = new Map<string, string>();
    const states: Partial<Record<SendState, number>> = {};
    let claimed = 0;
    let worked = false;
    const recovered = input.recoverFirst ? await recover(workspaceId) : [];
    for (const { state } of recovered) deps.metrics.recovered(state, 1);
    const campaignIds = await deps.database.inWorkspace(workspaceId, (tx) =>
      runsWithDueSends(tx, deps.clock.now()),
    );
    for (const campaignId of campaignIds) {
      if (input.signal?.aborted) break;
      const downUntil = downUntilMs.get(campaignId);
      if (input.respectPauses && downUntil !== undefined && downUntil > monotonicMs()) continue;
      // Every claim leaves its decisions in the record: finding out whether the relay is back takes one.
      const limit = downUntil === undefined ? options.chunkSize : 1;
      const outcome = await claimOrClose(workspaceId, campaignId, limit);
      if (outcome.kind === 'closed') closed.set(campaignId, outcome.reason);
      if (outcome.kind !== 'claimed') continue;
      worked = true;
      for (const { state, rule } of outcome.keptBack) deps.metrics.keptBack(state, rule);
      const { chunk } = outcome;
      if (chunk.sends.length === 0) {
        // Kept back by rules: it found out nothing, and one by one would take all night.
        downUntilMs.delete(campaignId);
        continue;
      }
      await deps.failpoint('claim.committed');
      claimed += chunk.sends.length;
      const report = await work(chunk, input.signal);
      if (report.transportDown) downUntilMs.set(campaignId, monotonicMs() + DOWN_PAUSE_MS);
      else downUntilMs.delete(campaignId);
      for (const [state, count] of Object.entries(report.states) as [SendState, number][]) {
        states[state] = (states[state] ?? 0) + count;
      }
    }
    return { closed, states, claimed, worked, recovered: recovered.length };
  };

  const pass = async (input: {
    readonly recoverFirst: boolean;
    readonly respectPauses: boolean;
    readonly signal: AbortSignal | undefined;
  }): Promise<TickReport> => {
    const closed = new Map<string, string>();
    const states: Partial<Record<SendState, number>> = {};
    let [claimed, recovered, worked] = [0, 0, false];
    for (const workspaceId of await deps.workspaceIds()) {
      if (input.signal?.aborted) break;
      const report = await passOver(workspaceId, input);
      claimed += report.claimed;
      recovered += report.recovered;
      worked ||= report.worked;
      for (const [campaignId, reason] of report.closed) closed.set(campaignId, reason);
      for (const [state, count] of Object.entries(report.states) as [SendState, number][]) {
        states[state] = (states[state] ?? 0) + count;
      }
    }
    return { claimed, recovered, states, closed, worked };
  };

  let lanes: readonly Loop[] = [];

  const lane = (index: number): Loop => {
    let recoverAtMs = 0;
    return createLoop({
      name: `delivery ${index + 1}`,
      idleMs: options.idleMs,
      log: deps.log,
      tick: async (signal) => {
        // One lane looks for work and lost workers; the others rest until it finds some, so that idling costs little.
        if (index > 0 && !busy) return false;
        const recoverFirst = index === 0 && monotonicMs() >= recoverAtMs;
        if (recoverFirst) recoverAtMs = monotonicMs() + RECOVER_EVERY_MS;
        if (index === 0) return lead(signal, recoverFirst);
        return (await pass({ recoverFirst, respectPauses: true, signal })).worked;
      },
    });
  };

  let busy = false;

  const lead = async (signal: AbortSignal, recoverFirst: boolean): Promise<boolean> => {
    if (!busy && (await anythingDue())) {
      busy = true;
      for (const other of lanes.slice(1)) other.wake();
    }
    const { worked } = await pass({ recoverFirst, respectPauses: true, signal });
    busy = worked;
    return worked;
  };

  const anythingDue = async (): Promise<boolean> => {
    for (const workspaceId of await deps.workspaceIds()) {
      const due = await deps.database.inWorkspace(workspaceId, (tx) =>
        runsWithDueSends(tx, deps.clock.now()),
      );
      if (due.length > 0) return true;
    }
    return false;
  };

  /** Otherwise a restart would wait for the leases of the process that it replaces. */
  const takeBackFromPredecessor = async (): Promise<void> => {
    try {
      for (const workspaceId of await deps.workspaceIds()) {
        for (const { state } of await recover(workspaceId, 'all')) deps.metrics.recovered(state, 1);
      }
    } catch (error) {
      deps.log.warn(
        { err: error },
        'claims of the process before could not be taken back; they will when their lease ends',
      );
    }
  };

  return {
    tick: (signal) => pass({ recoverFirst: true, respectPauses: false, signal }),
    run: async (signal) => {
      if (deps.alone) await takeBackFromPredecessor();
      if (signal.aborted) return;
      lanes = Array.from({ length: options.lanes }, (_, index) => lane(index));
      for (const loop of lanes) loop.start();
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      await Promise.all(lanes.map((loop) => loop.stop()));
    },
    wake: () => {
      downUntilMs.clear();
      for (const loop of lanes) loop.wake();
    },
  };
};
