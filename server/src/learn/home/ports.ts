import type { Access } from '#guard/access';
import type { Brake } from '#guard/brake';
import type { EventReader } from '#know/collect';
import type { Segments } from '#know/segments';
import type { Clock } from '#platform/clock';
import type { Log } from '#platform/log';
import type { Database, Tx } from '#platform/postgres';
import type { Content } from '#reach/content';
import type { Delivery } from '#reach/delivery';
import type { Sender } from '#reach/sender';

export interface HomeFinding {
  readonly status: 'proven' | 'not_yet' | 'harmful' | 'not_comparable' | 'not_started';
  readonly sentence: string;
}

export interface HomeDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly brake: Pick<Brake, 'state'>;
  readonly team: Pick<Access['team'], 'list'>;
  readonly timeZone: (workspaceId: string) => Promise<string>;
  readonly sender: Pick<Sender, 'overview'>;
  readonly delivery: Pick<Delivery, 'holds'>;
  readonly segments: Pick<Segments, 'list'>;
  readonly messages: Pick<Content['messages'], 'list' | 'latest'>;
  readonly events: EventReader;
  /** The report in a sentence; takes as long as the report. */
  readonly findingOf: (
    workspaceId: string,
    campaignId: string,
    language: 'en' | 'fr',
  ) => Promise<HomeFinding>;
  /** A finding is new. */
  readonly publish: (tx: Tx, subject: { readonly kind: 'campaign'; readonly id: string }) => Promise<void>;
}
