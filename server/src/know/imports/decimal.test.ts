import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatScaled, guessDecimal, parseScaled } from './decimal.ts';

describe('parseScaled', () => {
  it.each([
    ['2.55', '.', 2_550_000],
    ['-2.5', '.', -2_500_000],
    ['1,234.50', '.', 1_234_500_000],
    ['1 234,50 €', ',', 1_234_500_000],
    ['1\u202f234,50', ',', 1_234_500_000],
    ["1'234.50", '.', 1_234_500_000],
    ['1.234,5', ',', 1_234_500_000],
    ['(12.30)', '.', -12_300_000],
    ['12.30-', '.', -12_300_000],
    ['−3', '.', -3_000_000],
    ['$19.99', '.', 19_990_000],
    ['EUR 5', '.', 5_000_000],
    ['5.00 GBP', '.', 5_000_000],
    ['.5', '.', 500_000],
    ['5.', '.', 5_000_000],
    ['0.0000005', '.', 1],
    ['0.0000004', '.', 0],
    ['+7', '.', 7_000_000],
    ['-0', '.', 0],
  ] as const)('reads %s with %s', (text, decimal, scaled) => {
    expect(parseScaled(text, decimal, 6)).toBe(scaled);
  });

  it.each([
    ['', '.'],
    ['abc', '.'],
    ['1.2.3', '.'],
    ['1,2,3', ','],
    ['12,5', '.'],
    ['1,23', '.'],
    ['1.5', ','],
    ['-', '.'],
    ['1e5', '.'],
    ['NaN', '.'],
    ['12 pcs', '.'],
    ['99999999999999', '.'],
  ] as const)('does not take %s with %s for a number', (text, decimal) => {
    expect(parseScaled(text, decimal, 6)).toBeUndefined();
  });

  it('reads back what it formats', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (scaled) => {
        expect(parseScaled(formatScaled(scaled, 6), '.', 6)).toBe(scaled === 0 ? 0 : scaled);
      }),
    );
  });

  it('agrees with a comma where a point stands', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.integer({ min: 0, max: 9999 }),
        (whole, rest) => {
          const text = `${whole}.${String(rest).padStart(4, '0')}`;
          expect(parseScaled(text.replace('.', ','), ',', 6)).toBe(parseScaled(text, '.', 6));
        },
      ),
    );
  });

  it('never throws and answers with an integer or nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('.' as const, ',' as const), (text, decimal) => {
        const scaled = parseScaled(text, decimal, 4);
        expect(scaled === undefined || Number.isSafeInteger(scaled)).toBe(true);
      }),
    );
  });
});

describe('guessDecimal', () => {
  it('sees the comma of "3,50" and the point of "3.50"', () => {
    expect(guessDecimal(['3,50', '12,00'])).toBe(',');
    expect(guessDecimal(['3.50', '1,234.00'])).toBe('.');
    expect(guessDecimal(['1.234,00', '5'])).toBe(',');
  });
  it('does not take groups of thousands for decimals', () => {
    expect(guessDecimal(['1,234', '3.5'])).toBe('.');
    expect(guessDecimal(['1.234', '12'])).toBeNull();
    expect(guessDecimal(['0.055', '12'])).toBe('.');
  });
});
