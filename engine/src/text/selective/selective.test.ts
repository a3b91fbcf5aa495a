import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/index.ts';
import { betaUpperQuantile } from '../../special/index.ts';
import { planThresholds, riskCoverage, testThresholds } from './index.ts';

/** Scores uniform on [0, 1]; an answer is wrong with chance `rate(score)`. */
const draw = (seed: string, n: number, rate: (score: number) => number) => {
  const random = createRandom(seed);
  const scores = Float64Array.from({ length: n }, () => random.uniform());
  return { scores, wrong: scores.map((score) => (random.chance(rate(score)) ? 1 : 0)) };
};

const target = 0.1;
const level = 0.05;

/** The most errors among n whose Clopper–Pearson bound is at most the target. */
const allowed = Array.from({ length: 601 }, (_, n) => {
  for (let most = -1; ; most++)
    if (most + 1 >= n || betaUpperQuantile(level, most + 2, n - most - 1) > target) return most;
});

/** Negative control: the lowest threshold whose own Clopper–Pearson bound fits. */
const scan = ({ scores, wrong }: ReturnType<typeof draw>): number | undefined => {
  const order = [...scores.keys()].sort((i, j) => (scores[j] as number) - (scores[i] as number));
  let errors = 0;
  let best: number | undefined;
  order.forEach((row, k) => {
    errors += wrong[row] as number;
    if (errors <= (allowed[k + 1] as number)) best = scores[row] as number;
  });
  return best;
};

describe('fixed-sequence thresholds', () => {
  it('miss their target as seldom as they say where it is hardest, and scanning misses far more often', () => {
    // Wrong with chance 10.01 % at every score: each threshold that passes is a miss.
    const thresholds = Array.from({ length: 20 }, (_, k) => 0.9 - 0.045 * k);
    const runs = 1000;
    let [missed, scanMissed] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const judged = draw(`flat ${run}`, 600, () => 0.1001);
      if (testThresholds({ ...judged, thresholds, target, level }).threshold !== undefined) missed++;
      if (scan(judged) !== undefined) scanMissed++;
    }
    // Three Monte-Carlo standard errors above 5 % are 7.1 %; a binomial test with 60 answers uses 5 % not quite.
    expect(missed / runs).toBeLessThan(0.071);
    expect(missed / runs).toBeGreaterThan(0.01);
    expect(scanMissed / runs).toBeGreaterThan(0.15);
  });

  it('find a threshold near the best where there is one', () => {
    // The share wrong above t falls from 14 % at t = 0 to 2 % at 1, and crosses 10 % at 1/3.
    const rate = (score: number): number => 0.26 - 0.24 * score;
    let [missed, passed, answered] = [0, 0, 0];
    const runs = 60;
    for (let run = 0; run < runs; run++) {
      const { thresholds } = planThresholds({ ...draw(`plan ${run}`, 400, rate), target, level, ratio: 5 });
      const { threshold } = testThresholds({ ...draw(`test ${run}`, 2000, rate), thresholds, target, level });
      if (threshold === undefined) continue;
      passed++;
      answered += 1 - threshold;
      if (threshold < 1 / 3) missed++;
    }
    expect(missed).toBeLessThan(9);
    expect(passed).toBeGreaterThan(0.95 * runs);
    expect(answered / passed).toBeGreaterThan(0.45);
  });

  it('stop at the first failure, and count as a naive counter does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ score: fc.integer({ min: 0, max: 20 }), bad: fc.boolean() }), { maxLength: 80 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 8 }),
        (rows, cuts) => {
          const thresholds = cuts.toSorted((a, b) => b - a);
          const scores = rows.map((row) => row.score);
          const wrong = rows.map((row) => (row.bad ? 1 : 0));
          const { threshold, tests } = testThresholds({ scores, wrong, thresholds, target: 0.5, level: 0.4 });
          for (const [k, test] of tests.entries()) {
            const above = rows.filter((row) => row.score >= (thresholds[k] as number));
            expect(test.answered).toBe(above.length);
            expect(test.errors).toBe(above.filter((row) => row.bad).length);
            expect(test.pValue <= 0.4).toBe(k < tests.length - 1 || threshold === thresholds[k]);
          }
        },
      ),
    );
  });

  it('know exact p-values', () => {
    const scores = Array.from({ length: 29 }, () => 1);
    const all = { scores, wrong: scores.map(() => 0), thresholds: [0.5], target: 0.1, level: 0.05 };
    expect(testThresholds(all).tests[0]?.pValue).toBeCloseTo(0.9 ** 29, 12);
    expect(testThresholds(all).threshold).toBe(0.5);
    expect(
      testThresholds({ ...all, scores: scores.slice(1), wrong: all.wrong.slice(1) }).threshold,
    ).toBeUndefined();
    expect(testThresholds({ ...all, scores: [], wrong: [] }).tests).toEqual([
      { threshold: 0.5, answered: 0, errors: 0, pValue: 1 },
    ]);
  });

  it('plan no threshold where nothing can pass', () => {
    const judged = draw('hopeless', 100, () => 0.5);
    expect(planThresholds({ ...judged, target: 0.01, level: 0.05 })).toEqual({ thresholds: [], power: 0 });
    expect(planThresholds({ scores: [], wrong: [], target: 0.1, level: 0.05 }).thresholds).toEqual([]);
    const easy = planThresholds({ ...draw('easy', 500, () => 0.01), target: 0.1, level: 0.05 });
    expect(easy.power).toBeGreaterThan(0.95);
    expect(easy.thresholds).toEqual(easy.thresholds.toSorted((a, b) => b - a));
    const same = { scores: new Float64Array(200).fill(0.7), wrong: new Uint8Array(200) };
    expect(planThresholds({ ...same, target: 0.1, level: 0.05 }).thresholds).toEqual([0.7]);
  });

  it.each([
    ['out_of_range', { thresholds: [0.1, 0.2] }],
    ['out_of_range', { thresholds: [Number.NaN] }],
    ['out_of_range', { wrong: [0.5] }],
    ['nan', { scores: [Number.NaN] }],
    ['length_mismatch', { wrong: [] }],
    ['probability_out_of_range', { target: 0 }],
    ['probability_out_of_range', { level: 1 }],
  ] as const)('throw %s', (code, wrongPart) => {
    const good = { scores: [1], wrong: [0], thresholds: [0.5], target: 0.1, level: 0.05 };
    expect(() => testThresholds({ ...good, ...wrongPart })).toThrow(expect.objectContaining({ code }));
  });
});

describe('the risk–coverage curve', () => {
  it('is what a naive one is, ties together', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ score: fc.integer({ min: 0, max: 9 }), bad: fc.boolean() }), {
          minLength: 1,
          maxLength: 60,
        }),
        (rows) => {
          const curve = riskCoverage({
            scores: rows.map((r) => r.score),
            wrong: rows.map((r) => (r.bad ? 1 : 0)),
          });
          curve.thresholds.forEach((threshold, k) => {
            const above = rows.filter((row) => row.score >= threshold);
            expect(curve.coverage[k]).toBeCloseTo(above.length / rows.length, 12);
            expect(curve.risk[k]).toBeCloseTo(above.filter((row) => row.bad).length / above.length, 12);
          });
          expect(curve.coverage.at(-1)).toBe(1);
        },
      ),
    );
    expect(riskCoverage({ scores: [0.9, 0.6], wrong: [0, 1] }).area).toBe(0.25);
    expect(() => riskCoverage({ scores: [], wrong: [] })).toThrow(
      expect.objectContaining({ code: 'empty_input' }),
    );
  });
});
