import type { Brand, BrandLogo } from '@mesure/contract/settings';
import type { Decisions } from '#choose/policy';
import type { ConsentRoom } from '#guard/consent';
import type { NewEvent } from '#know/collect';
import type { Profile } from '#know/profiles';
import type { Clock } from '#platform/clock';
import type { Ids } from '#platform/ids';
import type { Log } from '#platform/log';
import type { Database, Tx } from '#platform/postgres';
import type { Tokens } from '#platform/secrets';
import type { Language } from './language.ts';

type Known = Pick<Profile, 'email' | 'language' | 'simulated'>;

/** PostgreSQL is all these pages need: they answer while models, queues and the brake say no (W-17). */
export interface PagesDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly tokens: Tokens;
  readonly guard: ConsentRoom;
  readonly decisions: Pick<Decisions, 'byId' | 'latestFor'>;
  readonly collect: { readonly append: (tx: Tx, events: readonly NewEvent[]) => Promise<unknown> };
  readonly profiles: {
    readonly byIds: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, Known>>;
  };
  readonly settings: {
    readonly get: (tx: Tx) => Promise<{
      readonly name: string;
      readonly language: Language;
      readonly timeZone: string;
      readonly brand: Brand;
    }>;
    readonly logos: { readonly shown: (tx: Tx) => Promise<BrandLogo | null> };
  };
}
