import type {
  EventFilter,
  EventRule,
  NumberTest,
  RecencyRule,
  Rule,
  SpentRule,
  TextTest,
  TraitTest,
  Window,
} from '@mesure/contract/segments';
import { eventWords, fieldWords, itemWords, type Tongue, words } from './explain-words.ts';

const quoted = (value: string | number | boolean, tongue: Tongue): string => {
  if (typeof value === 'number')
    return new Intl.NumberFormat(tongue, { maximumFractionDigits: 6 }).format(value);
  return tongue === 'fr' ? `« ${value} »` : `“${value}”`;
};

type Show = (value: string | number | boolean) => string;

/** At most five values by name: a rule of a thousand SKUs stays a sentence. */
const listed = (values: readonly (string | number | boolean)[], show: Show, tongue: Tongue): string => {
  const rest = values.length - 5;
  const shown = values.slice(0, 5).map(show).join(', ');
  if (rest <= 0) return shown;
  return tongue === 'fr' ? `${shown} et ${rest} autres` : `${shown} and ${rest} more`;
};

const testWords = (test: TextTest | NumberTest | TraitTest, show: Show, tongue: Tongue): string => {
  switch (test.operator) {
    case 'equals':
      return `${words.is[tongue]} ${show(test.value)}`;
    case 'in':
      return `${words.isOneOf[tongue]} ${listed(test.values, show, tongue)}`;
    case 'contains':
      return `${words.contains[tongue]} ${show(test.value)}`;
    case 'exists':
      return words.known[tongue];
    case 'between':
      return `${words.between[tongue]} ${show(test.min)}${words.and[tongue]}${show(test.max)}`;
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return `${words[test.operator][tongue]} ${show(test.value)}`;
  }
};

const duration = (amount: number, unit: 'hours' | 'days', tongue: Tongue): string => {
  const one = { hours: { en: 'hour', fr: 'heure' }, days: { en: 'day', fr: 'jour' } }[unit][tongue];
  // French counts 0 and 1 as one, but amounts begin at 1: both languages agree.
  return `${new Intl.NumberFormat(tongue).format(amount)} ${one}${amount === 1 ? '' : 's'}`;
};

const day = (text: string, tongue: Tongue): string => {
  const alone = !text.includes('T');
  return new Intl.DateTimeFormat(tongue, {
    dateStyle: 'long',
    ...(alone ? {} : { timeStyle: 'short' }),
    timeZone: 'UTC',
  }).format(new Date(text));
};

const windowWords = (window: Window | undefined, tongue: Tongue): string => {
  if (window === undefined) return '';
  if (window.kind === 'last') {
    const span = duration(window.amount, window.unit, tongue);
    if (tongue === 'en') return ` in the last ${span}`;
    if (window.amount === 1)
      return window.unit === 'hours' ? ' au cours de la dernière heure' : ' au cours du dernier jour';
    // The adjective stands after the number: “des 3 derniers jours”.
    return ` au cours des ${span.replace(' ', window.unit === 'hours' ? ' dernières ' : ' derniers ')}`;
  }
  const { from, to } = window;
  const start =
    from === undefined
      ? ''
      : tongue === 'fr'
        ? ` à partir du ${day(from, tongue)}`
        : ` from ${day(from, tongue)}`;
  const end =
    to === undefined ? '' : tongue === 'fr' ? ` avant le ${day(to, tongue)}` : ` before ${day(to, tongue)}`;
  return start + end;
};

const filterWords = (filter: EventFilter, tongue: Tongue): string => {
  const show: Show = (value) => quoted(value, tongue);
  if (filter.kind !== 'item')
    return `${words.where[tongue]} ${filter.key} ${testWords(filter.test, show, tongue)}`;
  const parts = (Object.keys(itemWords) as (keyof typeof itemWords)[]).flatMap((part) => {
    const test = filter[part];
    return test === undefined ? [] : [`${itemWords[part][tongue]} ${testWords(test, show, tongue)}`];
  });
  return `${words.itemWith[tongue]} ${parts.join(words.and[tongue])}`;
};

const didWords = (rule: EventRule, tongue: Tongue): string => {
  const known = eventWords[rule.name];
  const other = quoted(rule.name, tongue);
  const times = rule.atLeast ?? 1;
  const did = known?.did[tongue] ?? { en: `did ${other}`, fr: `a fait ${other}` }[tongue];
  const didNot = known?.didNot[tongue] ?? { en: `did not do ${other}`, fr: `n’a pas fait ${other}` }[tongue];
  const often = { en: ` at least ${times} times`, fr: ` au moins ${times} fois` }[tongue];
  const seldom = { en: ` fewer than ${times} times`, fr: ` moins de ${times} fois` }[tongue];
  const said = rule.did ? `${did}${times === 1 ? '' : often}` : times === 1 ? didNot : `${did}${seldom}`;
  const filters = (rule.where ?? []).map((filter) => ` ${filterWords(filter, tongue)}`).join(',');
  return `${said}${filters}${windowWords(rule.window, tongue)}`;
};

const spentWords = (rule: SpentRule, tongue: Tongue): string => {
  const money = new Intl.NumberFormat(tongue, { style: 'currency', currency: rule.currency });
  const digits = money.resolvedOptions().maximumFractionDigits ?? 2;
  const show: Show = (value) => money.format(Number(value) / 10 ** digits);
  return `${words.spent[tongue]}${windowWords(rule.window, tongue)} ${testWords(rule.test, show, tongue)}`;
};

const recencyWords = (rule: RecencyRule, tongue: Tongue): string => {
  const last =
    eventWords[rule.name]?.last[tongue] ??
    { en: `last ${quoted(rule.name, tongue)}`, fr: `dernier ${quoted(rule.name, tongue)}` }[tongue];
  const span = duration(rule.amount, rule.unit, tongue);
  const newer = rule.last === 'newer_than';
  if (tongue === 'fr') return `${last} il y a ${newer ? 'moins de' : 'au moins'} ${span}`;
  return `${last} ${newer ? 'less than' : 'at least'} ${span} ago`;
};

const inside = (rule: Rule, tongue: Tongue): string => {
  const text = explainRule(rule, tongue);
  return (rule.kind === 'all' || rule.kind === 'any') && rule.rules.length > 1 ? `(${text})` : text;
};

/** The rule in words, for people who approve it. */
export const explainRule = (rule: Rule, tongue: Tongue): string => {
  const show: Show = (value) => quoted(value, tongue);
  switch (rule.kind) {
    case 'all':
      return rule.rules.length === 0
        ? words.everybody[tongue]
        : rule.rules.map((part) => inside(part, tongue)).join(words.and[tongue]);
    case 'any':
      return rule.rules.map((part) => inside(part, tongue)).join(words.or[tongue]);
    case 'not':
      return `${words.not[tongue]} (${explainRule(rule.rule, tongue)})`;
    case 'field':
      if (rule.field === 'email_domain')
        return rule.test.operator === 'exists'
          ? words.emailKnown[tongue]
          : `${words.emailIs[tongue]} ${testWords(rule.test, show, tongue)}`;
      return `${fieldWords[rule.field][tongue]} ${testWords(rule.test, show, tongue)}`;
    case 'trait':
      return `${rule.key} ${testWords(rule.test, show, tongue)}`;
    case 'event':
      return didWords(rule, tongue);
    case 'spent':
      return spentWords(rule, tongue);
    case 'recency':
      return recencyWords(rule, tongue);
  }
};
