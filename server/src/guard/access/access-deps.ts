import type { AuditDoor } from '#guard/audit';
import type { Clock } from '#platform/clock';
import type { Ids } from '#platform/ids';
import type { Database, Tx } from '#platform/postgres';
import type { Secrets } from '#platform/secrets';
import type { LocalToken } from './local-token.ts';
import type { RandomBytes } from './secret-token.ts';

export interface AccessDeps {
  readonly database: Database;
  /**
   * The time of the wall, never the sample shop's: a session must not end because a simulated fortnight went by, and a
   * lock after failed sign-ins must end although the simulated clock stands still.
   */
  readonly wallClock: Clock;
  readonly ids: Ids;
  readonly audit: AuditDoor;
  readonly secrets: Secrets;
  /** node:crypto's randomBytes. */
  readonly random: RandomBytes;
  /** Where links to this server begin, when the workspace has no public URL: `http://127.0.0.1:3300`. */
  readonly baseUrl: () => string;
  /** In the transaction that makes a workspace: rooms put their first rows there. */
  readonly onWorkspaceCreated?: (tx: Tx) => Promise<unknown>;
  /** Null: the command line of this machine has no token. */
  readonly localToken: LocalToken | null;
}
