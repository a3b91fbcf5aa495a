import type { Rule } from '@mesure/contract/segments';
import type { Tx } from '#platform/postgres';

/** How many people a rule gave. `day`: `2026-03-31`, in the time zone of the workspace. */
export interface SizeOfSegment {
  readonly segmentId: string;
  readonly day: string;
  readonly ruleHash: string;
  readonly at: Date;
  readonly count: number;
  readonly total: number;
}

const COLUMNS = `segment_id as "segmentId", to_char(day, 'YYYY-MM-DD') as day, rule_hash as "ruleHash", at, count, total`;

export interface Uncounted {
  readonly id: string;
  readonly rule: Rule;
  readonly ruleHash: string;
}

/** Segments whose rule, as it stands, was not counted on this day. */
export const uncountedSegments = (
  tx: Tx,
  wanted: { readonly day: string; readonly limit: number; readonly segmentId?: string | undefined },
): Promise<Uncounted[]> =>
  tx.rows<Uncounted>(
    `select id, rule, rule_hash as "ruleHash" from segment s
     where workspace_id = app_workspace() and deleted_at is null and ($3::uuid is null or id = $3) and not exists (
       select 1 from segment_size z where z.workspace_id = app_workspace() and z.segment_id = s.id
         and z.day = $1::date and z.rule_hash = s.rule_hash)
     order by id limit $2`,
    [wanted.day, wanted.limit, wanted.segmentId ?? null],
  );

/** Whoever counts second on a day changes nothing. */
export const insertSize = (tx: Tx, size: SizeOfSegment): Promise<number> =>
  tx.run(
    `insert into segment_size (workspace_id, segment_id, day, rule_hash, at, count, total)
     values (app_workspace(), $1, $2::date, $3, $4, $5, $6) on conflict do nothing`,
    [size.segmentId, size.day, size.ruleHash, size.at, size.count, size.total],
  );

/** The latest size of each segment's rule as it stands. */
export const latestSizes = (tx: Tx, segmentIds: readonly string[]): Promise<SizeOfSegment[]> =>
  tx.rows<SizeOfSegment>(
    `select distinct on (segment_id) ${COLUMNS} from segment_size z
     where workspace_id = app_workspace() and segment_id = any ($1::uuid[]) and rule_hash = (
       select rule_hash from segment s where s.workspace_id = app_workspace() and s.id = z.segment_id)
     order by segment_id, z.at desc`,
    [segmentIds],
  );

/** Oldest first, from a day on. */
export const sizesSince = (tx: Tx, segmentId: string, day: string): Promise<SizeOfSegment[]> =>
  tx.rows<SizeOfSegment>(
    `select ${COLUMNS} from segment_size
     where workspace_id = app_workspace() and segment_id = $1 and day >= $2::date order by segment_size.at`,
    [segmentId, day],
  );
