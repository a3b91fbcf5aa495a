import type {
  EventFilter,
  FieldRule,
  NumberTest,
  ProfileField,
  TextTest,
  TraitRule,
  Window,
} from '@mesure/contract/segments';
import type { Params } from './params.ts';
import { type RuleMoment, rangeOf } from './window.ts';

const INSTANT = "DateTime64(3, 'UTC')";

/** `value` is an expression of our own; empty text means unknown, and no test holds for it. */
export const textCondition = (value: string, test: TextTest, params: Params): string => {
  switch (test.operator) {
    case 'equals':
      return `(${value} != '' and ${value} = ${params.bind(test.value, 'String')})`;
    case 'in':
      return `(${value} != '' and ${value} in ${params.bind(test.values, 'Array(String)')})`;
    case 'contains':
      return `position(lowerUTF8(${value}), lowerUTF8(${params.bind(test.value, 'String')})) > 0`;
    case 'exists':
      return `${value} != ''`;
  }
};

const COMPARISON = { equals: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

export const numberCondition = (value: string, test: NumberTest, params: Params): string =>
  test.operator === 'between'
    ? `(${value} >= ${params.bind(test.min, 'Float64')} and ${value} <= ${params.bind(test.max, 'Float64')})`
    : `${value} ${COMPARISON[test.operator]} ${params.bind(test.value, 'Float64')}`;

const FIELDS: Readonly<Record<ProfileField, string>> = {
  external_id: 'external_id',
  email_domain: 'email_domain',
  first_name: 'first_name',
  last_name: 'last_name',
  language: 'language',
  country: 'country',
  region: 'region',
  city: 'city',
  time_zone: 'time_zone',
};

export const fieldColumn = (field: ProfileField): string => FIELDS[field];

export const fieldCondition = (rule: FieldRule, params: Params): string =>
  textCondition(fieldColumn(rule.field), rule.test, params);

const numberTrait = (key: string, condition: (value: string) => string, params: Params): string => {
  const place = params.bind(key, 'String');
  return `(mapContains(numbers, ${place}) and ${condition(`numbers[${place}]`)})`;
};

/** A yes-or-no trait is kept as the text `true` or `false`. */
export const traitCondition = ({ key, test }: TraitRule, params: Params): string => {
  const text = (textTest: TextTest): string =>
    textCondition(`text[${params.bind(key, 'String')}]`, textTest, params);
  switch (test.operator) {
    case 'equals':
      return typeof test.value === 'number'
        ? numberTrait(key, (value) => `${value} = ${params.bind(test.value, 'Float64')}`, params)
        : text({ operator: 'equals', value: String(test.value) });
    case 'in': {
      const numbers = test.values.filter((value) => typeof value === 'number');
      const texts = test.values.filter((value) => typeof value !== 'number').map(String);
      const parts = [
        ...(texts.length === 0 ? [] : [text({ operator: 'in', values: texts })]),
        ...(numbers.length === 0
          ? []
          : [numberTrait(key, (value) => `${value} in ${params.bind(numbers, 'Array(Float64)')}`, params)]),
      ];
      return `(${parts.join(' or ')})`;
    }
    case 'contains':
      return text(test);
    case 'exists':
      return `(${text(test)} or mapContains(numbers, ${params.bind(key, 'String')}))`;
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
    case 'between':
      return numberTrait(key, (value) => numberCondition(value, test, params), params);
  }
};

const TEXT_ITEMS = [
  ['sku', 'item_sku'],
  ['name', 'item_name'],
  ['category', 'item_category'],
] as const;
const NUMBER_ITEMS = [
  ['quantity', 'item_quantity'],
  ['unitPrice', 'item_unit_price'],
] as const;

type ItemFilter = Extract<EventFilter, { kind: 'item' }>;

/** One and the same line fulfils everything: the arrays are walked side by side. */
const itemCondition = (filter: ItemFilter, params: Params): string => {
  const texts = TEXT_ITEMS.flatMap(([part, column]) => {
    const test = filter[part];
    return test === undefined ? [] : [{ part, column, test: textCondition(part, test, params) }];
  });
  const numbers = NUMBER_ITEMS.flatMap(([part, column]) => {
    const test = filter[part];
    return test === undefined
      ? []
      : [{ part, column, test: numberCondition(`toFloat64(${part})`, test, params) }];
  });
  const parts = [...texts, ...numbers];
  const names = parts.map(({ part }) => part).join(', ');
  const tests = parts.map(({ test }) => test).join(' and ');
  return `arrayExists((${names}) -> ${tests}, ${parts.map(({ column }) => column).join(', ')})`;
};

export const filterCondition = (filter: EventFilter, params: Params): string => {
  switch (filter.kind) {
    case 'text':
      return textCondition(`text[${params.bind(filter.key, 'String')}]`, filter.test, params);
    case 'number':
      return numberTrait(filter.key, (value) => numberCondition(value, filter.test, params), params);
    case 'item':
      return itemCondition(filter, params);
  }
};

/** Conditions on `at`, in the words of the range. */
export const windowConditions = (
  window: Window | undefined,
  moment: RuleMoment,
  params: Params,
): string[] => {
  const { after, from, until, before } = rangeOf(window, moment);
  return [
    ...(after === undefined ? [] : [`at > ${params.bind(after, INSTANT)}`]),
    ...(from === undefined ? [] : [`at >= ${params.bind(from, INSTANT)}`]),
    ...(until === undefined ? [] : [`at <= ${params.bind(until, INSTANT)}`]),
    ...(before === undefined ? [] : [`at < ${params.bind(before, INSTANT)}`]),
  ];
};
