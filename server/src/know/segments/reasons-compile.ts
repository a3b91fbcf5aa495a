import type { LeafRule, Rule } from '@mesure/contract/segments';
import { type BehaviourRule, behaviourConditions } from './behaviour.ts';
import { fieldColumn, fieldCondition, traitCondition } from './conditions.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { numberHolds } from './number-test.ts';
import { createParams, type Params } from './params.ts';
import { ago, type RuleMoment } from './window.ts';

/** What each condition of a rule saw for a few people, in two statements: one over profiles, one over their events. */
export interface CompiledReasons {
  readonly leaves: readonly Leaf[];
  /** null where no condition of that kind exists. */
  readonly profiles: { readonly sql: string; readonly params: Readonly<Record<string, unknown>> } | null;
  readonly events: { readonly sql: string; readonly params: Readonly<Record<string, unknown>> } | null;
}

export interface SeenRow {
  readonly profileId: string;
  /** Column `h3`, `v3`, `n3`, `t3`, `s3`: of the fourth leaf. */
  readonly [column: string]: string | number | null;
}

const isBehaviour = (rule: LeafRule): rule is BehaviourRule =>
  rule.kind === 'event' || rule.kind === 'spent' || rule.kind === 'recency';

const seenOnProfile = (rule: LeafRule, index: number, params: Params): string[] => {
  if (rule.kind === 'field')
    return [
      `toUInt8(${fieldCondition(rule, params)}) as h${index}`,
      `toString(${fieldColumn(rule.field)}) as v${index}`,
    ];
  if (rule.kind !== 'trait') return [];
  const key = params.bind(rule.key, 'String');
  return [
    `toUInt8(${traitCondition(rule, params)}) as h${index}`,
    `if(mapContains(numbers, ${key}), toString(numbers[${key}]), text[${key}]) as v${index}`,
  ];
};

const seenInEvents = (condition: string, index: number): string[] => [
  `countIf(${condition}) as n${index}`,
  `maxIf(at, ${condition}) as t${index}`,
  `sumIf(revenue_minor, ${condition}) as s${index}`,
];

const PEOPLE = 'profile_id in {people:Array(UUID)}';

export const compileReasons = (
  rule: Rule,
  moment: RuleMoment,
  people: readonly string[],
): CompiledReasons => {
  const leaves = leavesOf(rule);
  const onProfiles = createParams();
  const inEvents = createParams();
  const columns = leaves.flatMap((leaf, index) => seenOnProfile(leaf.rule, index, onProfiles));
  const conditions = leaves.flatMap(({ rule: leaf }, index) =>
    isBehaviour(leaf) ? [{ index, text: behaviourConditions(leaf, moment, inEvents).join(' and ') }] : [],
  );
  return {
    leaves,
    profiles:
      columns.length === 0
        ? null
        : {
            sql: `select profile_id as profileId, ${columns.join(', ')} from profiles final
              where deleted = 0 and ${PEOPLE}`,
            params: { ...onProfiles.values, people },
          },
    // `limit 1 by` over a few people's events is cheaper than FINAL over everybody's.
    events:
      conditions.length === 0
        ? null
        : {
            sql: `select profile_id as profileId, ${conditions.flatMap(({ text, index }) => seenInEvents(text, index)).join(', ')}
              from (select * from events where ${PEOPLE} and (${conditions.map(({ text }) => `(${text})`).join(' or ')})
                    limit 1 by event_id)
              group by profile_id`,
            params: { ...inEvents.values, people },
          },
  };
};

export interface Seen {
  readonly holds: boolean;
  /** Trait value, number of times, or money in minor units; null when nothing is known. */
  readonly value: string | number | null;
  readonly lastAt: Date | null;
}

/** Reads one leaf's columns of the two answers. */
export const seenOf = (
  { rule }: Leaf,
  index: number,
  rows: {
    readonly profile: SeenRow | undefined;
    readonly events: SeenRow | undefined;
    readonly moment: RuleMoment;
  },
): Seen => {
  const number = (column: string): number => Number(rows.events?.[column] ?? 0);
  const times = number(`n${index}`);
  const last = rows.events?.[`t${index}`];
  const lastAt = times === 0 || typeof last !== 'string' ? null : new Date(last);
  switch (rule.kind) {
    case 'field':
    case 'trait': {
      const value = rows.profile?.[`v${index}`] ?? '';
      return {
        holds: Number(rows.profile?.[`h${index}`] ?? 0) === 1,
        value: value === '' ? null : value,
        lastAt: null,
      };
    }
    case 'event':
      return { holds: times >= (rule.atLeast ?? 1) === rule.did, value: times, lastAt };
    case 'spent': {
      const sum = number(`s${index}`);
      return { holds: numberHolds(sum, rule.test), value: sum, lastAt };
    }
    case 'recency': {
      const limit = ago(rows.moment.now, rule.amount, rule.unit);
      const newer = lastAt !== null && lastAt.getTime() > limit.getTime();
      return { holds: lastAt !== null && newer === (rule.last === 'newer_than'), value: times, lastAt };
    }
  }
};
