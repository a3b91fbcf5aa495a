import type { Settings } from '#guard/access';
import type { AuditDoor } from '#guard/audit';
import type { Consent, Entities } from '#guard/consent';
import type { Products } from '#know/catalog';
import type { Bulk, EventReader } from '#know/collect';
import type { Profiles } from '#know/profiles';
import type { Clock } from '#platform/clock';
import type { Ids } from '#platform/ids';
import type { Jobs } from '#platform/jobs';
import type { Log } from '#platform/log';
import type { Database, Tx } from '#platform/postgres';
import type { ProfilesWith } from './match-people.ts';

/**
 * What else may know a person: sends, consents given by hand, scores. Each room that keeps something about people and
 * stands to the right gives one to `app.ts`. Answers with those of the profiles that it knows.
 */
export type KnowsPeople = (tx: Tx, profileIds: readonly string[]) => Promise<ReadonlySet<string>>;

export interface ImportsDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly jobs: Pick<Jobs, 'add'>;
  readonly audit: Pick<AuditDoor, 'record'>;
  readonly settings: Pick<Settings, 'get'>;
  readonly consent: Pick<Consent, 'append' | 'news' | 'knowsPeople' | 'standing' | 'takeBackImported'>;
  readonly entities: Pick<Entities, 'default' | 'list'>;
  readonly profiles: Pick<Profiles, 'byIds' | 'idsOfImport' | 'remove'>;
  /** The profiles room with a source of ids: people get the ids that their events carry. */
  readonly profilesWith: ProfilesWith;
  readonly products: Pick<Products, 'upsert' | 'bySku'>;
  readonly bulk: Bulk;
  readonly eventReader: EventReader;
  readonly knowsPeople: readonly KnowsPeople[];
  /** Made-up consents are for demonstrations: true only where no message can ever leave for a real mailbox. */
  readonly mayMakeUp: (tx: Tx) => Promise<boolean>;
  /** Folder for files on their way in; only this server's user may read it. */
  readonly folder: string;
  /** Default 20 GB. */
  readonly maxFileBytes?: number;
  /** People held in memory before they are put away; default 50,000. */
  readonly maxPeopleInMemory?: number;
  readonly linesPerChunk?: number;
  /** An import is in another state: for the screens that show it. */
  readonly publish?: (tx: Tx, importId: string) => Promise<void>;
  /** An import that runs got further. */
  readonly progressed?: (workspaceId: string, importId: string) => void;
}
