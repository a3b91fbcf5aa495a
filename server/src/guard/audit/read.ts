import type { Tx } from '#platform/postgres';
import type { Json } from './canonical.ts';
import { type ChainedEntry, type ChainHead, emptyChain } from './chain.ts';

interface EntryRow {
  readonly workspace_id: string;
  readonly sequence: number;
  readonly at: Date;
  readonly actor_kind: 'account' | 'token' | 'system';
  readonly actor_id: string;
  readonly actor_name: string;
  readonly action: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly before: Json;
  readonly after: Json;
  readonly hash: Buffer;
}

const columns = `workspace_id, sequence, at, actor_kind, actor_id, actor_name, action,
                 subject_kind, subject_id, before, after, hash`;

const toEntry = (row: EntryRow): ChainedEntry => ({
  workspaceId: row.workspace_id,
  sequence: row.sequence,
  at: row.at,
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  action: row.action,
  subject: { kind: row.subject_kind, id: row.subject_id },
  before: row.before,
  after: row.after,
  hash: row.hash,
});

export const readHead = async (tx: Tx): Promise<ChainHead> =>
  (await tx.maybe<ChainHead>('select sequence, hash from audit_head where workspace_id = app_workspace()')) ??
  emptyChain;

/** The next entries after a sequence, oldest first. */
export const entriesAfter = async (tx: Tx, sequence: number, limit: number): Promise<ChainedEntry[]> =>
  (
    await tx.rows<EntryRow>(
      `select ${columns} from audit_entry
       where workspace_id = app_workspace() and sequence > $1 order by sequence limit $2`,
      [sequence, limit],
    )
  ).map(toEntry);

export interface AuditFilter {
  readonly actorId?: string | undefined;
  /** One action, or its family before the dot. */
  readonly action?: string | undefined;
  readonly subjectKind?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Entries older than this sequence. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface AuditVocabulary {
  readonly actors: readonly (ChainedEntry['actor'] & { readonly entries: number })[];
  readonly actions: readonly { readonly action: string; readonly entries: number }[];
  readonly subjectKinds: readonly { readonly kind: string; readonly entries: number }[];
}

const MAX_ACTORS = 500;

/** What there is to filter by. People go by the name of their latest entry. */
export const readVocabulary = async (tx: Tx): Promise<AuditVocabulary> => ({
  actors: await tx.rows(
    `select actor_kind as kind, actor_id as id, (array_agg(actor_name order by sequence desc))[1] as name,
            count(*) as entries
     from audit_entry where workspace_id = app_workspace()
     group by actor_kind, actor_id order by entries desc, id limit $1`,
    [MAX_ACTORS],
  ),
  actions: await tx.rows(
    `select action, count(*) as entries from audit_entry
     where workspace_id = app_workspace() group by action order by action`,
  ),
  subjectKinds: await tx.rows(
    `select subject_kind as kind, count(*) as entries from audit_entry
     where workspace_id = app_workspace() group by subject_kind order by subject_kind`,
  ),
});

/** Newest first. */
export const listEntries = async (tx: Tx, filter: AuditFilter): Promise<ChainedEntry[]> =>
  (
    await tx.rows<EntryRow>(
      `select ${columns} from audit_entry
       where workspace_id = app_workspace()
         and ($1::text is null or actor_id = $1)
         and ($2::text is null or action = $2 or split_part(action, '.', 1) = $2)
         and ($3::text is null or subject_kind = $3)
         and ($4::text is null or subject_id = $4)
         and ($5::timestamptz is null or at >= $5)
         and ($6::timestamptz is null or at < $6)
         and ($7::bigint is null or sequence < $7)
       order by sequence desc limit $8`,
      [
        filter.actorId ?? null,
        filter.action ?? null,
        filter.subjectKind ?? null,
        filter.subjectId ?? null,
        filter.from ?? null,
        filter.to ?? null,
        filter.before ?? null,
        filter.limit,
      ],
    )
  ).map(toEntry);
