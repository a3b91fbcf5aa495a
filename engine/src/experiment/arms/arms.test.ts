import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectJoint, momentsOf } from '../../moments/index.ts';
import { createRandom } from '../../random/index.ts';
import { welchTest } from '../answers/index.ts';
import {
  type ArmRows,
  adjustByRegression,
  armOfRows,
  clusterArm,
  cupedArms,
  cupedRatioArms,
  meanArm,
  outcomesInWindow,
  proportionArm,
  quantileArm,
  quantileDifference,
  quantileSequence,
  ratioArm,
  requireOneRowEach,
  sumPerUnit,
  winsorise,
  winsorLimitsFrom,
} from './index.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const joint = (rows: readonly (readonly number[])[]) => {
  const collector = collectJoint(rows[0]?.length ?? 1);
  for (const row of rows) collector.add(row);
  return collector.result();
};

describe('arms', () => {
  it('a proportion is the mean of zeros and ones, less the n - 1', () => {
    const [a, b] = [
      proportionArm(50, 20),
      meanArm(momentsOf(Array.from({ length: 50 }, (_, i) => (i < 20 ? 1 : 0)))),
    ];
    expect(a.mean).toBeCloseTo(b.mean, 14);
    expect((a.variance * 50) / 49).toBeCloseTo(b.variance, 12);
  });

  it('a ratio over a denominator of 1 is a mean; a mean of 1e12 keeps its variance', () => {
    const values = [1, 2, 4, 8, 3];
    const made = ratioArm(joint(values.map((value) => [value, 1])));
    if (made.kind === 'no_answer') throw new Error(made.reason);
    expect(made.arm.variance).toBeCloseTo(meanArm(momentsOf(values)).variance, 12);
    expect(meanArm(momentsOf(values.map((value) => value + 1e12))).variance).toBeCloseTo(7.3, 3);
  });

  it('merged parts are the whole, in whatever order people come', () => {
    const row = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 3, maxLength: 40 }),
        fc.integer({ min: 1, max: 39 }),
        (rows, cut) => {
          const parts = collectJoint(2);
          for (const part of [rows.slice(0, cut), rows.slice(cut)])
            if (part.length > 0) parts.merge(joint(part));
          const [merged, whole, back] = [parts.result(), joint(rows), joint(rows.toReversed())].map(ratioArm);
          for (const other of [whole, back]) {
            if (merged?.kind !== 'arm' || other?.kind !== 'arm') throw new Error('no arm');
            expect(other.arm.mean).toBeCloseTo(merged.arm.mean, 8);
            expect((other.arm.variance - merged.arm.variance) / (1 + merged.arm.variance)).toBeCloseTo(0, 8);
          }
        },
      ),
    );
  });

  it('names what is wrong', () => {
    expect(() => meanArm(momentsOf([]))).toThrow(code('empty_arm'));
    expect(() => proportionArm(0, 0)).toThrow(code('empty_arm'));
    expect(() => proportionArm(10, -1)).toThrow(code('negative_count'));
    expect(() => proportionArm(10, 11)).toThrow(code('count_above_total'));
    expect(() => momentsOf([1, Number.NaN])).toThrow(code('nan'));
    expect(
      ratioArm(
        joint([
          [1, 0],
          [2, 0],
        ]),
      ),
    ).toEqual({ kind: 'no_answer', reason: 'zero_denominator' });
    expect(
      cupedRatioArms({
        control: joint([
          [1, 1, 1, 0],
          [1, 1, 1, 0],
        ]),
        treatment: joint([[1, 1, 1, 1]]),
      }),
    ).toEqual({
      kind: 'no_answer',
      reason: 'zero_denominator',
    });
  });
});

/** y = x + noise, with a lift of 0.5 for the treatment. */
const people = (seed: string, n: number, lift: number) => {
  const random = createRandom(seed);
  const before = Array.from({ length: n }, () => random.normal(10, 2));
  return { before, after: before.map((x) => x + lift + random.normal(0, 1)) };
};

describe('adjustment', () => {
  const [c, t] = [people('control', 3000, 0), people('treatment', 3000, 0.5)];

  it('CUPED takes off the squared correlation, without moving the answer', () => {
    const pairs = ({ before, after }: typeof c) => joint(after.map((y, i) => [y, before[i] as number]));
    const found = cupedArms({ control: pairs(c), treatment: pairs(t) });
    expect(found.theta).toBeCloseTo(1, 1);
    // correlation² = 4/(4 + 1)
    expect(found.varianceReduction).toBeGreaterThan(0.77);
    expect(found.varianceReduction).toBeLessThan(0.83);
    const answer = welchTest({ ...found, scale: 'absolute' });
    if (answer.kind === 'no_answer') throw new Error(answer.reason);
    expect(answer.low).toBeLessThan(0.5);
    expect(answer.high).toBeGreaterThan(0.5);
    expect(answer.standardError).toBeCloseTo(Math.sqrt(2 / 3000), 3);
  });

  it('a useless covariate brings nothing, and a fixed slope may do harm: said so', () => {
    const random = createRandom('useless');
    const pairs = (ys: readonly number[]) => joint(ys.map((y) => [y, random.normal()]));
    const arms = { control: pairs(c.after), treatment: pairs(t.after) };
    expect(Math.abs(cupedArms(arms).varianceReduction)).toBeLessThan(0.01);
    expect(cupedArms({ ...arms, theta: 3 }).varianceReduction).toBeLessThan(-1);
  });

  const rows = (
    { before, after }: typeof c,
    extra: (x: number, i: number) => readonly number[],
  ): ArmRows => ({
    outcomes: after,
    covariates: [0, 1, 2].map((k) => before.map((x, i) => extra(x, i)[k] as number)),
  });

  it('regression on one covariate is CUPED within arms', () => {
    const one = ({ before, after }: typeof c): ArmRows => ({ outcomes: after, covariates: [before] });
    const found = adjustByRegression({ control: one(c), treatment: one(t) });
    expect(found.varianceReduction).toBeGreaterThan(0.77);
    expect(found.treatment.mean - found.control.mean).toBeCloseTo(0.5, 1);
    expect(found.slopes[0]).toBeCloseTo(1, 1);
  });

  it('takes several covariates, drops what follows from others, flags and fills what is missing', () => {
    const random = createRandom('missing');
    const extra = (x: number, i: number) => [i % 4 === 0 ? Number.NaN : x, 2 * random.normal(), 7];
    const input = { control: rows(c, extra), treatment: rows(t, extra) };
    const found = adjustByRegression(input);
    expect(found.missing[0]).toBeCloseTo(0.25, 2);
    // Column 2 is constant. Column 3 is the flag of column 0.
    expect(found.dropped).toEqual([2]);
    expect(found.varianceReduction).toBeGreaterThan(0.5);
    expect(found.varianceReduction).toBeLessThan(0.7);
    expect(found.treatment.mean - found.control.mean).toBeCloseTo(0.5, 0);
    const lin = adjustByRegression({ ...input, slopes: 'per_arm' });
    expect(lin.treatment.mean - lin.control.mean).toBeCloseTo(found.treatment.mean - found.control.mean, 2);
    const copies = (arm: typeof c): ArmRows => ({
      outcomes: arm.after,
      covariates: [arm.before, arm.before.map((x) => 3 * x + 1)],
    });
    expect(adjustByRegression({ control: copies(c), treatment: copies(t) }).dropped).toEqual([1]);
  });

  it('keeps its coverage at 95 %, with missing values and unequal arms', () => {
    const random = createRandom('coverage of adjustment');
    for (const slopes of ['pooled', 'per_arm'] as const) {
      let inside = 0;
      const runs = 600;
      for (let run = 0; run < runs; run++) {
        const arm = (n: number, slope: number, lift: number): ArmRows => {
          const x = Float64Array.from({ length: n }, () => random.normal());
          const y = x.map((value) => lift + slope * value + random.normal());
          return { outcomes: y, covariates: [x.map((value) => (random.chance(0.2) ? Number.NaN : value))] };
        };
        const found = adjustByRegression({ control: arm(60, 1, 0), treatment: arm(180, 1.5, 0.3), slopes });
        const answer = welchTest({ ...found, scale: 'absolute' });
        if (answer.kind === 'answer' && answer.low <= 0.3 && answer.high >= 0.3) inside += 1;
      }
      // 3 Monte-Carlo standard errors.
      expect(Math.abs(inside / runs - 0.95)).toBeLessThan(3 * Math.sqrt((0.95 * 0.05) / runs) + 0.005);
    }
  });

  it('refuses an outcome that is missing, and arms that do not fit', () => {
    const good: ArmRows = { outcomes: [1, 2, 3], covariates: [[1, 2, 3]] };
    expect(() =>
      adjustByRegression({ control: good, treatment: { ...good, outcomes: [1, Number.NaN, 3] } }),
    ).toThrow(code('nan'));
    expect(() => adjustByRegression({ control: good, treatment: { ...good, covariates: [] } })).toThrow(
      code('length_mismatch'),
    );
    expect(() =>
      adjustByRegression({ control: good, treatment: { outcomes: [], covariates: [[]] } }),
    ).toThrow(code('empty_arm'));
  });
});

describe('people', () => {
  it('refuses a repeated person, or adds the rows up', () => {
    const rows = { units: ['a', 'b', 'a'], values: [1, 2, 3] };
    expect(() => requireOneRowEach(rows)).toThrow(code('repeated_unit'));
    requireOneRowEach({ units: ['a', 'b'], values: [1, 2] });
    expect(Array.from(sumPerUnit(rows))).toEqual([4, 2]);
    expect(() => armOfRows(rows)).toThrow(code('repeated_unit'));
    expect(armOfRows(rows, 'sum')).toEqual({ kind: 'arm', arm: { n: 2, mean: 3, variance: 2, baseline: 3 } });
    expect(armOfRows(rows, 'cluster')).toMatchObject({ arm: { n: 2, mean: 2 } });
    const single = armOfRows({ units: [1, 2, 3], values: [5, 6, 7] });
    expect(single).toEqual({ kind: 'arm', arm: meanArm(momentsOf([5, 6, 7])) });
  });

  it('clusters of one are a mean; copied rows add nothing but a design effect', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const single = clusterArm({ units: values.map((_, i) => i), values });
    const copied = clusterArm({
      units: [...values.keys(), ...values.keys()],
      values: [...values, ...values],
    });
    if (single.kind !== 'arm' || copied.kind !== 'arm') throw new Error('no arm');
    expect(single.arm.variance).toBeCloseTo(meanArm(momentsOf(values)).variance, 12);
    expect(single.designEffect).toBeCloseTo(1, 12);
    expect(copied.arm.n).toBe(8);
    expect(copied.arm.variance).toBeCloseTo(single.arm.variance, 12);
    expect(copied.designEffect).toBeCloseTo(15 / 7, 12);
  });

  it('counts what falls in the window, and says whose is over', () => {
    expect(
      outcomesInWindow({
        eligibleAt: [0, 5],
        person: [0, 0, 0, 1],
        at: [0, 1, 7, 6],
        value: [1, 10, 99, 20],
        window: 7,
        now: 8,
      }),
    ).toEqual({
      outcomes: Float64Array.of(11, 20),
      complete: Uint8Array.of(1, 0),
      completePeople: 1,
      eventsOutside: 1,
    });
    const stray = { eligibleAt: [0], person: [3], at: [0], value: [1], window: 1, now: 9 };
    expect(() => outcomesInWindow(stray)).toThrow(code('unknown_key'));
  });

  it('winsorises at limits from earlier data only', () => {
    const limits = winsorLimitsFrom(
      Array.from({ length: 1000 }, (_, i) => i + 1),
      [0.01, 0.99],
    );
    expect(limits).toMatchObject({ kind: 'limits', low: 10, high: 990, from: 1000 });
    if (limits.kind !== 'limits') return;
    expect(winsorise([1, 500, 5000], limits)).toEqual({ values: Float64Array.of(10, 500, 990), changed: 2 });
    expect(winsorLimitsFrom([1, 2])).toMatchObject({
      reason: 'too_little_earlier_data',
      needed: 100,
      have: 2,
    });
  });
});

describe('quantiles', () => {
  it('hold at all looks, in at least 95 % of runs, also with ties', () => {
    const runs = 300;
    for (const tied of [false, true]) {
      let missed = 0;
      for (let run = 0; run < runs; run++) {
        const random = createRandom('quantiles', `${tied}/${run}`);
        const values: number[] = [];
        for (let n = 1; n <= 1000; n++) {
          values.push(tied ? Math.floor(5 * random.uniform()) : random.exponential(1));
          if (n % 50 !== 0) continue;
          const { low, high } = quantileSequence({ values, quantile: 0.5, alpha: 0.05, plannedPeople: 1000 });
          const truth = tied ? 2 : Math.LN2;
          if (truth < low || truth > high) {
            missed += 1;
            break;
          }
        }
      }
      expect(missed / runs).toBeLessThanOrEqual(0.05);
    }
  });

  it('the statistic has the standard error of theory', () => {
    const random = createRandom('median');
    const variances = Array.from({ length: 20 }, () => {
      const made = quantileArm(
        Float64Array.from({ length: 5000 }, () => random.normal()),
        0.5,
      );
      if (made.kind === 'no_answer') throw new Error(made.reason);
      return made.arm.variance;
    });
    // π/2 for the median of normal values; one estimate has a relative error of 0.17.
    expect(Math.abs(momentsOf(variances).mean / (Math.PI / 2) - 1)).toBeLessThan(3 * (0.17 / Math.sqrt(20)));
    expect(quantileArm([1, 2, 3], 0.5)).toEqual({ kind: 'no_answer', reason: 'too_few_people' });
  });

  it('a shift moves the difference by the shift; few people leave it open', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), (shift) => {
        const control = Array.from({ length: 400 }, (_, i) => i);
        const found = quantileDifference({
          control,
          treatment: control.map((value) => value + shift),
          quantile: 0.5,
          alpha: 0.05,
          plannedPeople: 800,
        });
        expect(found.estimate).toBe(shift);
        expect(found.low).toBeLessThanOrEqual(shift);
        expect(found.high).toBeGreaterThanOrEqual(shift);
      }),
    );
    expect(
      quantileSequence({ values: [1, 2], quantile: 0.5, alpha: 0.05, plannedPeople: 100 }),
    ).toMatchObject({
      low: -Infinity,
      high: Infinity,
    });
  });
});

describe('coverage of 95 % intervals', () => {
  const runs = 600;
  const margin = 3 * Math.sqrt((0.95 * 0.05) / runs) + 0.005;
  const coverage = (
    truth: number,
    run: (random: ReturnType<typeof createRandom>) => ReturnType<typeof welchTest>,
  ): number => {
    let inside = 0;
    for (let i = 0; i < runs; i++) {
      const found = run(createRandom('coverage', `${i}`));
      if (found.kind === 'answer' && found.low <= truth && found.high >= truth) inside += 1;
    }
    return inside / runs;
  };

  it('of ratios: revenue per order, orders differing between people', () => {
    const side = (random: ReturnType<typeof createRandom>, price: number) => {
      const pairs = collectJoint(2);
      for (let i = 0; i < 300; i++) {
        const orders = 1 + random.poisson(2);
        pairs.add([orders * price * random.lognormal(-0.125, 0.5), orders]);
      }
      const made = ratioArm(pairs.result());
      if (made.kind === 'no_answer') throw new Error(made.reason);
      return made.arm;
    };
    const found = coverage(0.2, (random) =>
      welchTest({ control: side(random, 10), treatment: side(random, 12), scale: 'relative' }),
    );
    expect(Math.abs(found - 0.95)).toBeLessThan(margin);
  });

  it('of clustered rows, where rows taken for people would cover far less', () => {
    const rows = (random: ReturnType<typeof createRandom>, lift: number) => {
      const units: number[] = [];
      const values: number[] = [];
      for (let person = 0; person < 80; person++) {
        const own = random.normal();
        for (let k = random.integer(1, 8); k > 0; k--) {
          units.push(person);
          values.push(lift + own + random.normal());
        }
      }
      return { units, values };
    };
    const clustered = (random: ReturnType<typeof createRandom>, lift: number) => {
      const made = clusterArm(rows(random, lift));
      if (made.kind === 'no_answer') throw new Error(made.reason);
      expect(made.designEffect).toBeGreaterThan(1);
      return made.arm;
    };
    const good = coverage(0.5, (random) =>
      welchTest({ control: clustered(random, 0), treatment: clustered(random, 0.5), scale: 'absolute' }),
    );
    const naive = coverage(0.5, (random) =>
      welchTest({
        control: meanArm(momentsOf(rows(random, 0).values)),
        treatment: meanArm(momentsOf(rows(random, 0.5).values)),
        scale: 'absolute',
      }),
    );
    expect(Math.abs(good - 0.95)).toBeLessThan(margin);
    expect(naive).toBeLessThan(0.8);
  });
});
