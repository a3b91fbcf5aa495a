import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logGamma } from '../../special/index.ts';
import { type CountLaw, countLowerTail, countUpperTail, logRatio } from './index.ts';

/** The chance of one count, from the formula. */
const chanceOf = ({ mean, size, zeros }: CountLaw, count: number): number =>
  (count === 0 ? zeros : 0) +
  (1 - zeros) *
    Math.exp(
      logGamma(count + size) -
        logGamma(size) -
        logGamma(count + 1) +
        size * Math.log(size / (size + mean)) +
        count * Math.log(mean / (size + mean)),
    );

const laws = fc.record({
  mean: fc.double({ min: 0.01, max: 40, noNaN: true }),
  size: fc.double({ min: 0.3, max: 1e4, noNaN: true }),
  zeros: fc.double({ min: 0, max: 0.5, noNaN: true }),
});

describe('the law of a count', () => {
  it('has the tails that its chances sum to', () => {
    fc.assert(
      fc.property(laws, fc.integer({ min: 0, max: 60 }), (law, count) => {
        let below = 0;
        for (let k = 0; k < count; k++) below += chanceOf(law, k);
        expect(countUpperTail(law, count)).toBeCloseTo(1 - below, 9);
        expect(countLowerTail(law, count)).toBeCloseTo(below + chanceOf(law, count), 9);
      }),
      { numRuns: 60 },
    );
  });

  it('gives every bet the expectation 1, and the one it stands for the largest', () => {
    fc.assert(
      fc.property(laws, fc.constantFrom(0.15, 0.5, 0.8, 1.2, 2.5, 6), (law, factor) => {
        const moved = { ...law, mean: law.mean * factor };
        let [sum, growth, other] = [0, 0, 0];
        for (let k = 0; k < 20_000; k++) {
          const chance = chanceOf(moved, k);
          // Where the chance underflows, the ratio may overflow; what is left out there is below 1e-20.
          const usual = chanceOf(law, k);
          if (usual > 0) sum += usual * Math.exp(logRatio(law, k, factor));
          growth += chance * logRatio(law, k, factor);
          other += chance * logRatio(law, k, 1 + (factor - 1) * 1.3 > 0 ? 1 + (factor - 1) * 1.3 : factor);
          if (k > 3 * law.mean && k > 3 * moved.mean && chance < 1e-25) break;
        }
        expect(sum).toBeCloseTo(1, 6);
        expect(growth).toBeGreaterThanOrEqual(other - 1e-9);
      }),
      { numRuns: 40 },
    );
  });

  it('is Poisson for a large size', () => {
    expect(logRatio({ mean: 4, size: 1e9, zeros: 0 }, 8, 2)).toBeCloseTo(8 * Math.log(2) - 4, 6);
    expect(countUpperTail({ mean: 2, size: 1e9, zeros: 0 }, 1)).toBeCloseTo(1 - Math.exp(-2), 7);
  });
});
