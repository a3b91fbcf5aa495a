import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountMinor, lineTotalMinor, minorDigits, unitPriceOf } from './money.ts';

const exactly = (quantity: number, price: number, digits: number): bigint => {
  const product = BigInt(quantity) * BigInt(price);
  const divisor = 10n ** BigInt(10 - digits);
  const magnitude = product < 0n ? -product : product;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return product < 0n ? -rounded : rounded;
};

describe('lineTotalMinor', () => {
  it('rounds half away from zero', () => {
    expect(lineTotalMinor(10_000, 5000, 2)).toBe(1);
    expect(lineTotalMinor(-10_000, 5000, 2)).toBe(-1);
    expect(lineTotalMinor(10_000, 4999, 2)).toBe(0);
    // 3 pieces at 0.055: 0.165 → 17 cents; a rounded unit price would give 18.
    expect(lineTotalMinor(30_000, 55_000, 2)).toBe(17);
    expect(lineTotalMinor(15_000, 3_000_000, 0)).toBe(5);
  });
  it('is exact for every quantity and price', () => {
    const quantity = fc.integer({ min: -10_000_000_000, max: 10_000_000_000 });
    const price = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
    fc.assert(
      fc.property(quantity, price, fc.constantFrom(0, 2, 3), (q, p, digits) => {
        expect(BigInt(lineTotalMinor(q, p, digits))).toBe(BigInt(Number(exactly(q, p, digits))));
      }),
    );
  });
});

describe('unitPriceOf', () => {
  it('divides the total, keeps the sign and knows no price for nothing', () => {
    expect(unitPriceOf(10_000_000, 30_000)).toBe(3_333_333);
    expect(unitPriceOf(-10_000_000, -20_000)).toBe(5_000_000);
    expect(unitPriceOf(-10_000_000, 20_000)).toBe(-5_000_000);
    expect(unitPriceOf(5, 0)).toBe(0);
  });
});

it('knows the digits of currencies', () => {
  expect([minorDigits('EUR'), minorDigits('JPY'), minorDigits('KWD')]).toEqual([2, 0, 3]);
  expect(amountMinor(12_345_678, 2)).toBe(1235);
});
