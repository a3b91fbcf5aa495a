import type { ClickHouse } from '#platform/clickhouse';
import { ZERO_UUID } from '#platform/ids';
import type { Database } from '#platform/postgres';
import { emailKey } from './profile.ts';
import {
  type ChangedProfile,
  type ChangePoint,
  changedAfter,
  moveCursor,
  type RemovedProfile,
  readCursor,
  removedAfter,
} from './replicate-store.ts';

type Row = Readonly<Record<string, unknown>>;

const domainOf = (email: string | null): string =>
  email === null ? '' : (emailKey(email).split('@').pop() ?? '');

/** Booleans are kept as the texts `true` and `false`: segments compare them so. */
const split = (traits: ChangedProfile['traits']): { text: Row; numbers: Row } => {
  const text: Record<string, string> = {};
  const numbers: Record<string, number> = {};
  for (const [key, value] of Object.entries(traits))
    if (typeof value === 'number') numbers[key] = value;
    else text[key] = String(value);
  return { text, numbers };
};

export const profileRow = (workspaceId: string, profile: ChangedProfile): Row => ({
  workspace_id: workspaceId,
  profile_id: profile.id,
  import_id: profile.importId,
  version: profile.version,
  deleted: 0,
  external_id: profile.externalId ?? '',
  email_domain: domainOf(profile.email),
  has_email: profile.email === null ? 0 : 1,
  language: profile.language ?? '',
  country: profile.country ?? '',
  region: profile.region ?? '',
  time_zone: profile.timeZone ?? '',
  city: profile.city ?? '',
  first_name: profile.firstName ?? '',
  last_name: profile.lastName ?? '',
  ...split(profile.traits),
});

/** Visible to everybody (zero import), so that it hides an older copy wherever that one is visible. */
const removalRow = (workspaceId: string, removed: RemovedProfile): Row => ({
  workspace_id: workspaceId,
  profile_id: removed.id,
  import_id: ZERO_UUID,
  version: removed.version,
  deleted: 1,
});

export interface ReplicateDeps {
  readonly database: Database;
  readonly clickhouse: ClickHouse;
  /** Rows per step; default 20,000. */
  readonly batch?: number;
}

export interface ReplicateProfiles {
  /** One step: copies changed and removed profiles to the event store. Zero: the copy is complete. */
  readonly tick: (workspaceId: string) => Promise<{ readonly copied: number }>;
  /** Copies what had changed at the time of the call, even while changes go on. */
  readonly catchUp: (workspaceId: string) => Promise<void>;
}

const pointOf = (
  rows: readonly { readonly id: string; readonly xid: string }[],
  before: ChangePoint,
): ChangePoint => {
  const last = rows.at(-1);
  return last === undefined ? before : { xid: last.xid, id: last.id };
};

/**
 * Copies first, then moves the cursor. A crash in between copies the same versions again, and a version that is there
 * twice counts once.
 */
export const createReplicateProfiles = (deps: ReplicateDeps): ReplicateProfiles => {
  const limit = deps.batch ?? 20_000;
  const replicate: ReplicateProfiles = {
    tick: async (workspaceId) => {
      const found = await deps.database.inWorkspace(
        workspaceId,
        async (tx) => {
          const cursor = await readCursor(tx);
          const removed = await removedAfter(tx, cursor.removal, limit);
          return { cursor, removed, changed: await changedAfter(tx, cursor.change, limit) };
        },
        // One snapshot for both reads.
        { isolation: 'repeatable read', readOnly: true },
      );
      const { cursor, changed, removed } = found;
      if (changed.length + removed.length === 0) return { copied: 0 };
      const rows = [
        ...changed.map((profile) => profileRow(workspaceId, profile)),
        ...removed.map((profile) => removalRow(workspaceId, profile)),
      ];
      const versions = [...changed, ...removed].map(({ version }) => version);
      await deps.clickhouse.insert({
        table: 'profiles',
        rows,
        // Versions are unique: the same token means the same rows.
        token: `profiles:${workspaceId}:${versions[0]}:${versions.at(-1)}:${rows.length}`,
      });
      const moved = { change: pointOf(changed, cursor.change), removal: pointOf(removed, cursor.removal) };
      await deps.database.inWorkspace(workspaceId, (tx) => moveCursor(tx, moved));
      return { copied: rows.length };
    },
    catchUp: async (workspaceId) => {
      // A step that is not full has reached the end.
      while ((await replicate.tick(workspaceId)).copied >= limit);
    },
  };
  return replicate;
};
