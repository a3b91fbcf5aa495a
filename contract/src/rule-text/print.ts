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
} from '../rule.ts';
import { currencyDigits, majorText } from './money.ts';
import { nameText, quotedText } from './words.ts';

type Test = TextTest | NumberTest | TraitTest;
type WriteNumber = (value: number) => string;

const numberText: WriteNumber = (value) => (Object.is(value, -0) ? '-0' : String(value));

const COMPARISON = { gt: 'more than', gte: 'at least', lt: 'less than', lte: 'at most' } as const;

const testText = (test: Test, number: WriteNumber = numberText): string => {
  const value = (given: string | number | boolean): string =>
    typeof given === 'string' ? quotedText(given) : typeof given === 'number' ? number(given) : String(given);
  switch (test.operator) {
    case 'equals':
      return `is ${value(test.value)}`;
    case 'in':
      return `is one of (${test.values.map(value).join(', ')})`;
    case 'contains':
      return `contains ${quotedText(test.value)}`;
    case 'exists':
      return 'is known';
    case 'between':
      return `between ${number(test.min)} and ${number(test.max)}`;
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return `${COMPARISON[test.operator]} ${number(test.value)}`;
  }
};

const span = (amount: number, unit: 'hours' | 'days'): string =>
  `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`;

const windowText = (window: Window | undefined): string => {
  if (window === undefined) return '';
  if (window.kind === 'last') return ` in the last ${span(window.amount, window.unit)}`;
  const from = window.from === undefined ? '' : ` from ${window.from}`;
  return `${from}${window.to === undefined ? '' : ` before ${window.to}`}`;
};

/** In the order in which they are written. `unit_price`: the text form has no capitals. */
const ITEM_PARTS = [
  ['sku', 'sku'],
  ['name', 'name'],
  ['category', 'category'],
  ['quantity', 'quantity'],
  ['unitPrice', 'unit_price'],
] as const;

const filterText = (filter: EventFilter): string => {
  if (filter.kind !== 'item') return `${nameText(filter.key)} ${testText(filter.test)}`;
  const parts = ITEM_PARTS.flatMap(([part, word]) => {
    const test = filter[part];
    return test === undefined ? [] : [`${word} ${testText(test)}`];
  });
  return `item (${parts.join(' and ')})`;
};

const often = ({ did, atLeast }: EventRule): string => {
  if (atLeast === undefined) return '';
  return ` ${did ? 'at least' : 'fewer than'} ${atLeast} ${atLeast === 1 ? 'time' : 'times'}`;
};

const didText = (rule: EventRule): string => {
  const not = !rule.did && rule.atLeast === undefined ? 'not ' : '';
  const where = rule.where === undefined ? '' : ` where (${rule.where.map(filterText).join(' and ')})`;
  return `did ${not}${nameText(rule.name)}${often(rule)}${where}${windowText(rule.window)}`;
};

const spentText = ({ currency, test, window }: SpentRule): string => {
  const digits = currencyDigits(currency);
  return `spent ${currency} ${testText(test, (value) => majorText(value, digits))}${windowText(window)}`;
};

const lastText = ({ name, last, amount, unit }: RecencyRule): string =>
  `last ${nameText(name)} ${last === 'newer_than' ? 'less than' : 'at least'} ${span(amount, unit)} ago`;

export interface PrintOptions {
  /** Breaks what is longer over indented lines; absent: one line. */
  readonly width?: number;
}

interface Layout {
  readonly width: number;
  readonly indent: string;
}

const STEP = '  ';
const deeper = ({ width, indent }: Layout): Layout => ({ width, indent: indent + STEP });
const hasMany = (rule: Rule): boolean =>
  (rule.kind === 'all' || rule.kind === 'any') && rule.rules.length > 1;

const inParentheses = (rule: Rule, layout: Layout, before = ''): string => {
  const flat = `${before}(${write(rule, { width: Number.POSITIVE_INFINITY, indent: '' })})`;
  if (layout.indent.length + flat.length <= layout.width) return flat;
  const inner = deeper(layout);
  return `${before}(\n${inner.indent}${write(rule, inner)}\n${layout.indent})`;
};

const joined = (rules: readonly Rule[], word: string, layout: Layout): string => {
  const part = (rule: Rule, at: Layout): string =>
    hasMany(rule) ? inParentheses(rule, at) : write(rule, at);
  const flat = rules
    .map((rule) => part(rule, { width: Number.POSITIVE_INFINITY, indent: '' }))
    .join(` ${word} `);
  if (layout.indent.length + flat.length <= layout.width) return flat;
  return rules.map((rule) => part(rule, layout)).join(`\n${layout.indent}${word} `);
};

const write = (rule: Rule, layout: Layout): string => {
  switch (rule.kind) {
    case 'all':
    case 'any': {
      const [only, ...more] = rule.rules;
      if (only === undefined) return 'everybody';
      if (more.length === 0) return inParentheses(only, layout, `${rule.kind} `);
      return joined(rule.rules, rule.kind === 'all' ? 'and' : 'or', layout);
    }
    case 'not':
      return inParentheses(rule.rule, layout, 'not ');
    case 'field':
      return `${rule.field} ${testText(rule.test)}`;
    case 'trait':
      return `trait ${nameText(rule.key)} ${testText(rule.test)}`;
    case 'event':
      return didText(rule);
    case 'spent':
      return spentText(rule);
    case 'recency':
      return lastText(rule);
  }
};

/** The text form of a rule. `parseRule` reads exactly this tree from it; what is equal is written equally. */
export const printRule = (rule: Rule, { width = Number.POSITIVE_INFINITY }: PrintOptions = {}): string =>
  write(rule, { width, indent: '' });
