import type { EventRule, RecencyRule, Rule, SpentRule } from '@mesure/contract/segments';
import { behaviourConditions } from './behaviour.ts';
import { fieldCondition, numberCondition, traitCondition } from './conditions.ts';
import { numberHolds } from './number-test.ts';
import { createParams, type Params } from './params.ts';
import { ago, type RuleMoment } from './window.ts';

export interface CompiledRule {
  /** `select profile_id …`: each member once. */
  readonly sql: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Settings of a statement that holds compiled rules. An event never changes its month, so months settle apart. A set of
 * a million random ids prunes nothing of the profiles' index: looking it up there only costs.
 */
export const RULE_SETTINGS =
  'settings do_not_merge_across_partitions_select_final = 1, use_index_for_in_with_subqueries = 0';

interface People {
  /** FINAL: a row that was sent twice counts once. Not needed where once or twice makes no difference. */
  readonly once: boolean;
  readonly where: readonly string[];
  readonly having?: string;
}

const people = ({ once, where, having }: People): string =>
  `(select profile_id from events${once ? ' final' : ''} where ${where.join(' and ')} group by profile_id${
    having === undefined ? '' : ` having ${having}`
  })`;

const eventExpression = (rule: EventRule, moment: RuleMoment, params: Params): string => {
  const where = behaviourConditions(rule, moment, params);
  const times = rule.atLeast ?? 1;
  const set = people(
    times === 1
      ? { once: false, where }
      : { once: true, where, having: `count() >= ${params.bind(times, 'UInt64')}` },
  );
  return `profile_id ${rule.did ? 'in' : 'not in'} ${set}`;
};

/** Somebody without orders spent 0: where 0 fulfils the test, the set of those who do not is taken away. */
const spentExpression = (rule: SpentRule, moment: RuleMoment, params: Params): string => {
  const where = behaviourConditions(rule, moment, params);
  const test = numberCondition('sum(revenue_minor)', rule.test, params);
  return numberHolds(0, rule.test)
    ? `profile_id not in ${people({ once: true, where, having: `not (${test})` })}`
    : `profile_id in ${people({ once: true, where, having: test })}`;
};

const recencyExpression = (rule: RecencyRule, moment: RuleMoment, params: Params): string => {
  const where = behaviourConditions(rule, moment, params);
  const limit = params.bind(ago(moment.now, rule.amount, rule.unit), "DateTime64(3, 'UTC')");
  return `profile_id in ${
    rule.last === 'newer_than'
      ? people({ once: false, where: [...where, `at > ${limit}`] })
      : people({ once: false, where, having: `max(at) <= ${limit}` })
  }`;
};

const expression = (rule: Rule, moment: RuleMoment, params: Params): string => {
  switch (rule.kind) {
    case 'all':
      return rule.rules.length === 0
        ? '1'
        : `(${rule.rules.map((part) => expression(part, moment, params)).join(' and ')})`;
    case 'any':
      return `(${rule.rules.map((part) => expression(part, moment, params)).join(' or ')})`;
    case 'not':
      return `not (${expression(rule.rule, moment, params)})`;
    case 'field':
      return fieldCondition(rule, params);
    case 'trait':
      return traitCondition(rule, params);
    case 'event':
      return eventExpression(rule, moment, params);
    case 'spent':
      return spentExpression(rule, moment, params);
    case 'recency':
      return recencyExpression(rule, moment, params);
  }
};

/** The rule as one boolean expression over a row of `profiles`. */
export const compileExpression = (
  rule: Rule,
  moment: RuleMoment,
): { readonly expression: string; readonly params: Readonly<Record<string, unknown>> } => {
  const params = createParams();
  return { expression: expression(rule, moment, params), params: params.values };
};

/**
 * Pure: a rule becomes one statement over `profiles` and `events`. Fields, operators and connectors come from this
 * file; every value and every key of the rule is bound. One pass over the events per behaviour condition.
 */
export const compileRule = (rule: Rule, moment: RuleMoment): CompiledRule => {
  const compiled = compileExpression(rule, moment);
  return {
    sql: `select profile_id from profiles final where deleted = 0 and ${compiled.expression}`,
    params: compiled.params,
  };
};
