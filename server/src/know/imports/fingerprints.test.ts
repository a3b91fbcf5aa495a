import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFingerprintSet, fingerprint } from './fingerprints.ts';

describe('fingerprints', () => {
  it('are safe integers, equal for equal fields and different for fields cut elsewhere', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (fields) => {
        const value = fingerprint(fields);
        expect(Number.isSafeInteger(value) && value > 0).toBe(true);
        expect(fingerprint([...fields])).toBe(value);
        expect(fingerprint([...fields, ''])).not.toBe(value);
      }),
    );
    expect(fingerprint(['ab', 'c'])).not.toBe(fingerprint(['a', 'bc']));
  });

  it('do not meet among many similar lines', () => {
    const seen = new Set<number>();
    for (let line = 0; line < 300_000; line += 1)
      seen.add(fingerprint([String(536_365 + (line % 700)), `SKU${line}`, '6', '2.55']));
    expect(seen.size).toBe(300_000);
  });
});

describe('createFingerprintSet', () => {
  it('finds what a set finds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 })), (values) => {
        const set = new Set<number>();
        const compact = createFingerprintSet();
        for (const value of values) {
          expect(compact.addOrSeen(value)).toBe(set.has(value));
          set.add(value);
        }
      }),
    );
  });

  it('grows, and remembers at least the last ones', () => {
    const compact = createFingerprintSet(1000);
    for (let value = 1; value <= 100_000; value += 1) {
      expect(compact.addOrSeen(value)).toBe(false);
      // Looking adds, too: 400 steps are 800 additions.
      if (value > 400) expect(compact.addOrSeen(value - 400)).toBe(true);
    }
  });
});
