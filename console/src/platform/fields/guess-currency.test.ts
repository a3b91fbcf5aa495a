import { describe, expect, it } from 'vitest';
import { guessCurrency } from './guess-currency.ts';

describe('the currency that is proposed first', () => {
  it.each([
    [['fr-CA', 'en-US'], 'CAD'],
    [['fr', 'fr-CH'], 'CHF'],
    [['de-DE'], 'EUR'],
    [['fr'], 'EUR'],
    [[], 'EUR'],
  ])('for %j is %s', (tags, currency) => {
    expect(guessCurrency(tags)).toBe(currency);
  });
});
