import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import {
  benjaminiHochberg,
  bonferroni,
  eBenjaminiHochberg,
  eBonferroni,
  eHolm,
  eToP,
  holm,
  mergeDependent,
  mergeIndependent,
  pToE,
} from './index.ts';

const round = (values: ArrayLike<number>) => Array.from(values, (value) => Number(value.toFixed(10)));

describe('p-values', () => {
  // R: p.adjust(c(.01, .02, .03, .04, .05, .001), method)
  const p = [0.01, 0.02, 0.03, 0.04, 0.05, 0.001];

  it('adjusts as R does', () => {
    expect(round(bonferroni(p, 0.05).adjusted)).toEqual([0.06, 0.12, 0.18, 0.24, 0.3, 0.006]);
    expect(round(holm(p, 0.05).adjusted)).toEqual([0.05, 0.08, 0.09, 0.09, 0.09, 0.006]);
    expect(round(benjaminiHochberg(p, 0.05).adjusted)).toEqual([0.03, 0.04, 0.045, 0.048, 0.05, 0.006]);
    expect(round(benjaminiHochberg(p, 0.05, 'any').adjusted)).toEqual([
      0.0735, 0.098, 0.11025, 0.1176, 0.1225, 0.0147,
    ]);
  });

  it('rejects more from Bonferroni to Holm to BH, and follows its tests around', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (values) => {
        const [a, b, c] = [bonferroni(values, 0.1), holm(values, 0.1), benjaminiHochberg(values, 0.1)];
        values.forEach((value, i) => {
          expect(Number(a.rejected[i])).toBeLessThanOrEqual(Number(b.rejected[i]));
          expect(Number(b.rejected[i])).toBeLessThanOrEqual(Number(c.rejected[i]));
          expect(c.adjusted[i]).toBeGreaterThanOrEqual(value);
        });
        const back = holm(values.toReversed(), 0.1).adjusted.toReversed();
        expect(Array.from(back)).toEqual(Array.from(b.adjusted));
      }),
    );
  });

  it('names what is wrong', () => {
    expect(() => holm([0.1, Number.NaN], 0.05)).toThrow(expect.objectContaining({ code: 'nan' }));
    expect(() => holm([1.1], 0.05)).toThrow(expect.objectContaining({ code: 'probability_out_of_range' }));
    expect(() => bonferroni([0.1], 0)).toThrow(expect.objectContaining({ code: 'probability_out_of_range' }));
    expect(holm([], 0.05).rejected).toEqual([]);
  });
});

describe('e-values', () => {
  it('e-BH rejects the k largest that reach n/(k alpha)', () => {
    const found = eBenjaminiHochberg([100, 50, 31, 1].map(Math.log), 0.05);
    expect(found.rejected).toEqual([true, true, true, false]);
    expect(found.threshold).toBeCloseTo(Math.log(4 / 0.15), 12);
    expect(eBenjaminiHochberg([1, 2].map(Math.log), 0.05)).toEqual({
      rejected: [false, false],
      threshold: Infinity,
    });
    expect(eBenjaminiHochberg([5000, -Infinity], 0.05).rejected).toEqual([true, false]);
  });

  it('Holm on e-values is closed testing of averages', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 8, noNaN: true }), { minLength: 1, maxLength: 7 }),
        (logs) => {
          const { adjusted, rejected } = eHolm(logs, 0.05);
          logs.forEach((_, i) => {
            let worst = Infinity;
            for (let set = 0; set < 1 << logs.length; set++) {
              if (!(set & (1 << i))) continue;
              worst = Math.min(worst, mergeDependent(logs.filter((_value, j) => set & (1 << j))));
            }
            expect(adjusted[i]).toBeCloseTo(worst, 9);
          });
          eBonferroni(logs, 0.05).rejected.forEach((yes, i) => {
            if (yes) expect(rejected[i]).toBe(true);
          });
        },
      ),
    );
  });

  it('merges and converts', () => {
    expect(mergeIndependent([Math.log(2), Math.log(3)])).toBeCloseTo(Math.log(6), 12);
    expect(mergeIndependent([Infinity, -Infinity])).toBe(-Infinity);
    expect(mergeDependent([Math.log(2), Math.log(4)])).toBeCloseTo(Math.log(3), 12);
    expect(eToP(Math.log(20))).toBeCloseTo(0.05, 12);
    expect(eToP(-3)).toBe(1);
    expect(pToE(0.01)).toBeCloseTo(Math.log(9), 12);
    expect(() => mergeDependent([])).toThrow(expect.objectContaining({ code: 'empty_input' }));
    expect(() => eToP(Number.NaN)).toThrow(expect.objectContaining({ code: 'nan' }));
  });

  it('keeps the false discovery rate of e-BH below alpha under strong dependence', () => {
    const random = createRandom('e-BH');
    const runs = 4000;
    let sum = 0;
    for (let run = 0; run < runs; run++) {
      const shared = random.normal();
      // 8 nulls that move together, 2 true effects; e = exp(λ z - λ²/2).
      const logs = Array.from({ length: 10 }, (_, i) => {
        const z = 0.8 * shared + 0.6 * random.normal() + (i < 2 ? 3.5 : 0);
        return 2.5 * z - 3.125;
      });
      const { rejected } = eBenjaminiHochberg(logs, 0.1);
      const all = rejected.filter(Boolean).length;
      if (all > 0) sum += rejected.slice(2).filter(Boolean).length / all;
    }
    expect(sum / runs).toBeLessThan(0.1);
  });
});
