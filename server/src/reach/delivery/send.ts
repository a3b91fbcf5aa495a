import type { SeenInBrief } from '#know/segments';

/**
 * The states of a send. `queued` and `held` wait for a worker, `claimed` and `attempting` are in a worker's hands, the
 * others are final. `uncertain`: a crash or a lost connection left it open whether the provider took the message.
 */
export type SendState =
  | 'queued'
  | 'held'
  | 'claimed'
  | 'attempting'
  | 'accepted'
  | 'rejected'
  | 'uncertain'
  | 'blocked'
  | 'cancelled';

export const sendStates: readonly SendState[] = [
  'queued',
  'held',
  'claimed',
  'attempting',
  'accepted',
  'rejected',
  'uncertain',
  'blocked',
  'cancelled',
];

export interface Send {
  readonly id: string;
  readonly campaignId: string;
  readonly profileId: string;
  readonly occurrence: number;
  readonly variant: string | null;
  readonly state: SendState;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly decisionId: string | null;
  /** SKUs that were chosen at the claim. */
  readonly products: readonly string[];
  /** When it may be claimed; null unless it waits. */
  readonly dueAt: Date | null;
  readonly queuedAt: Date;
  readonly claimedAt: Date | null;
  readonly attemptingAt: Date | null;
  readonly finishedAt: Date | null;
}

/** One of the products that a send may show, best first, as recorded when the campaign started. */
export interface SendProduct {
  readonly sku: string;
  readonly score: number;
  /** `popular` is the only reason that says nothing about the person. */
  readonly reason: string;
  readonly basis?: unknown;
}

/** A row to be: queued for those who may get it, blocked for those who may not, with the reason. */
export interface NewSend {
  readonly profileId: string;
  readonly occurrence?: number;
  readonly variant: string | null;
  readonly products: readonly SendProduct[];
  /** Of this variant for this person, in (0, 1]. */
  readonly probability: number;
  readonly blocked?: string;
  /** What the audience rule saw of the person at the snapshot. */
  readonly seen?: SeenInBrief | undefined;
}

export interface StateCount {
  readonly state: SendState;
  readonly reason: string | null;
  readonly count: number;
}

/** The ledger in one record: every state, also those that nobody is in. */
export type LedgerCounts = Readonly<Record<SendState, number>>;

export const ledgerCounts = (counts: readonly StateCount[]): LedgerCounts => {
  const sums = Object.fromEntries(sendStates.map((state) => [state, 0])) as Record<SendState, number>;
  for (const { state, count } of counts) sums[state] += count;
  return sums;
};

/** People of the audience whom neither the ledger nor the holdout accounts for. Anything but 0 is a fault. */
export const unaccounted = (audience: number, counts: LedgerCounts, holdout: number): number =>
  audience - holdout - sendStates.reduce((sum, state) => sum + counts[state], 0);
