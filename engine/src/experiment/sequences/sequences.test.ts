import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/index.ts';
import { bernoulliInterval } from '../bernoulli.ts';
import {
  bettingLogE,
  bettingSequence,
  boundedDifference,
  createHarmDetector,
  empiricalBernstein,
  hoeffdingSequence,
  type IntervalPath,
  polyStitchingBound,
  predictableBernstein,
  zeta,
} from './index.ts';

const code = (name: string) => expect.objectContaining({ code: name });

describe('sequences for bounded outcomes', () => {
  const looks = [10, 20, 50, 100, 200, 400];
  const kinds: Readonly<Record<string, (values: number[]) => IntervalPath>> = {
    betting: (values) => bettingSequence({ values, alpha: 0.1, at: looks }),
    predictable: (values) => predictableBernstein({ values, alpha: 0.1 }),
    hoeffding: (values) => hoeffdingSequence({ values, alpha: 0.1, plannedPeople: 200 }),
  };

  it.each(Object.keys(kinds))('%s holds at all looks together', (kind) => {
    const runs = 300;
    let missed = 0;
    for (let run = 0; run < runs; run++) {
      const random = createRandom(kind, `${run}`);
      const values = Array.from({ length: 400 }, () => (random.chance(0.2) ? random.uniform() : 0));
      const path = kinds[kind]?.(values) as IntervalPath;
      if (path.low.some((low, i) => low > 0.1 || (path.high[i] as number) < 0.1)) missed += 1;
    }
    expect(missed / runs).toBeLessThanOrEqual(0.1 + 2 * Math.sqrt(0.09 / runs));
  });

  it('the e-process of betting averages to at most 1 under the truth, and grows under another', () => {
    let sum = 0;
    const runs = 1000;
    for (let run = 0; run < runs; run++) {
      const random = createRandom('betting e', `${run}`);
      const values = Array.from({ length: 30 }, () => random.uniform());
      sum += Math.exp(bettingLogE({ values, alpha: 0.05 }, 0.5));
    }
    expect(sum / runs).toBeLessThan(1.3);
    const high = Array.from({ length: 100 }, (_, i) => (i % 5 === 0 ? 0 : 1));
    const path = bettingSequence({ values: high, alpha: 0.05 });
    const [low] = path.low as unknown as [number];
    expect(bettingLogE({ values: high, alpha: 0.05 }, 0.4)).toBeGreaterThan(Math.log(20));
    // The interval keeps what neither bettor alone refutes; both together have a little more.
    expect(bettingLogE({ values: high, alpha: 0.05 }, low)).toBeGreaterThanOrEqual(Math.log(20) - 1e-6);
    expect(() => bettingLogE({ values: high, alpha: 0.05 }, 1)).toThrow(code('out_of_range'));
  });

  it('empirical Bernstein is narrower than Hoeffding where there is little variance', () => {
    const random = createRandom('little variance');
    const values = Array.from({ length: 300 }, () => 0.5 + 0.05 * random.normal());
    const width = ({ low, high }: IntervalPath): number => (high[299] as number) - (low[299] as number);
    const bernstein = width(empiricalBernstein({ values, alpha: 0.05, plannedVariance: 1 }));
    expect(bernstein).toBeLessThan(
      0.5 * width(hoeffdingSequence({ values, alpha: 0.05, plannedPeople: 300 })),
    );
  });

  it('any range: a scale and a shift move the interval with the values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }),
        (values) => {
          const plain = bettingSequence({ values, alpha: 0.05 });
          const moved = bettingSequence({
            values: values.map((x) => 20 * x - 5),
            range: [-5, 15],
            alpha: 0.05,
          });
          expect(moved.low[0]).toBeCloseTo(20 * (plain.low[0] as number) - 5, 6);
          expect(moved.high[0]).toBeCloseTo(20 * (plain.high[0] as number) - 5, 6);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('a difference of bounded means; wrong input by name', () => {
    const random = createRandom('bounded difference');
    const draw = (p: number) => Array.from({ length: 800 }, () => (random.chance(p) ? 1 : 0));
    const found = boundedDifference({ control: draw(0.2), treatment: draw(0.5), alpha: 0.05 });
    expect(found.low).toBeGreaterThan(0);
    expect(found.low).toBeLessThan(0.3);
    expect(found.high).toBeGreaterThan(0.3);
    expect(() => bettingSequence({ values: [2], alpha: 0.05 })).toThrow(code('out_of_range'));
    expect(() => bettingSequence({ values: [], alpha: 0.05 })).toThrow(code('empty_input'));
    expect(() => bettingSequence({ values: [Number.NaN], alpha: 0.05 })).toThrow(code('nan'));
    expect(() => predictableBernstein({ values: [0], alpha: 2 })).toThrow(code('probability_out_of_range'));
  });
});

describe('closed forms', () => {
  it('zeta at known points', () => {
    expect(zeta(2)).toBeCloseTo(Math.PI ** 2 / 6, 14);
    expect(zeta(4)).toBeCloseTo(Math.PI ** 4 / 90, 14);
    expect(zeta(1.4)).toBeCloseTo(3.105547294, 6);
    expect(() => polyStitchingBound(1, { vMin: 1, s: 1 }, 0.05)).toThrow(code('out_of_range'));
  });

  it('Bernoulli intervals shrink with people and hold what was found', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const successes = Math.round(share * n);
          const ask = { alpha: 0.05, plannedTrials: 500 };
          const few = bernoulliInterval({ successes, trials: n, ...ask });
          const many = bernoulliInterval({ successes: 8 * successes, trials: 8 * n, ...ask });
          expect(few.low).toBeLessThanOrEqual(successes / n);
          expect(few.high).toBeGreaterThanOrEqual(successes / n);
          expect(many.high - many.low).toBeLessThan(few.high - few.low);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('harm detector', () => {
  const options = { drops: [0.5, 1, 2], periodsBetweenFalseAlarms: 100 };
  const detector = createHarmDetector(options);

  it('is quiet for at least the periods promised, on average, while nothing is wrong', () => {
    const runs = 300;
    const longest = 1000;
    let total = 0;
    for (let run = 0; run < runs; run++) {
      const random = createRandom('quiet', `${run}`);
      let reading: ReturnType<typeof detector.add> | undefined;
      let period = 0;
      while (period < longest && reading?.kind !== 'harm') {
        period += 1;
        reading = detector.add({ effect: random.normal(), standardError: 1 }, reading?.state);
      }
      total += period;
    }
    // Runs cut at 1,000 make the average smaller than it is.
    expect(total / runs).toBeGreaterThan(100);
  });

  it('hears a good effect that turns bad, soon, and says since when', () => {
    const random = createRandom('turns bad');
    let delay = 0;
    let since = 0;
    const runs = 100;
    for (let run = 0; run < runs; run++) {
      let reading: ReturnType<typeof detector.add> | undefined;
      let period = 0;
      while (reading?.kind !== 'harm' || period <= 60) {
        period += 1;
        const effect = random.normal(period <= 60 ? 1 : -1, 1);
        reading = detector.add({ effect, standardError: 1 }, reading?.state);
        if (period > 200) break;
      }
      delay += period - 60;
      since += reading?.since ?? 0;
    }
    expect(delay / runs).toBeLessThan(15);
    expect(Math.abs(since / runs - 61)).toBeLessThan(3);
  });

  it('goes on from a stored state, and refuses another format', () => {
    const first = detector.add({ effect: -1, standardError: 1 });
    const stored = JSON.parse(
      JSON.stringify(detector.add({ effect: -1, standardError: 1 }, first.state).state),
    );
    expect(detector.add({ effect: -2, standardError: 1 }, stored).state.periods).toBe(3);
    expect(() => detector.add({ effect: 0, standardError: 1 }, { ...stored, version: 2 })).toThrow(
      code('version_mismatch'),
    );
    expect(() => detector.add({ effect: 0, standardError: 0 })).toThrow(code('out_of_range'));
    expect(() => createHarmDetector({ ...options, drops: [] })).toThrow(code('empty_input'));
  });
});
