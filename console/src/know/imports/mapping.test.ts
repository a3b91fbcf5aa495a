import type { ImportMapping } from '@mesure/contract/imports';
import { describe, expect, it } from 'vitest';
import { ambiguousDate, assignColumn, correctionOf, isCorrected, missingOf, samplesOf } from './mapping.ts';

const guess: ImportMapping = {
  columns: { orderId: 'Name', orderDate: 'Date', sku: 'Code', unitPrice: 'Price' },
  decimal: '.',
  dateFormat: 'dmy',
  timeZone: 'Europe/Paris',
  currency: 'EUR',
  fillDown: false,
  duplicates: 'keep',
  knownOrders: 'set_aside',
  consents: [],
  simulation: null,
};

describe('the mapping', () => {
  it('gives a column to one field only, and takes it back', () => {
    const moved = assignColumn(guess, 'productName', 'Code');
    expect(moved.columns).toEqual({
      orderId: 'Name',
      orderDate: 'Date',
      productName: 'Code',
      unitPrice: 'Price',
    });
    expect(assignColumn(moved, 'productName', null).columns).not.toHaveProperty('productName');
  });

  it('sends only what differs from the guess', () => {
    expect(correctionOf(guess, guess)).toEqual({});
    expect(isCorrected(guess, guess)).toBe(false);
    const corrected = { ...assignColumn(guess, 'productName', 'Code'), decimal: ',' as const };
    expect(correctionOf(guess, corrected)).toEqual({
      decimal: ',',
      columns: { sku: null, productName: 'Code' },
    });
  });

  it('names what a file cannot do without', () => {
    expect(missingOf(guess)).toEqual([]);
    expect(missingOf({ ...guess, columns: {} })).toEqual(['orderDate', 'product', 'price', 'order']);
    expect(missingOf(assignColumn(assignColumn(guess, 'orderId', null), 'email', 'Mail'))).toEqual([]);
  });
});

describe('the samples', () => {
  const file = {
    header: ['Date', 'City'],
    preview: [
      ['13/04/2011', 'Lyon'],
      ['03/03/2011', ''],
      ['04/03/11 10:20', 'Lyon'],
      ['05/06/2011', ' Paris '],
    ],
  };
  it('are the first different values', () => {
    expect(samplesOf(file, 'City')).toEqual(['Lyon', 'Paris']);
    expect(samplesOf(file, undefined)).toEqual([]);
    expect(samplesOf(file, 'Nowhere')).toEqual([]);
  });
  it('ask about the first date that reads in two ways', () => {
    expect(ambiguousDate(file, 'Date')).toEqual({
      sample: '04/03/11 10:20',
      undecided: false,
      readings: [
        { format: 'dmy', day: '2011-03-04' },
        { format: 'mdy', day: '2011-04-03' },
      ],
    });
    expect(ambiguousDate(file, 'City')).toBeNull();
    expect(ambiguousDate({ ...file, preview: file.preview.slice(1) }, 'Date')).toMatchObject({
      undecided: true,
    });
  });
});
