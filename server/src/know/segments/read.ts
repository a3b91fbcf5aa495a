import type { Rule } from '@mesure/contract/segments';
import type { EventReader } from '#know/collect';
import { compileExpression, compileRule, RULE_SETTINGS } from './compile.ts';
import { compileReasons, type Seen, type SeenRow, seenOf } from './reasons-compile.ts';
import type { RuleMoment } from './window.ts';

export interface Counted {
  readonly count: number;
  /** Everybody. */
  readonly total: number;
  /** A stable choice: the same people as long as they are members. */
  readonly sample: readonly string[];
}

/** One pass over the profiles answers all three questions. */
export const countMembers = async (
  reader: EventReader,
  workspaceId: string,
  query: { readonly rule: Rule; readonly moment: RuleMoment; readonly samples: number },
): Promise<Counted> => {
  const { expression, params } = compileExpression(query.rule, query.moment);
  const [row] = await reader.query<{ count: number; total: number; sample: [number, string][] }>(
    workspaceId,
    {
      sql: `select countIf(member) as count, count() as total,
        groupArraySortedIf(${Math.max(1, Math.trunc(query.samples))})((cityHash64(profile_id), profile_id), member) as sample
      from (select profile_id, toBool(${expression}) as member from profiles final where deleted = 0)
      ${RULE_SETTINGS}`,
      params,
    },
  );
  return {
    count: row?.count ?? 0,
    total: row?.total ?? 0,
    sample: (row?.sample ?? []).slice(0, query.samples).map(([, profileId]) => profileId),
  };
};

export const readMembers = async (
  reader: EventReader,
  workspaceId: string,
  query: { readonly rule: Rule; readonly moment: RuleMoment },
): Promise<string[]> => {
  const { sql, params } = compileRule(query.rule, query.moment);
  const rows = await reader.query<{ profile_id: string }>(workspaceId, {
    sql: `${sql} ${RULE_SETTINGS}`,
    params,
    lane: 'batch',
    maxSeconds: 120,
  });
  return rows.map((row) => row.profile_id).sort();
};

export const readReasons = async (
  reader: EventReader,
  workspaceId: string,
  query: { readonly rule: Rule; readonly moment: RuleMoment; readonly people: readonly string[] },
): Promise<ReadonlyMap<string, readonly Seen[]>> => {
  const { rule, moment, people } = query;
  if (people.length === 0) return new Map();
  const compiled = compileReasons(rule, moment, people);
  const ask = async (statement: { sql: string; params: Readonly<Record<string, unknown>> } | null) =>
    new Map(
      statement === null
        ? []
        : (await reader.query<SeenRow>(workspaceId, statement)).map((row) => [row.profileId, row] as const),
    );
  const profiles = await ask(compiled.profiles);
  const events = await ask(compiled.events);
  return new Map(
    people.map((id) => [
      id,
      compiled.leaves.map((leaf, index) =>
        seenOf(leaf, index, { profile: profiles.get(id), events: events.get(id), moment }),
      ),
    ]),
  );
};
