import type { EventRule, RecencyRule, SpentRule } from '@mesure/contract/segments';
import { filterCondition, windowConditions } from './conditions.ts';
import type { Params } from './params.ts';
import type { RuleMoment } from './window.ts';

export type BehaviourRule = EventRule | SpentRule | RecencyRule;

/** Which events a behaviour condition looks at, as conditions on columns of `events`. */
export const behaviourConditions = (rule: BehaviourRule, moment: RuleMoment, params: Params): string[] => {
  switch (rule.kind) {
    case 'event':
      return [
        `name = ${params.bind(rule.name, 'String')}`,
        ...windowConditions(rule.window, moment, params),
        ...(rule.where ?? []).map((filter) => filterCondition(filter, params)),
      ];
    case 'spent':
      return [
        "name in ('order_completed', 'order_refunded')",
        ...windowConditions(rule.window, moment, params),
        `currency = ${params.bind(rule.currency, 'String')}`,
      ];
    case 'recency':
      return [
        `name = ${params.bind(rule.name, 'String')}`,
        `at <= ${params.bind(moment.now, "DateTime64(3, 'UTC')")}`,
      ];
  }
};
