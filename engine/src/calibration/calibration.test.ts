import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../errors/index.ts';
import { matrix, matrixOf } from '../linear/index.ts';
import { createRandom } from '../random/index.ts';
import { logistic } from '../special/index.ts';
import {
  type CalibrationRows,
  calibrate,
  calibrateRows,
  fitIsotonic,
  fitPlatt,
  fitTemperature,
  loadCalibrator,
  reliabilityOf,
  saveCalibrator,
} from './index.ts';

const basis = { kind: 'held_out' } as const;

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    return isEngineError(error) ? error.code : 'another error';
  }
  return undefined;
};

/** Scores whose true chance is logistic(a + b × score). */
const rowsOf = (n: number, [a, b]: readonly [number, number], seed = 1): CalibrationRows => {
  const random = createRandom(seed, 'rows');
  const scores = Float64Array.from({ length: n }, () => random.normal());
  return { scores, outcomes: scores.map((s) => (random.chance(logistic(a + b * s)) ? 1 : 0)), basis };
};

const fitted = <T extends { readonly kind: string }>(made: T): Exclude<T, { readonly kind: 'no_answer' }> => {
  if (made.kind === 'no_answer') throw new Error('no answer');
  return made as Exclude<T, { readonly kind: 'no_answer' }>;
};

/** The greatest of the least: isotonic regression by its min–max formula (Barlow et al. 1972), O(n³). */
const byMinMax = (y: readonly number[], w: readonly number[]): number[] =>
  y.map((_, i) => {
    let best = -Infinity;
    for (let from = 0; from <= i; from++) {
      let least = Infinity;
      for (let to = i; to < y.length; to++) {
        let [sum, weight] = [0, 0];
        for (let k = from; k <= to; k++) {
          sum += (y[k] as number) * (w[k] as number);
          weight += w[k] as number;
        }
        least = Math.min(least, sum / weight);
      }
      best = Math.max(best, least);
    }
    return best;
  });

describe('isotonic regression', () => {
  it('is the min–max formula, with weights', () => {
    const row = fc.record({ y: fc.integer({ min: 0, max: 1 }), w: fc.integer({ min: 1, max: 5 }) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 14 }), (rows) => {
        const y = rows.map((each) => each.y);
        const w = rows.map((each) => each.w);
        const made = fitIsotonic({ scores: y.map((_, i) => i), outcomes: y, weights: w, basis, floor: 0 });
        if (made.kind === 'no_answer') return;
        const found = calibrate(
          made,
          y.map((_, i) => i),
        );
        byMinMax(y, w).forEach((value, i) => expect(found[i]).toBeCloseTo(value, 12));
      }),
    );
  });

  it('pools equal scores, interpolates between blocks, is constant within and beyond', () => {
    const made = fitted(
      fitIsotonic({ scores: [1, 1, 2, 3, 4, 4], outcomes: [0, 1, 1, 0, 1, 1], basis, floor: 0 }),
    );
    expect([...made.scores]).toEqual([1, 3, 4]);
    expect([...calibrate(made, [-9, 1, 2, 3, 3.5, 4, 9])]).toEqual([0.5, 0.5, 0.5, 0.5, 0.75, 1, 1]);
  });

  it('does not mind the scale of the weights', () => {
    const fit = (weight: number) => {
      const weights = [weight, weight, weight, weight];
      const made = fitted(fitIsotonic({ scores: [1, 2, 3, 4], outcomes: [0, 1, 0, 1], weights, basis }));
      expect(made.diagnostics.effectiveRows).toBeCloseTo(4);
      return calibrate(made, [1, 2, 3, 4]);
    };
    expect(fit(2 ** 900)).toEqual(fit(1));
    expect(fit(2 ** -700)).toEqual(fit(1));
  });

  it('refuses a file whose arrays do not fit each other', () => {
    const made = fitted(fitIsotonic({ scores: [1, 2], outcomes: [0, 1], basis }));
    const bytes = saveCalibrator({ ...made, chances: made.chances.slice(1) });
    expect(codeOf(() => loadCalibrator(bytes))).toBe('damaged');
  });

  it('never says 0 or 1 unless asked', () => {
    const made = fitted(fitIsotonic({ scores: [1, 2, 3, 4], outcomes: [0, 0, 1, 1], basis }));
    expect([...calibrate(made, [0, 5])]).toEqual([1 / 6, 5 / 6]);
  });

  it('finds the true chances', () => {
    const made = fitted(fitIsotonic(rowsOf(40_000, [-1, 2])));
    for (const s of [-1, 0, 1]) expect(calibrate(made, [s])[0]).toBeCloseTo(logistic(-1 + 2 * s), 1);
  });
});

describe('Platt’s scaling', () => {
  it('finds the true line within its error and has a zero gradient', () => {
    const rows = rowsOf(5000, [-1, 2]);
    const made = fitted(fitPlatt(rows));
    expect(Math.abs(made.slope - 2)).toBeLessThan(3 * made.diagnostics.slopeError);
    expect(Math.abs(made.intercept + 1)).toBeLessThan(0.12);
    const ones = [...(rows.outcomes as Float64Array)].reduce((a, b) => a + b, 0);
    const p = calibrate(made, rows.scores);
    let gradient = 0;
    p.forEach((each, i) => {
      const target = rows.outcomes[i] === 1 ? (ones + 1) / (ones + 2) : 1 / (5000 - ones + 2);
      gradient += (each - target) * (rows.scores[i] as number);
    });
    expect(Math.abs(gradient)).toBeLessThan(1e-6);
  });

  it('stays finite where the outcomes are separated, the scores huge or all the same', () => {
    const made = fitted(fitPlatt({ scores: [-1e9, -1e9, 1e9, 1e9], outcomes: [0, 0, 1, 1], basis }));
    expect(calibrate(made, [1e9])[0]).toBeCloseTo(3 / 4, 9);
    const flat = fitted(fitPlatt({ scores: [7, 7, 7], outcomes: [0, 1, 1], basis }));
    expect(flat.diagnostics.uninformative).toBe(true);
    expect(calibrate(flat, [7])[0]).toBeCloseTo((2 * (3 / 4) + 1 / 3) / 3, 9);
  });

  it('says when scores do not rank', () => {
    expect(fitted(fitPlatt(rowsOf(300, [0, -1]))).diagnostics.uninformative).toBe(true);
    expect(fitted(fitPlatt(rowsOf(300, [0, 1]))).diagnostics.uninformative).toBe(false);
  });
});

describe('temperature', () => {
  const logitsOf = (n: number, truth: number, seed = 1) => {
    const random = createRandom(seed, 'logits');
    const logits = matrix(n, 3);
    const labels = new Uint8Array(n);
    for (let i = 0; i < n; i++) {
      const weights = [0, 1, 2].map((c) => {
        logits.values[3 * i + c] = 3 * random.normal();
        return Math.exp((logits.values[3 * i + c] as number) / truth);
      });
      labels[i] = random.weighted([0, 1, 2], weights);
    }
    return { logits, labels, basis };
  };

  it('finds the true temperature within its interval', () => {
    const made = fitted(fitTemperature(logitsOf(4000, 2.5)));
    expect(made.diagnostics.high / made.diagnostics.low).toBeLessThan(1.2);
    let inside = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { low, high } = fitted(fitTemperature(logitsOf(300, 2.5, seed))).diagnostics;
      if (low < 2.5 && high > 2.5) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(53);
    expect(made.diagnostics.lossAfter).toBeLessThan(made.diagnostics.lossBefore);
    const rows = calibrateRows(made, matrixOf([[1000, 0, -1000]])).values;
    expect(rows[0]).toBeCloseTo(1, 12);
  });

  it('gives nothing that a file cannot hold', () => {
    const fit = (by: number) =>
      fitTemperature({
        logits: matrixOf([
          [by, 0],
          [0, by],
          [by, 0],
        ]),
        labels: [0, 0, 0],
        basis,
      });
    for (const by of [1e-300, 1e-20]) expect(fit(by)).toMatchObject({ reason: 'uninformative' });
    for (const by of [1e150, 1e308]) expect(codeOf(() => fit(by))).toBe('out_of_range');
    expect(loadCalibrator(saveCalibrator(fitted(fit(1e20))))).toEqual(fit(1e20));
    const tiny = { scores: [1e-310, 2e-310, 3e-310, 4e-310], outcomes: [0, 1, 0, 1], basis };
    expect(codeOf(() => fitPlatt(tiny))).toBe('no_convergence');
  });

  it('is the closed form for two classes', () => {
    const logits = matrixOf([
      [4, 0],
      [4, 0],
      [4, 0],
      [0, 4],
    ]);
    const made = fitted(fitTemperature({ logits, labels: [0, 0, 1, 1], basis }));
    expect(made.temperature).toBeCloseTo(4 / Math.log(3), 10);
  });

  it('says when it has no answer', () => {
    const logits = matrixOf([
      [1, 0],
      [0, 1],
    ]);
    expect(fitTemperature({ logits, labels: [0, 1], basis })).toEqual({
      kind: 'no_answer',
      reason: 'separated',
    });
    expect(fitTemperature({ logits, labels: [1, 0], basis })).toEqual({
      kind: 'no_answer',
      reason: 'uninformative',
    });
    expect(fitTemperature({ logits: matrix(2, 2), labels: [1, 0], basis })).toEqual({
      kind: 'no_answer',
      reason: 'uninformative',
    });
  });
});

describe('reliability', () => {
  it('counts by hand', () => {
    const found = reliabilityOf({
      chances: [0.1, 0.1, 0.1, 0.9, 0.9],
      outcomes: [0, 0, 1, 1, 1],
      by: 'equal_width',
    });
    expect(found.bins.map(({ rows, meanChance, observed }) => [rows, meanChance, observed.value])).toEqual([
      [3, expect.closeTo(0.1, 12), 1 / 3],
      [2, 0.9, 1],
    ]);
    expect(found.calibrationError.value).toBeCloseTo((3 * (1 / 3 - 0.1) + 2 * 0.1) / 5, 12);
    expect(found.brier.value).toBeCloseTo((0.01 + 0.01 + 0.81 + 0.01 + 0.01) / 5, 12);
    expect(found.logLoss).toMatchObject({
      value: expect.closeTo(-(4 * Math.log(0.9) + Math.log(0.1)) / 5, 12),
    });
    expect(reliabilityOf({ chances: [0], outcomes: [1] }).logLoss).toBe('impossible');
  });

  it('tells right chances from wrong ones', () => {
    const { scores, outcomes } = rowsOf(5000, [0, 1], 8);
    const right = reliabilityOf({ chances: Float64Array.from(scores, logistic), outcomes });
    expect(right.calibrationError.value).toBeLessThan(right.errorByChance.high);
    expect(right.bins.filter(({ agrees }) => agrees).length).toBeGreaterThanOrEqual(8);
    const wrong = reliabilityOf({ chances: Float64Array.from(scores, (s) => logistic(3 * s)), outcomes });
    expect(wrong.calibrationError.low).toBeGreaterThan(wrong.errorByChance.high);
  });

  it('covers the true Brier score', () => {
    let inside = 0;
    for (let seed = 0; seed < 200; seed++) {
      const random = createRandom(seed, 'brier');
      const chances = Float64Array.from({ length: 300 }, (_, i) => (i + 0.5) / 300);
      const outcomes = chances.map((p) => (random.chance(p) ? 1 : 0));
      const { low, high } = reliabilityOf({ chances, outcomes }).brier;
      if (low < 1 / 6 && high > 1 / 6) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(184);
  });
});

describe('every calibrator', () => {
  const fits = { isotonic: fitIsotonic, platt: fitPlatt };

  it.each(Object.entries(fits))('%s: the order of the rows changes nothing', (_, fit) => {
    const rows = rowsOf(300, [0, 1]);
    const weights = Float64Array.from({ length: 300 }, (__, i) => 0.1 + (i % 7));
    const order = createRandom(5).shuffle([...weights.keys()]);
    const shuffled = {
      scores: order.map((i) => rows.scores[i] as number),
      outcomes: order.map((i) => rows.outcomes[i] as number),
      weights: order.map((i) => weights[i] as number),
      basis,
    };
    expect(fit(shuffled)).toEqual(fit({ ...rows, weights }));
  });

  it.each(Object.entries(fits))('%s: saves, loads and scores the same, can be stopped', (_, fit) => {
    const made = fitted(fit(rowsOf(300, [0, 1])));
    const again = loadCalibrator(saveCalibrator(made));
    if (again.kind === 'temperature') throw new Error('another kind');
    expect(again).toEqual(made);
    expect(calibrate(again, [0.3])).toEqual(calibrate(made, [0.3]));
    expect(codeOf(() => fit(rowsOf(300, [0, 1]), () => 'stop'))).toBe('cancelled');
    const told: number[] = [];
    fit(rowsOf(100_000, [0, 1]), ({ done }) => void told.push(done));
    expect(told.length).toBeGreaterThan(15);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    const damaged = saveCalibrator(made);
    damaged[damaged.length - 3] = (damaged[damaged.length - 3] ?? 0) ^ 1;
    expect(codeOf(() => loadCalibrator(damaged))).toBe('damaged');
  });

  it('temperature: the same', () => {
    const input = {
      logits: matrixOf([
        [1, 0],
        [0, 0.5],
        [2, 0.1],
      ]),
      labels: [0, 0, 0],
      basis,
    };
    const made = fitted(fitTemperature(input));
    expect(loadCalibrator(saveCalibrator(made))).toEqual(made);
    expect(codeOf(() => fitTemperature(input, () => 'stop'))).toBe('cancelled');
    const told: number[] = [];
    fitTemperature(input, ({ done }) => void told.push(done));
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    const turned = {
      logits: matrixOf([
        [0, 0.5],
        [2, 0.1],
        [1, 0],
      ]),
      labels: [0, 0, 0],
      basis,
    };
    expect(fitTemperature(turned)).toEqual(made);
  });

  it('refuses a period that is not later, and says the one it had', () => {
    const later = { kind: 'later_period', modelUntilMs: 10, fromMs: 10, untilMs: 20 } as const;
    expect(fitted(fitPlatt({ ...rowsOf(50, [0, 1]), basis: later })).basis).toEqual(later);
    const early = { ...later, fromMs: 9 };
    expect(codeOf(() => fitPlatt({ ...rowsOf(50, [0, 1]), basis: early }))).toBe('out_of_range');
    expect(codeOf(() => fitIsotonic({ ...rowsOf(50, [0, 1]), basis: { ...later, untilMs: 10 } }))).toBe(
      'out_of_range',
    );
  });

  it.each([
    ['empty_input', { scores: [], outcomes: [] }],
    ['length_mismatch', { scores: [1], outcomes: [1, 0] }],
    ['nan', { scores: [Number.NaN], outcomes: [1] }],
    ['out_of_range', { scores: [1], outcomes: [2] }],
    ['negative_weight', { scores: [1, 2], outcomes: [1, 0], weights: [1, -1] }],
    ['negative_weight', { scores: [1, 2], outcomes: [1, 0], weights: [0, 0] }],
  ])('refuses: %s', (code, rows) => {
    expect(codeOf(() => fitPlatt({ ...rows, basis }))).toBe(code);
    expect(codeOf(() => fitIsotonic({ ...rows, basis }))).toBe(code);
  });

  it('has no answer for one outcome', () => {
    expect(fitPlatt({ scores: [1, 2], outcomes: [1, 1], basis })).toEqual({
      kind: 'no_answer',
      reason: 'one_outcome',
    });
    expect(fitIsotonic({ scores: [1, 2], outcomes: [1, 0], weights: [1, 0], basis }).kind).toBe('no_answer');
  });
});
