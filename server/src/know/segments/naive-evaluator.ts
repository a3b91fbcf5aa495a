import type {
  EventFilter,
  EventRule,
  RecencyRule,
  Rule,
  SpentRule,
  TextTest,
  TraitTest,
} from '@mesure/contract/segments';
import type { NewEvent } from '#know/collect';
import type { Profile } from '#know/profiles';
import { numberHolds } from './number-test.ts';
import { ago, type RuleMoment, rangeOf } from './window.ts';

/**
 * The meaning of a rule, written for reading and not for speed: tests compare the compiled SQL with it. One person, all
 * of their events.
 */
export interface Person {
  readonly profile: Profile;
  readonly events: readonly NewEvent[];
}

const textHolds = (value: string, test: TextTest): boolean => {
  if (value === '') return false;
  switch (test.operator) {
    case 'equals':
      return value === test.value;
    case 'in':
      return test.values.includes(value);
    case 'contains':
      return value.toLowerCase().includes(test.value.toLowerCase());
    case 'exists':
      return true;
  }
};

const traitHolds = (value: string | number | boolean | undefined, test: TraitTest): boolean => {
  if (value === undefined || value === '') return false;
  const same = (wanted: string | number | boolean): boolean =>
    typeof wanted === 'number' || typeof value === 'number'
      ? wanted === value
      : String(wanted) === String(value);
  switch (test.operator) {
    case 'equals':
      return same(test.value);
    case 'in':
      return test.values.some(same);
    case 'contains':
      return typeof value !== 'number' && textHolds(String(value), test);
    case 'exists':
      return true;
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
    case 'between':
      return typeof value === 'number' && numberHolds(value, test);
  }
};

const filterHolds = (event: NewEvent, filter: EventFilter): boolean => {
  switch (filter.kind) {
    case 'text':
      return textHolds(event.text?.[filter.key] ?? '', filter.test);
    case 'number': {
      const value = event.numbers?.[filter.key];
      return value !== undefined && numberHolds(value, filter.test);
    }
    case 'item':
      return (event.order?.lines ?? []).some(
        (line) =>
          (filter.sku === undefined || textHolds(line.sku, filter.sku)) &&
          (filter.name === undefined || textHolds(line.name, filter.name)) &&
          (filter.category === undefined || textHolds(line.category, filter.category)) &&
          (filter.quantity === undefined || numberHolds(Number(line.quantity), filter.quantity)) &&
          (filter.unitPrice === undefined || numberHolds(Number(line.unitPrice), filter.unitPrice)),
      );
  }
};

const within = (event: NewEvent, rule: EventRule | SpentRule, moment: RuleMoment): boolean => {
  const { after, from, until, before } = rangeOf(rule.window, moment);
  return (
    (after === undefined || event.at > after) &&
    (from === undefined || event.at >= from) &&
    (until === undefined || event.at <= until) &&
    (before === undefined || event.at < before)
  );
};

const did = (person: Person, rule: EventRule, moment: RuleMoment): boolean =>
  person.events.filter(
    (event) =>
      event.name === rule.name &&
      within(event, rule, moment) &&
      (rule.where ?? []).every((filter) => filterHolds(event, filter)),
  ).length >= (rule.atLeast ?? 1);

const spent = (person: Person, rule: SpentRule, moment: RuleMoment): number =>
  person.events
    .filter(
      (event) =>
        (event.name === 'order_completed' || event.name === 'order_refunded') &&
        event.order?.currency === rule.currency &&
        within(event, rule, moment),
    )
    .reduce((sum, event) => sum + (event.order?.revenueMinor ?? 0), 0);

const recent = (person: Person, rule: RecencyRule, moment: RuleMoment): boolean => {
  const times = person.events
    .filter((event) => event.name === rule.name && event.at <= moment.now)
    .map((event) => event.at.getTime());
  if (times.length === 0) return false;
  return (
    Math.max(...times) > ago(moment.now, rule.amount, rule.unit).getTime() === (rule.last === 'newer_than')
  );
};

const fieldValue = (
  { email, ...profile }: Profile,
  field: Extract<Rule, { kind: 'field' }>['field'],
): string => {
  const values = {
    external_id: profile.externalId,
    email_domain: email === null ? null : (email.toLowerCase().split('@').pop() ?? null),
    first_name: profile.firstName,
    last_name: profile.lastName,
    language: profile.language,
    country: profile.country,
    region: profile.region,
    city: profile.city,
    time_zone: profile.timeZone,
  };
  return values[field] ?? '';
};

export const holdsFor = (person: Person, rule: Rule, moment: RuleMoment): boolean => {
  switch (rule.kind) {
    case 'all':
      return rule.rules.every((part) => holdsFor(person, part, moment));
    case 'any':
      return rule.rules.some((part) => holdsFor(person, part, moment));
    case 'not':
      return !holdsFor(person, rule.rule, moment);
    case 'field':
      return textHolds(fieldValue(person.profile, rule.field), rule.test);
    case 'trait':
      return traitHolds(person.profile.traits[rule.key], rule.test);
    case 'event':
      return did(person, rule, moment) === rule.did;
    case 'spent':
      return numberHolds(spent(person, rule, moment), rule.test);
    case 'recency':
      return recent(person, rule, moment);
  }
};
