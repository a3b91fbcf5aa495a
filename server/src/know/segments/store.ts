import type { Rule } from '@mesure/contract/segments';
import type { Tx } from '#platform/postgres';

export interface Segment {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly rule: Rule;
  readonly ruleHash: string;
  readonly version: number;
  /** The id of who made it. */
  readonly createdBy: string;
  /** The person who drew the rule as it stands; null where that was not kept. */
  readonly ruleBy: string | null;
  /** Who saved it last; null where that was not kept. */
  readonly updatedBy: { readonly id: string; readonly name: string } | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = `id, name, description, rule, rule_hash as "ruleHash", version, created_by as "createdBy", rule_by as "ruleBy",
  updated_by as "updatedBy", created_at as "createdAt", updated_at as "updatedAt"`;

/** undefined: another segment has this name. */
export const insertSegment = (tx: Tx, segment: Segment): Promise<Segment | undefined> =>
  tx.maybe<Segment>(
    `insert into segment (workspace_id, id, name, description, rule, rule_hash, version, created_by, created_at, updated_at,
       rule_by, updated_by)
     values (app_workspace(), $1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9, $10, $11::jsonb)
     on conflict (workspace_id, lower(name)) where deleted_at is null do nothing returning ${COLUMNS}`,
    [
      segment.id,
      segment.name,
      segment.description,
      JSON.stringify(segment.rule),
      segment.ruleHash,
      segment.version,
      segment.createdBy,
      segment.createdAt,
      segment.updatedAt,
      segment.ruleBy,
      JSON.stringify(segment.updatedBy),
    ],
  );

export const updateSegment = (tx: Tx, segment: Segment): Promise<number> =>
  tx.run(
    `update segment set name = $2, description = $3, rule = $4::jsonb, rule_hash = $5, version = $6, updated_at = $7,
       rule_by = $8, updated_by = $9::jsonb
     where workspace_id = app_workspace() and id = $1 and deleted_at is null`,
    [
      segment.id,
      segment.name,
      segment.description,
      JSON.stringify(segment.rule),
      segment.ruleHash,
      segment.version,
      segment.updatedAt,
      segment.ruleBy,
      JSON.stringify(segment.updatedBy),
    ],
  );

export const markDeleted = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(
    'update segment set deleted_at = $2 where workspace_id = app_workspace() and id = $1 and deleted_at is null',
    [id, now],
  );

export const lockDeleted = (tx: Tx, id: string): Promise<Segment | undefined> =>
  tx.maybe<Segment>(
    `select ${COLUMNS} from segment
     where workspace_id = app_workspace() and id = $1 and deleted_at is not null for update`,
    [id],
  );

export const markRestored = (tx: Tx, id: string): Promise<number> =>
  tx.run('update segment set deleted_at = null where workspace_id = app_workspace() and id = $1', [id]);

export const nameIsTaken = async (tx: Tx, name: string, exceptId: string): Promise<boolean> =>
  (await tx.maybe(
    `select 1 as found from segment
     where workspace_id = app_workspace() and lower(name) = lower($1) and id <> $2 and deleted_at is null`,
    [name, exceptId],
  )) !== undefined;

export const lockSegment = (tx: Tx, id: string): Promise<Segment | undefined> =>
  tx.maybe<Segment>(
    `select ${COLUMNS} from segment where workspace_id = app_workspace() and id = $1 and deleted_at is null for update`,
    [id],
  );

/** Deleted ones too when asked: campaigns still show what they used. */
export const findSegment = (tx: Tx, id: string): Promise<Segment | undefined> =>
  tx.maybe<Segment>(
    `select ${COLUMNS} from segment where workspace_id = app_workspace() and id = $1 and deleted_at is null`,
    [id],
  );

export interface SegmentPage {
  readonly limit: number;
  /** The last name of the page before. */
  readonly after?: string | undefined;
}

export const listSegments = (tx: Tx, page: SegmentPage): Promise<Segment[]> =>
  tx.rows<Segment>(
    `select ${COLUMNS} from segment
     where workspace_id = app_workspace() and deleted_at is null and lower(name) > lower($1)
     order by lower(name) limit $2`,
    [page.after ?? '', page.limit],
  );
