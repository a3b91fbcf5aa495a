import { monotonicMs } from '#platform/clock';
import { renewClaim } from './claim-store.ts';
import type { ClaimedChunk, DeliveryDeps, DeliveryOptions } from './ports.ts';

export interface Lease {
  /** On this process's clock, which goes on while the process is stopped (SIGSTOP): from then on nothing is sent. */
  readonly overMs: () => number;
  /** A renewal that was asked for at this instant was granted. */
  readonly renewed: (askedMs: number) => void;
  readonly end: () => void;
}

/**
 * Renews the lease of a chunk for as long as this process lives and answers: a relay may take minutes for an answer (RFC
 * 5321 section 4.5.3.2), and a worker that waits for one is not lost.
 */
export const keepLease = (
  deps: Pick<DeliveryDeps, 'database' | 'log'>,
  { workspaceId, claimId, leaseOverMs }: ClaimedChunk,
  { leaseMs }: Pick<DeliveryOptions, 'leaseMs'>,
): Lease => {
  let overMs = leaseOverMs;
  const renewed = (askedMs: number): void => {
    overMs = Math.max(overMs, askedMs + leaseMs);
  };
  const renew = async (): Promise<void> => {
    const askedMs = monotonicMs();
    try {
      if (await deps.database.inWorkspace(workspaceId, (tx) => renewClaim(tx, claimId, leaseMs)))
        renewed(askedMs);
    } catch (error) {
      deps.log.warn({ err: error, claimId }, 'the lease of a claim could not be renewed');
    }
  };
  const timer = setInterval(() => void renew(), Math.max(leaseMs / 3, 1_000));
  timer.unref();
  return { overMs: () => overMs, renewed, end: () => clearInterval(timer) };
};
