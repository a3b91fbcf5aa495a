import type { ImportMappingChange } from '@mesure/contract/imports';
import { describe, expect, it } from 'vitest';
import { findColumns } from './column-indexes.ts';
import { correctMapping, guessImport } from './guess.ts';
import { eventNameOf } from './order-line.ts';
import { createLineReader } from './read-line.ts';
import { eventFlags } from './trouble.ts';

const header = [
  'order',
  'date',
  'client id',
  'email',
  'sku',
  'product name',
  'quantity',
  'unit price',
  'currency',
  'status',
];
const good = ['1001', '2024-01-05 10:00', '17850.0', 'zoe@shop.fr', 'M1', 'Mug', '2', '3.50', 'EUR', 'paid'];

const reader = (correction: ImportMappingChange = {}) => {
  const guess = guessImport({
    encoding: 'utf-8',
    delimiter: ',',
    header,
    records: [good],
    timeZone: 'UTC',
    currency: 'EUR',
  });
  const mapping = correctMapping(guess.mapping, correction);
  const columns = findColumns(mapping, header);
  const read = createLineReader({ mapping, columns, width: header.length, now: Date.parse('2026-01-01') });
  let line = 1;
  return (change: Partial<Record<string, string>> = {}, extra: readonly string[] = []) => {
    line += 1;
    const fields = header.map((column, index) => change[column] ?? good[index] ?? '');
    return read({ fields: [...fields, ...extra], line }, 0);
  };
};

const lineOf = (result: ReturnType<ReturnType<typeof reader>>) => {
  if (!result.ok) throw new Error(result.setAside.reason);
  return result.line;
};
const reasonOf = (result: ReturnType<ReturnType<typeof reader>>) =>
  result.ok ? null : result.setAside.reason;

describe('a line that is fine', () => {
  it('is read exactly', () => {
    expect(lineOf(reader()())).toMatchObject({
      orderId: '1001',
      customerId: '17850',
      email: 'zoe@shop.fr',
      sku: 'M1',
      kind: 'product',
      quantity: 20_000,
      unitPrice: 3_500_000,
      totalMinor: 700,
      currency: 'EUR',
      status: 'completed',
      flags: 0,
      at: Date.parse('2024-01-05T10:00Z'),
    });
  });
});

describe('lines that are set aside', () => {
  it.each([
    [{ date: '2024-02-30' }, 'impossible_date'],
    [{ date: '' }, 'impossible_date'],
    [{ quantity: 'two' }, 'unreadable_number'],
    [{ 'unit price': 'free' }, 'unreadable_number'],
    [{ 'unit price': '' }, 'unreadable_number'],
    [{ order: '' }, 'no_order'],
    [{ sku: '', 'product name': '' }, 'no_product'],
  ])('%j: %s', (change, reason) => {
    expect(reasonOf(reader()(change as Partial<Record<string, string>>))).toBe(reason);
  });

  it('counts columns: blank ones too many are forgiven', () => {
    const read = reader();
    expect(reasonOf(read({}, ['', '']))).toBeNull();
    expect(reasonOf(read({}, ['surprise']))).toBe('too_many_columns');
  });

  it('sets duplicates aside when told to, and flags them otherwise', () => {
    const strict = reader({ duplicates: 'set_aside' });
    strict();
    expect(reasonOf(strict())).toBe('duplicate');
    const lenient = reader();
    lenient();
    expect(eventFlags(lineOf(lenient()).flags)).toEqual(['duplicate']);
  });
});

describe('lines with trouble that are imported', () => {
  it.each([
    [{ 'client id': '', email: '' }, []],
    [{ 'client id': '0', email: 'nobody' }, []],
    [{ quantity: '-2' }, ['returned']],
    [{ quantity: '-2', order: 'C1001' }, ['cancelled']],
    [{ status: 'Cancelled' }, ['cancelled']],
    [{ status: 'refunded' }, ['returned']],
    [{ 'unit price': '0' }, ['zero_price']],
    [{ 'unit price': '-5.00' }, ['negative_price']],
  ])('%j carries %j', (change, flags) => {
    expect(eventFlags(lineOf(reader()(change as Partial<Record<string, string>>)).flags)).toEqual(flags);
  });

  it('keeps what is negative and what is cancelled out of completed orders', () => {
    const read = reader();
    expect(eventNameOf(lineOf(read()))).toBe('order_completed');
    expect(eventNameOf(lineOf(read({ quantity: '-1' })))).toBe('order_refunded');
    expect(eventNameOf(lineOf(read({ status: 'annulée' })))).toBe('order_cancelled');
    expect(eventNameOf(lineOf(read({ order: 'C7' })))).toBe('order_completed');
  });

  it('calls a negative price an adjustment and keeps prices below a cent', () => {
    expect(lineOf(reader()({ 'unit price': '-1' })).kind).toBe('adjustment');
    expect(lineOf(reader()({ 'unit price': '0.055', quantity: '3' }))).toMatchObject({
      unitPrice: 55_000,
      totalMinor: 17,
    });
  });

  it('makes a code of the name where there is none, always the same', () => {
    const read = reader();
    const one = lineOf(read({ sku: '', 'product name': 'Thé vert' }));
    expect(one.sku).toBe('name:the-vert');
    expect(lineOf(read({ sku: '', 'product name': 'THÉ  VERT', order: '2' })).sku).toBe(one.sku);
  });

  it('takes a currency sign, and the default where the code means nothing', () => {
    expect(lineOf(reader()({ currency: '£' })).currency).toBe('GBP');
    expect(lineOf(reader()({ currency: '??' })).currency).toBe('EUR');
  });
});

it('fills down what an export leaves blank after the first line of an order', () => {
  const read = reader({ fillDown: true });
  read();
  const blank = { date: '', 'client id': '', email: '', currency: '', status: '', sku: 'M2' };
  expect(lineOf(read(blank))).toMatchObject({
    customerId: '17850',
    email: 'zoe@shop.fr',
    at: Date.parse('2024-01-05T10:00Z'),
  });
  expect(lineOf(read({ ...blank, order: '' })).orderId).toBe('1001');
  expect(reasonOf(read({ ...blank, order: '1002' }))).toBe('impossible_date');
});

it('makes orders of what one customer bought at one moment when there is no order number', () => {
  const read = reader({ columns: { orderId: null } });
  expect(lineOf(read()).orderId).toBe('17850@2024-01-05 10:00');
  expect(reasonOf(read({ 'client id': '', email: '' }))).toBe('no_order');
});

it('names a column that is not there, and the nearest', () => {
  expect(() => reader({ columns: { sku: 'Product name ' } })).toThrowError(
    expect.objectContaining({
      code: 'unprocessable',
      message: expect.stringContaining('The nearest is "product name"'),
    }),
  );
  expect(() => reader({ columns: { orderDate: null } })).toThrowError(/order date/u);
});
