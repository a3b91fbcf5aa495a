import type { Decision, SentSubject } from '#choose/policy';
import type { Actor } from '#guard/access';
import type { AuditChange } from '#guard/audit';
import type { NewSuppression } from '#guard/consent';
import type { Product } from '#know/catalog';
import type { NewEvent } from '#know/collect';
import type { Profile } from '#know/profiles';
import type { Clock } from '#platform/clock';
import type { Ids } from '#platform/ids';
import type { Log } from '#platform/log';
import type { OutgoingMail, SmtpOutcome } from '#platform/mail';
import type { Database, Tx } from '#platform/postgres';
import type { Metrics } from './metrics.ts';
import type { Facts, RuleSettings } from './rule.ts';
import type { BrakePort } from './rules/brake.ts';
import type { ConsentPort } from './rules/consent.ts';
import type { PausePort } from './rules/pause.ts';
import type { PurchasePort } from './rules/purchase.ts';
import type { SenderPort } from './rules/sender.ts';
import type { SuppressionPort } from './rules/suppression.ts';
import type { PlannedVariant, RunPlan } from './run-plan.ts';

/** Places at which the kill -9 tests end the process. */
export type Failpoint =
  | 'start.after-snapshot'
  | 'start.mid-enqueue'
  | 'claim.committed'
  | 'attempting.committed'
  | 'smtp.accepted'
  | 'recorded';

/** Does nothing unless a test says otherwise. */
export type FailpointHook = (name: Failpoint) => void | Promise<void>;

export interface ClaimedSend {
  readonly id: string;
  readonly profileId: string;
  readonly profile: Profile;
  readonly address: string;
  readonly variant: PlannedVariant;
  readonly facts: Facts;
  readonly decisionId: string;
  readonly deferrals: number;
}

/** Sends under one lease, allowed by every rule. `claimId` is the fencing token. */
export interface ClaimedChunk {
  readonly workspaceId: string;
  readonly claimId: string;
  /** On the clock of this process (monotonicMs), never later than the lease in the database. */
  readonly leaseOverMs: number;
  readonly run: RunPlan;
  /** As read at the claim. */
  readonly settings: RuleSettings;
  readonly sends: readonly ClaimedSend[];
  /** Products that the sends may show, by SKU. */
  readonly catalog: ReadonlyMap<string, Product>;
}

export type Composed =
  | { readonly ok: true; readonly mail: OutgoingMail; readonly subject: string }
  /** `template`: the text cannot be made for this person; `content_changed`: it is not what was approved. */
  | {
      readonly ok: false;
      readonly reason: 'template' | 'content_changed' | 'address';
      readonly error: string;
    };

export interface MessageComposer {
  /** One answer per send, in the same order. Throws when nothing can be composed at all (no sender identity). */
  readonly compose: (chunk: ClaimedChunk) => Promise<readonly Composed[]>;
}

export interface MailOut {
  readonly send: (mail: OutgoingMail) => Promise<SmtpOutcome>;
}

export interface DeliveryDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly failpoint: FailpointHook;
  /** Shown in claims and logs: host and process. */
  readonly worker: string;
  readonly workspaceIds: () => Promise<readonly string[]>;
  /** Nobody else can work on this database, because it is the built-in one: a claim found at the start is a dead process's. */
  readonly alone?: boolean;
  readonly settings: { readonly get: (tx: Tx) => Promise<RuleSettings> };
  readonly audit: { readonly record: (tx: Tx, change: AuditChange) => Promise<void> };
  readonly brake: BrakePort;
  readonly consent: ConsentPort & {
    readonly basis: (
      tx: Tx,
      query: {
        readonly profileIds: readonly string[];
        readonly entityId: string;
        readonly channel: 'email';
        readonly purpose: 'prospecting';
      },
    ) => Promise<ReadonlyMap<string, string>>;
  };
  readonly suppression: SuppressionPort & {
    readonly add: (tx: Tx, suppressions: readonly NewSuppression[]) => Promise<unknown>;
  };
  readonly pauses: PausePort;
  readonly recommend: PurchasePort;
  readonly profiles: {
    /** Locks the people's rows in the order of their ids, until the transaction ends. */
    readonly lock: (tx: Tx, ids: readonly string[]) => Promise<unknown>;
    readonly byIds: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, Profile>>;
  };
  readonly products: {
    readonly bySku: (tx: Tx, skus: readonly string[]) => Promise<ReadonlyMap<string, Product>>;
  };
  readonly decisions: {
    readonly record: (tx: Tx, decisions: readonly Decision[]) => Promise<unknown>;
    readonly recordSubjects: (tx: Tx, subjects: readonly SentSubject[]) => Promise<unknown>;
  };
  readonly collect: { readonly append: (tx: Tx, events: readonly NewEvent[]) => Promise<unknown> };
  readonly sender: SenderPort;
  readonly composer: MessageComposer;
  readonly transport: (workspaceId: string) => Promise<MailOut>;
  /** More of a campaign's sends came to their end. */
  readonly progressed?: (workspaceId: string, campaignId: string) => void;
  readonly options?: Partial<DeliveryOptions>;
}

export interface DeliveryOptions {
  /** Sends per claim. */
  readonly chunkSize: number;
  /** Sends per attempt transaction: what a brake can no longer hold back is at most this times `lanes`. */
  readonly attemptSize: number;
  /** Chunks worked on side by side, each in another stage. */
  readonly lanes: number;
  readonly leaseMs: number;
  /** 4xx answers to one recipient before it is given up. */
  readonly mostDeferrals: number;
  readonly idleMs: number;
}

export const defaultOptions: DeliveryOptions = {
  chunkSize: 250,
  attemptSize: 50,
  lanes: 4,
  leaseMs: 120_000,
  mostDeferrals: 8,
  idleMs: 500,
};

/** The engine itself, as an actor for the audit chain. */
export const deliveryActor = (workspaceId: string): Actor => ({
  kind: 'system',
  id: 'delivery',
  name: 'Delivery',
  roles: [],
  workspaceId,
  personId: null,
});
