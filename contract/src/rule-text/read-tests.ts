import { type NumberTest, ruleLimits, type TraitTest } from '../rule.ts';
import { currencyDigits, minorOf } from './money.ts';
import type { Reader, ValueOf } from './reader.ts';
import type { Token } from './tokens.ts';

/** What may be tested at a place. */
export interface Shape {
  readonly of: ValueOf | null;
  readonly texts: boolean;
  readonly numbers: boolean;
  /** Yes-or-no values, and lists that mix everything: traits only. */
  readonly mixed: boolean;
  /** Numbers are money of this currency. */
  readonly currency?: string;
}

export const limits = { text: 500, key: 128, event: 100 } as const;

export const readText = (reader: Reader, of: ValueOf | null, least = 0): string | undefined => {
  const token = reader.next('text', { kind: 'text', of });
  if (token === undefined) return undefined;
  if (token.value.length > limits.text)
    return reader.fail({ ...token, code: 'text_too_long', least, most: limits.text });
  if (token.value.length < least) return reader.fail({ ...token, code: 'empty_text' });
  return token.value;
};

const readNumber = (reader: Reader, { currency }: Shape): number | undefined => {
  const token = reader.next('number', { kind: currency === undefined ? 'number' : 'money' });
  if (token === undefined) return undefined;
  const value = currency === undefined ? Number(token.text) : minorOf(token.text, currencyDigits(currency));
  if (!Number.isFinite(value)) return reader.fail({ ...token, code: 'number_too_large' });
  return value;
};

export const readWhole = (reader: Reader, most: number): number | undefined => {
  const token = reader.next('number', { kind: 'whole_number' });
  if (token === undefined) return undefined;
  const value = Number(token.text);
  if (!Number.isInteger(value) || value < 1 || value > most)
    return reader.fail({ ...token, code: 'number_out_of_range', least: 1, most });
  return value;
};

type Value = string | number | boolean;

const readValue = (reader: Reader, shape: Shape): Value | undefined => {
  const text = shape.texts ? readText(reader, shape.of) : undefined;
  if (text !== undefined) return text;
  const number = shape.numbers ? readNumber(reader, shape) : undefined;
  if (number !== undefined) return number;
  if (shape.mixed && reader.phrase('true')) return true;
  return shape.mixed && reader.phrase('false') ? false : undefined;
};

const readValues = (reader: Reader, shape: Shape): Value[] | undefined => {
  const open = reader.token();
  if (!reader.mark('(')) return undefined;
  const values: Value[] = [];
  do {
    const value = readValue(reader, { ...shape, numbers: shape.mixed });
    if (value === undefined) return undefined;
    values.push(value);
  } while (reader.mark(','));
  if (!reader.mark(')')) return undefined;
  if (values.length > ruleLimits.values)
    return reader.fail({
      from: open.from,
      to: reader.lastEnd(),
      code: 'too_many_values',
      most: ruleLimits.values,
    });
  return values;
};

const COMPARISONS = [
  ['gt', 'more than', '>'],
  ['gte', 'at least', '>='],
  ['lt', 'less than', '<'],
  ['lte', 'at most', '<='],
] as const;

type Comparison = Exclude<NumberTest['operator'], 'equals' | 'between'>;

const readComparison = (reader: Reader): Comparison | undefined => {
  for (const [operator, words, sign] of COMPARISONS) {
    if (reader.phrase(words)) return operator;
    // Signs are read, words are written: nobody needs to be told of them.
    if (reader.token().kind === 'mark' && reader.token().text === sign) {
      reader.take();
      return operator;
    }
  }
  return undefined;
};

const readBetween = (reader: Reader, shape: Shape): TraitTest | undefined => {
  const first: Token = reader.token();
  const min = readNumber(reader, shape);
  if (min === undefined || !reader.phrase('and')) return undefined;
  const max = readNumber(reader, shape);
  if (max === undefined) return undefined;
  if (min > max) return reader.fail({ from: first.from, to: reader.lastEnd(), code: 'ends_swapped' });
  return { operator: 'between', min, max };
};

const readNumberTest = (reader: Reader, shape: Shape): TraitTest | undefined => {
  const operator = readComparison(reader);
  if (operator !== undefined) {
    const value = readNumber(reader, shape);
    return value === undefined ? undefined : { operator, value };
  }
  return reader.phrase('between') ? readBetween(reader, shape) : undefined;
};

const readAfterIs = (reader: Reader, shape: Shape): TraitTest | undefined => {
  if (shape.texts && reader.phrase('known')) return { operator: 'exists' };
  if (shape.texts && reader.phrase('one of')) {
    const values = readValues(reader, shape);
    return values === undefined ? undefined : { operator: 'in', values };
  }
  const value = readValue(reader, shape);
  if (value !== undefined) return { operator: 'equals', value };
  return shape.numbers ? readNumberTest(reader, shape) : undefined;
};

/** A test on a value. Which operators come out follows from the shape: the caller narrows by it. */
export const readTest = (reader: Reader, shape: Shape): TraitTest | undefined => {
  const sign = reader.token().kind === 'mark' && reader.token().text === '=';
  if (sign) reader.take();
  if (sign || reader.phrase('is')) return readAfterIs(reader, shape);
  if (shape.texts && reader.phrase('contains')) {
    const value = readText(reader, shape.of, 1);
    return value === undefined ? undefined : { operator: 'contains', value };
  }
  return shape.numbers ? readNumberTest(reader, shape) : undefined;
};
