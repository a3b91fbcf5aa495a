import type { Rule } from '#know/segments';

/** One text of a campaign, bound to the bytes that were approved. */
export interface PlannedVariant {
  readonly key: string;
  readonly messageId: string;
  /** The template of the subject, for the decision record. */
  readonly subject: string;
  /** Share of people in (0, 1]; the shares of all variants add up to 1. */
  readonly share: number;
  /** Hash that was approved: a message whose hash differs at the send is not sent (P-20). */
  readonly contentHash: string;
}

/** What the ledger must know of the campaign behind a run; frozen at its start. */
export interface RunPlan {
  readonly campaignId: string;
  readonly campaignName: string;
  readonly entityId: string;
  /** What recipients see of the sender, as it was approved; absent in runs from before it was. */
  readonly senderHash?: string;
  readonly topic: string | null;
  readonly variants: readonly PlannedVariant[];
  /** Products shown per message; 0: none. */
  readonly productCount: number;
  /** What becomes of a message to somebody who had enough: waits until there is room, or is not sent. */
  readonly onPressure: 'block' | 'hold';
  readonly approverNames: readonly string[];
  /** The audience rule with its words and hash, for the decision record and the "why" page. */
  readonly audienceRule: {
    readonly words: Readonly<Record<'en' | 'fr', string>>;
    readonly hash: string;
    readonly rule?: Rule;
  };
  /** Share of eligible people left out by chance. */
  readonly holdoutShare: number;
  readonly globalHoldoutShare: number;
  /** Component → version, as it was when the candidates were recorded. */
  readonly modelVersions: Readonly<Record<string, string>>;
}

export type RunStatus = 'open' | 'paused' | 'stopped' | 'done';

/** Why nothing leaves although the run is open. */
export interface Trouble {
  /** `brake_global`, `brake_campaign`, `restore_hold`, `rule_failed`, `claim_failed`, `transport`, `sender`, `sender_changed`. */
  readonly code: string;
  readonly detail: string | null;
  readonly since: Date;
}

export interface Run {
  readonly campaignId: string;
  readonly status: RunStatus;
  readonly plan: RunPlan;
  readonly trouble: Trouble | null;
}
