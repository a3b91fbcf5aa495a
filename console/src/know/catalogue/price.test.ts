import { describe, expect, it } from 'vitest';
import { readPrice, typePrice } from './price.ts';

describe('a typed price', () => {
  it.each([
    ['12.90', '12.90'],
    ['12,9', '12.9'],
    ['1\u202f234,50', '1234.50'],
    [' 0,0125 ', '0.0125'],
    ['123456789012.123456', '123456789012.123456'],
    ['1,234.50', null],
    ['0.1234567', null],
    ['-1', null],
    ['', null],
    ['1e3', null],
  ])('%s', (typed, read) => {
    expect(readPrice(typed)).toBe(read);
  });

  it('comes back as it was', () => {
    expect(typePrice('12.900000', '.')).toBe('12.90');
    expect(typePrice('0.012500', ',')).toBe('0,0125');
    expect(typePrice('7', '.')).toBe('7.00');
    expect(readPrice(typePrice('123456789012.123456', ','))).toBe('123456789012.123456');
  });
});
