import {
  type EventFilter,
  type EventRule,
  type LeafRule,
  type NumberTest,
  type ProfileField,
  profileFields,
  type RecencyRule,
  ruleLimits,
  type TextTest,
  type TraitTest,
  type Window,
} from '../rule.ts';
import { limits, readTest, readWhole, type Shape } from './read-tests.ts';
import type { Expected, Reader } from './reader.ts';
import { isReserved } from './words.ts';

const texts = (of: Shape['of']): Shape => ({ of, texts: true, numbers: false, mixed: false });
const numbers: Shape = { of: null, texts: false, numbers: true, mixed: false };

// What the shape lets through is what these say: the readers of tests answer with the union of all.
const asText = (test: TraitTest | undefined): TextTest | undefined => test as TextTest | undefined;
const asNumber = (test: TraitTest | undefined): NumberTest | undefined => test as NumberTest | undefined;

/** A key or the name of an event: bare where it is no word of the grammar, else between quotes. */
const readName = (reader: Reader, expected: Expected, most: number): string | undefined => {
  const token = reader.token();
  reader.expect(expected);
  const bare = token.kind === 'word' && !isReserved(token.text);
  if (!bare && token.kind !== 'text') return undefined;
  reader.take();
  if (token.value === '') return reader.fail({ ...token, code: 'empty_text' });
  if (token.value.length > most) return reader.fail({ ...token, code: 'text_too_long', least: 1, most });
  return token.value;
};

const readUnit = (reader: Reader): 'hours' | 'days' | undefined => {
  if (reader.phrase('days') || reader.phrase('day')) return 'days';
  return reader.phrase('hours') || reader.phrase('hour') ? 'hours' : undefined;
};

const LONGEST = 36_500;

const isInstant = (text: string): boolean => {
  const [, year, month, day, time] = /^(\d{4})-(\d{2})-(\d{2})(T.*)?$/.exec(text) ?? [];
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day)));
  // Set apart: Date.UTC takes the years 0 to 99 for those of the last century.
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const real = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  const clock = /^T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
  return real && (time === undefined || clock.test(time));
};

const readInstant = (reader: Reader): string | undefined => {
  const token = reader.next('instant', { kind: 'instant' });
  if (token === undefined) return undefined;
  return isInstant(token.text) ? token.text : reader.fail({ ...token, code: 'unknown_instant' });
};

/** `null`: none is said. */
const readWindow = (reader: Reader): Window | null | undefined => {
  if (reader.phrase('in the last')) {
    const amount = readWhole(reader, LONGEST);
    const unit = amount === undefined ? undefined : readUnit(reader);
    return amount === undefined || unit === undefined ? undefined : { kind: 'last', amount, unit };
  }
  const from = reader.phrase('from') ? readInstant(reader) : null;
  if (from === undefined) return undefined;
  const to = reader.phrase('before') ? readInstant(reader) : null;
  if (to === undefined) return undefined;
  if (from === null && to === null) return null;
  return { kind: 'between', ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
};

type Item = {
  -readonly [K in keyof Extract<EventFilter, { kind: 'item' }>]: Extract<EventFilter, { kind: 'item' }>[K];
};

const readItemPart = (reader: Reader, event: string, item: Item): true | undefined => {
  const start = reader.token();
  for (const part of ['sku', 'name', 'category'] as const) {
    if (!reader.phrase(part)) continue;
    const test = asText(readTest(reader, texts({ kind: 'item', event, part })));
    if (test === undefined) return undefined;
    if (item[part] !== undefined) return reader.fail({ ...start, code: 'said_twice' });
    item[part] = test;
    return true;
  }
  for (const [part, word] of [
    ['quantity', 'quantity'],
    ['unitPrice', 'unit_price'],
  ] as const) {
    if (!reader.phrase(word)) continue;
    const test = asNumber(readTest(reader, numbers));
    if (test === undefined) return undefined;
    if (item[part] !== undefined) return reader.fail({ ...start, code: 'said_twice' });
    item[part] = test;
    return true;
  }
  return undefined;
};

const readItem = (reader: Reader, event: string): EventFilter | undefined => {
  if (!reader.mark('(')) return undefined;
  const item: Item = { kind: 'item' };
  do if (readItemPart(reader, event, item) === undefined) return undefined;
  while (reader.phrase('and'));
  return reader.mark(')') ? item : undefined;
};

const readFilter = (reader: Reader, event: string): EventFilter | undefined => {
  if (reader.phrase('item')) return readItem(reader, event);
  const key = readName(reader, { kind: 'property', event }, limits.key);
  if (key === undefined) return undefined;
  const shape: Shape = { of: { kind: 'property', event, key }, texts: true, numbers: true, mixed: false };
  const test = readTest(reader, shape);
  if (test === undefined) return undefined;
  const isText =
    test.operator === 'in' ||
    test.operator === 'contains' ||
    test.operator === 'exists' ||
    (test.operator === 'equals' && typeof test.value === 'string');
  return isText
    ? { kind: 'text', key, test: test as TextTest }
    : { kind: 'number', key, test: test as NumberTest };
};

/** `null`: none is said; an empty list is written `where ()`. */
const readWhere = (reader: Reader, event: string): EventFilter[] | null | undefined => {
  if (!reader.phrase('where')) return null;
  const open = reader.token();
  if (!reader.mark('(')) return undefined;
  const filters: EventFilter[] = [];
  if (reader.mark(')')) return filters;
  do {
    const filter = readFilter(reader, event);
    if (filter === undefined) return undefined;
    filters.push(filter);
  } while (reader.phrase('and'));
  if (!reader.mark(')')) return undefined;
  if (filters.length > ruleLimits.filters)
    return reader.fail({
      from: open.from,
      to: reader.lastEnd(),
      code: 'too_many_filters',
      most: ruleLimits.filters,
    });
  return filters;
};

interface Often {
  readonly did: boolean;
  readonly atLeast?: number;
}

const readOften = (reader: Reader): Often | undefined => {
  const did = reader.phrase('at least');
  if (!did && !reader.phrase('fewer than')) return { did: true };
  const atLeast = readWhole(reader, 1000);
  if (atLeast === undefined || !(reader.phrase('times') || reader.phrase('time'))) return undefined;
  return { did, atLeast };
};

const readDid = (reader: Reader): EventRule | undefined => {
  const not = reader.phrase('not');
  const name = readName(reader, { kind: 'event' }, limits.event);
  if (name === undefined) return undefined;
  const often = not ? { did: false } : readOften(reader);
  if (often === undefined) return undefined;
  const where = readWhere(reader, name);
  if (where === undefined) return undefined;
  const window = readWindow(reader);
  if (window === undefined) return undefined;
  return {
    kind: 'event',
    name,
    ...often,
    ...(where === null ? {} : { where }),
    ...(window === null ? {} : { window }),
  };
};

const readSpent = (reader: Reader): LeafRule | undefined => {
  reader.expect({ kind: 'currency' });
  const currency = reader.token().text;
  if (!/^[A-Z]{3}$/.test(currency)) return undefined;
  reader.take();
  const test = asNumber(readTest(reader, { ...numbers, currency }));
  if (test === undefined) return undefined;
  const window = readWindow(reader);
  if (window === undefined) return undefined;
  return { kind: 'spent', currency, test, ...(window === null ? {} : { window }) };
};

const readLast = (reader: Reader): RecencyRule | undefined => {
  const name = readName(reader, { kind: 'event' }, limits.event);
  if (name === undefined) return undefined;
  const newer = reader.phrase('less than');
  if (!newer && !reader.phrase('at least')) return undefined;
  const amount = readWhole(reader, LONGEST);
  const unit = amount === undefined ? undefined : readUnit(reader);
  if (amount === undefined || unit === undefined || !reader.phrase('ago')) return undefined;
  return { kind: 'recency', name, last: newer ? 'newer_than' : 'older_than', amount, unit };
};

const fieldOf = (word: string): ProfileField | undefined =>
  profileFields.find((field) => field === word.toLowerCase());

/** One condition. undefined: none stands here, or it is not complete; the reader knows which. */
export const readCondition = (reader: Reader): LeafRule | undefined => {
  reader.expect({ kind: 'field' });
  const token = reader.token();
  const field = token.kind === 'word' ? fieldOf(token.text) : undefined;
  if (field !== undefined) {
    reader.take();
    const test = asText(readTest(reader, texts({ kind: 'field', field })));
    return test === undefined ? undefined : { kind: 'field', field, test };
  }
  if (reader.phrase('trait')) {
    const key = readName(reader, { kind: 'trait' }, limits.key);
    if (key === undefined) return undefined;
    const test = readTest(reader, { of: { kind: 'trait', key }, texts: true, numbers: true, mixed: true });
    return test === undefined ? undefined : { kind: 'trait', key, test };
  }
  if (reader.phrase('did')) return readDid(reader);
  if (reader.phrase('spent')) return readSpent(reader);
  return reader.phrase('last') ? readLast(reader) : undefined;
};
