import { profileFields } from '../rule.ts';
import type { Vocabulary } from '../segments.ts';
import { readRule } from './parse.ts';
import { createReader, type Expected, type ValueOf } from './reader.ts';
import { type Token, tokensOf } from './tokens.ts';
import { nameText, quotedText } from './words.ts';

export type KnownWords = Pick<Vocabulary, 'fields' | 'traits' | 'events' | 'currencies'>;

export interface Completion {
  /** What to put in place of `from`–`to`. */
  readonly insert: string;
  readonly kind: 'word' | 'field' | 'trait' | 'event' | 'property' | 'currency' | 'value';
  /** How often it is there: people, events or orders. */
  readonly times?: number;
}

export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly items: readonly Completion[];
}

const nothing: KnownWords = { fields: [], traits: [], events: [], currencies: [] };

const MOST = 50;

type Values = readonly { readonly value: string; readonly times: number }[];

const valuesOf = (of: ValueOf | null, known: KnownWords): Values => {
  switch (of?.kind) {
    case undefined:
      return [];
    case 'field':
      return known.fields.find(({ field }) => field === of.field)?.values ?? [];
    case 'trait':
      return known.traits.find(({ key }) => key === of.key)?.values ?? [];
    case 'property':
      return (
        known.events
          .find(({ name }) => name === of.event)
          ?.properties.find(({ key, type }) => key === of.key && type === 'text')?.values ?? []
      );
    case 'item': {
      const items = known.events.find(({ name }) => name === of.event)?.items;
      return of.part === 'sku' || of.part === 'name' || of.part === 'category'
        ? (items?.[of.part] ?? [])
        : [];
    }
  }
};

const offered = (expected: Expected, known: KnownWords): readonly Completion[] => {
  switch (expected.kind) {
    case 'word':
    case 'mark':
      return [{ insert: expected.text, kind: 'word' }];
    case 'field':
      return profileFields.map((field) => {
        const people = known.fields.find((each) => each.field === field)?.people;
        return { insert: field, kind: 'field' as const, ...(people === undefined ? {} : { times: people }) };
      });
    case 'trait':
      return known.traits.map(({ key, people }) => ({
        insert: nameText(key),
        kind: 'trait' as const,
        times: people,
      }));
    case 'event':
      return known.events.map(({ name, times }) => ({
        insert: nameText(name),
        kind: 'event' as const,
        times,
      }));
    case 'property':
      return (known.events.find(({ name }) => name === expected.event)?.properties ?? []).map(({ key }) => ({
        insert: nameText(key),
        kind: 'property' as const,
      }));
    case 'currency':
      return known.currencies.map(({ currency, orders }) => ({
        insert: currency,
        kind: 'currency' as const,
        times: orders,
      }));
    case 'text':
      return valuesOf(expected.of, known).map(({ value, times }) => ({
        insert: quotedText(value),
        kind: 'value' as const,
        times,
      }));
    case 'condition':
    case 'number':
    case 'whole_number':
    case 'money':
    case 'instant':
      return [];
  }
};

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\p{M}"]/gu, '')
    .toLowerCase();

/** What begins so, then what has it inside; words of the grammar only where they begin so. */
const fitting = (items: readonly Completion[], typed: string): readonly Completion[] => {
  const sought = folded(typed);
  const begins = items.filter(({ insert }) => folded(insert).startsWith(sought));
  const holds = items.filter(
    ({ insert, kind }) =>
      kind !== 'word' &&
      sought !== '' &&
      folded(insert).includes(sought) &&
      !folded(insert).startsWith(sought),
  );
  return [...new Map([...begins, ...holds].map((item) => [item.insert, item])).values()].slice(0, MOST);
};

/** The token that is being typed at the offset: it ends there or goes on behind it. */
const typedAt = (text: string, offset: number): Token | undefined =>
  tokensOf(text).find(
    ({ kind, from, to, wrong }) =>
      (kind === 'word' || kind === 'text' || kind === 'number' || wrong === 'unclosed_text') &&
      from < offset &&
      (offset < to || (offset === to && kind !== 'text')),
  );

/**
 * What could be typed at a place of a text: words of the grammar, and of the vocabulary what it knows. Nothing where
 * the text before the place is wrong already.
 */
export const completeRule = (text: string, offset: number, known: KnownWords = nothing): Completions => {
  const typed = typedAt(text, offset);
  const from = typed?.from ?? offset;
  // A text without its closing quote reaches to the end of the line: what follows the cursor stays.
  const to = typed === undefined || typed.wrong !== undefined ? offset : typed.to;
  const reader = createReader(text.slice(0, from));
  readRule(reader);
  const { token, expected } = reader.furthest();
  if (reader.problem() !== undefined || token.kind !== 'end') return { from, to, items: [] };
  const items = expected.flatMap((each) => offered(each, known));
  return { from, to, items: fitting(items, text.slice(from, offset)) };
};
