import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrix, matrixOf } from '../../linear/index.ts';
import { createRandom } from '../../random/index.ts';
import type { UpliftData } from '../learners/index.ts';
import {
  type CrossFitSettings,
  type CrossFitted,
  crossFitUplift,
  peopleDiffer,
  targetingVerdict,
} from './index.ts';
import { bestShare, topShare } from './rule.ts';

type Effect = (x: number) => number;

const draw = (seed: number, n: number, effect: Effect): UpliftData => {
  const random = createRandom(seed);
  const features = matrix(
    n,
    2,
    Float64Array.from({ length: n * 2 }, () => random.normal()),
  );
  const treated = Array.from({ length: n }, () => (random.chance(0.5) ? 1 : 0));
  const outcomes = treated.map((t, i) => {
    const [x = 0, z = 0] = features.values.subarray(i * 2, i * 2 + 2);
    return random.chance(0.4 + 0.1 * Math.tanh(z) + t * effect(x)) ? 1 : 0;
  });
  return {
    features,
    treated,
    outcomes,
    propensities: 0.5,
    people: Array.from({ length: n }, (_, i) => `p${i}`),
  };
};

const fitted = (data: UpliftData, settings: CrossFitSettings = {}): CrossFitted => {
  const made = crossFitUplift(data, { seed: 1, ...settings });
  if (made.kind === 'no_answer') throw new Error(made.reason);
  return made;
};

const judged = (data: UpliftData, settings: CrossFitSettings = {}) => {
  const made = fitted(data, settings);
  return { verdict: targetingVerdict(made, { replicates: 100 }), differ: peopleDiffer(data.features, made) };
};

describe('verdicts', () => {
  it('treat everyone, when everybody gains', () => {
    const { verdict } = judged(draw(1, 3000, () => 0.15));
    expect(verdict.kind).toBe('treat_everyone');
    expect(verdict.figures.everyoneOverNoOne.value).toBeCloseTo(0.15, 1);
  });

  it('treat everyone although people differ, when everybody gains', () => {
    const { verdict, differ } = judged(draw(2, 4000, (x) => 0.2 + 0.15 * Math.tanh(2 * x)));
    expect(verdict.kind).toBe('treat_everyone');
    expect(differ.kind).toBe('people_differ');
  });

  it('treat no one, when everybody loses, or the cost is higher than the gain', () => {
    expect(judged(draw(3, 3000, () => -0.15)).verdict.kind).toBe('treat_no_one');
    expect(
      judged(
        draw(1, 3000, () => 0.15),
        { cost: 0.3 },
      ).verdict.kind,
    ).toBe('treat_no_one');
  });

  it.each(['linear', 'trees'] as const)('target the half that gains, by %s', (kind) => {
    const base = kind === 'trees' ? { kind, settings: { trees: 20, depth: 2 } } : { kind };
    const { verdict, differ } = judged(
      draw(4, 3000, (x) => (x > 0 ? 0.25 : -0.25)),
      { base },
    );
    if (verdict.kind !== 'target') throw new Error(verdict.kind);
    expect(verdict.share).toBeGreaterThan(0.35);
    expect(verdict.share).toBeLessThan(0.65);
    // The truth: a quarter saved for half of the people.
    const { ruleOverEveryone } = verdict.figures;
    if (ruleOverEveryone.kind !== 'value') throw new Error(ruleOverEveryone.kind);
    expect(ruleOverEveryone.low).toBeLessThan(0.125);
    expect(ruleOverEveryone.high).toBeGreaterThan(0.09);
    expect(differ.kind).toBe('people_differ');
  });

  it('say when they cannot tell', () => {
    expect(judged(draw(5, 300, () => 0.02)).verdict).toMatchObject({
      kind: 'no_answer',
      reason: 'undecided',
    });
    const few = draw(6, 100, () => 0);
    expect(
      crossFitUplift({ ...few, outcomes: Array.from({ length: 100 }, (_, i) => (i < 9 ? 1 : 0)) }),
    ).toMatchObject({
      kind: 'no_answer',
      reason: 'too_few_outcomes',
      limit: 20,
    });
    const money = Array.from({ length: 100 }, (_, i) => (i < 60 ? 12.5 + i : 0));
    expect(crossFitUplift({ ...few, outcomes: money })).toMatchObject({
      reason: 'too_few_outcomes',
      limit: 400,
    });
    expect(crossFitUplift({ ...few, outcomes: money.map(() => 3) })).toMatchObject({ reason: 'one_outcome' });
  });

  it('are not found where there is nothing', () => {
    let [targets, differing, covered] = [0, 0, 0];
    const runs = 60;
    for (let seed = 0; seed < runs; seed++) {
      const { verdict, differ } = judged(
        draw(100 + seed, 400, () => 0.05),
        { folds: 3, innerFolds: 2 },
      );
      if (verdict.kind === 'target') targets++;
      if (differ.kind === 'people_differ') differing++;
      const { everyoneOverNoOne: gain } = verdict.figures;
      if (gain.kind === 'value' && gain.low <= 0.05 && gain.high >= 0.05) covered++;
    }
    // Levels of .025, .05 and .95, and three standard errors of 60 runs.
    expect(targets).toBeLessThanOrEqual(5);
    expect(differing).toBeLessThanOrEqual(8);
    expect(covered).toBeGreaterThanOrEqual(52);
  });

  it('are right when the probability of treatment depends on the person', () => {
    const random = createRandom(7);
    const n = 4000;
    const features = matrix(
      n,
      1,
      Float64Array.from({ length: n }, () => random.normal()),
    );
    const propensities = features.values.map((x) => (x > 0 ? 0.8 : 0.3));
    const treated = propensities.map((p) => (random.chance(p) ? 1 : 0));
    // Those treated more often would have more outcomes anyway.
    const outcomes = treated.map((t, i) =>
      random.chance(0.2 + ((features.values[i] as number) > 0 ? 0.3 : 0) + 0.1 * t) ? 1 : 0,
    );
    const { verdict } = judged({ features, treated, outcomes, propensities });
    const { everyoneOverNoOne: gain } = verdict.figures;
    if (gain.kind !== 'value') throw new Error(gain.kind);
    expect(Math.abs(gain.value - 0.1)).toBeLessThan(3.5 * gain.standardError);
    expect(gain.value).toBeLessThan(0.17);
  });
});

describe('properties', () => {
  it('the order of the rows changes nothing, when people have ids', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const data = draw(seed, 200, (x) => 0.1 * Math.tanh(x));
        const order = createRandom(seed, 'order').shuffle(Array.from({ length: 200 }, (_, i) => i));
        const pick = <T>(values: ArrayLike<T>): T[] => order.map((i) => values[i] as T);
        const moved: UpliftData = {
          features: matrixOf(order.map((i) => [...data.features.values.subarray(i * 2, i * 2 + 2)])),
          treated: pick(data.treated),
          outcomes: pick(data.outcomes),
          propensities: 0.5,
          people: pick(data.people ?? []),
        };
        const settings = { folds: 2, innerFolds: 2 } as const;
        const [one, other] = [fitted(data, settings), fitted(moved, settings)];
        expect([...other.fold]).toEqual(pick(one.fold));
        pick(one.scores).forEach((score, i) => expect(other.scores[i]).toBeCloseTo(score, 9));
        pick(one.effects).forEach((effect, i) => expect(other.effects[i]).toBeCloseTo(effect, 9));
        expect(other.shares).toEqual(one.shares);
        expect(peopleDiffer(moved.features, other).pValue).toBeCloseTo(
          peopleDiffer(data.features, one).pValue,
          6,
        );
      }),
      { numRuns: 5 },
    );
  });

  it('intervals shrink with n', () => {
    const width = (n: number): number => {
      const { everyoneOverNoOne: gain } = judged(draw(9, n, () => 0.1)).verdict.figures;
      return gain.kind === 'value' ? gain.high - gain.low : Number.NaN;
    };
    expect(width(3200)).toBeLessThan(0.7 * width(800));
  });

  it('a rule treats exactly its share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 50 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, share) => {
          const scores = Float64Array.from(values);
          const treats = topShare(scores, share);
          expect(treats.reduce((a, b) => a + b, 0)).toBeCloseTo(share * values.length, 9);
          values.forEach((a, i) =>
            values.forEach((b, j) => {
              if (a > b) expect(treats[i]).toBeGreaterThanOrEqual(treats[j] as number);
              if (a === b) expect(treats[i]).toBe(treats[j]);
            }),
          );
        },
      ),
    );
    const scores = Float64Array.of(4, 3, 2, 1);
    expect(bestShare([{ scores, effects: Float64Array.of(1, 1, -1, -1) }])).toBe(0.5);
    expect(bestShare([{ scores, effects: Float64Array.of(1, 1, 1, 1) }])).toBe(1);
    expect(bestShare([{ scores, effects: Float64Array.of(-1, -1, -1, -1) }])).toBe(0);
  });

  it('no features, no difference to be seen', () => {
    const data = draw(11, 400, () => 0.1);
    const constant = matrix(400, 1, new Float64Array(400).fill(2));
    const made = fitted({ ...data, features: constant });
    expect(peopleDiffer(constant, made)).toMatchObject({
      kind: 'not_seen',
      pValue: 1,
      prediction: { kind: 'no_answer', reason: 'no_spread' },
    });
  });
});

describe('wrong input', () => {
  const data = draw(12, 60, () => 0);
  it.each([
    ['out_of_range', { folds: 1 }],
    ['too_few', { folds: 40 }],
    ['nan', { cost: Number.NaN }],
  ])('throws %s', (code, settings) => {
    expect(() => crossFitUplift(data, settings)).toThrow(expect.objectContaining({ code }));
  });
});
