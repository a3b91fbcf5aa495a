import type { Experiments } from '#choose/experiments';
import type { Recommend } from '#choose/recommend';
import type { Actor } from '#guard/access';
import type { AuditChange } from '#guard/audit';
import type { Entities, Topics } from '#guard/consent';
import type { Product } from '#know/catalog';
import type { Profile } from '#know/profiles';
import type { Rule, SeenInBrief, Segment } from '#know/segments';
import type { Clock } from '#platform/clock';
import type { Ids } from '#platform/ids';
import type { Log } from '#platform/log';
import type { Database, Tx } from '#platform/postgres';
import type { Finding, MessageSource, MessageVersion } from '#reach/content';
import type { Composer, Delivery, FailpointHook, MailOut } from '#reach/delivery';

export interface CampaignsDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly failpoint: FailpointHook;
  readonly workspaceIds: () => Promise<readonly string[]>;
  readonly settings: { readonly get: (tx: Tx) => Promise<{ readonly globalHoldoutShare: number }> };
  readonly audit: { readonly record: (tx: Tx, change: AuditChange) => Promise<void> };
  readonly entities: Pick<Entities, 'byId' | 'default'>;
  readonly topics: Pick<Topics, 'list'>;
  readonly segments: {
    readonly get: (tx: Tx, id: string) => Promise<Segment>;
    readonly members: (workspaceId: string, rule: Rule) => Promise<readonly string[]>;
    readonly seenOf: (
      workspaceId: string,
      rule: Rule,
      profileIds: readonly string[],
    ) => Promise<ReadonlyMap<string, SeenInBrief>>;
    readonly explain: (rule: Rule, language: 'en' | 'fr') => string;
  };
  readonly profiles: {
    readonly byIds: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, Profile>>;
  };
  readonly products: {
    readonly bySku: (tx: Tx, skus: readonly string[]) => Promise<ReadonlyMap<string, Product>>;
  };
  readonly experiments: Pick<Experiments, 'enrolCampaign'>;
  readonly recommend: Pick<Recommend, 'forProfiles' | 'model'>;
  readonly messages: {
    readonly latest: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, MessageVersion>>;
  };
  readonly lint: (source: MessageSource) => Promise<readonly Finding[]>;
  /** Throws with a sentence when this entity cannot send yet. */
  readonly checkSender: (tx: Tx, entityId: string) => Promise<unknown>;
  /** What recipients see of this entity, in one word. */
  readonly senderSeen: (tx: Tx, entityId: string) => Promise<string | null>;
  readonly composer: Pick<Composer, 'preview' | 'test'>;
  readonly transport: (workspaceId: string) => Promise<MailOut>;
  readonly delivery: Delivery;
  /** The actor's own address: test messages go nowhere else. */
  readonly addressOf: (actor: Actor) => Promise<string | null>;
}
