import { describe, expect, it } from 'vitest';
import { matrix, matrixOf } from '../../linear/index.ts';
import { createRandom } from '../../random/index.ts';
import { type Base, fitUplift, type LearnerSettings, predictUplift, type UpliftData } from './index.ts';

/** Effect 0.3 x₀ (up to ±0.35) on a probability, with x₂ moving the outcome alone; x₁ sometimes missing. */
const draw = (seed: number, n: number, { binary = true, share = 0.5 } = {}) => {
  const random = createRandom(seed);
  const values = Float64Array.from({ length: n * 3 }, (_, k) =>
    k % 3 === 1 && random.chance(0.1) ? Number.NaN : random.normal(),
  );
  const effects = Float64Array.from({ length: n }, (_, i) =>
    Math.max(-0.35, Math.min(0.35, 0.3 * (values[i * 3] as number))),
  );
  const treated = Float64Array.from({ length: n }, () => (random.chance(share) ? 1 : 0));
  const outcomes = treated.map((t, i) => {
    const p = 0.5 + 0.1 * Math.tanh(values[i * 3 + 2] as number) + (t - 0.5) * (effects[i] as number);
    return binary ? (random.chance(p) ? 1 : 0) : 1000 * p + random.normal(0, 100);
  });
  const data: UpliftData = { features: matrix(n, 3, values), treated, outcomes, propensities: share };
  return { data, effects };
};

const correlation = (a: Float64Array, b: Float64Array): number => {
  const mean = (v: Float64Array) => v.reduce((x, y) => x + y, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  const cross = (u: Float64Array, v: Float64Array, [mu, mv]: readonly [number, number]) =>
    u.reduce((sum, x, i) => sum + (x - mu) * ((v[i] as number) - mv), 0);
  return cross(a, b, [ma, mb]) / Math.sqrt(cross(a, a, [ma, ma]) * cross(b, b, [mb, mb]));
};

const learners = ['s', 't', 'dr', 'class_transformation'] as const;
const bases: readonly Base[] = [{ kind: 'linear' }, { kind: 'trees', settings: { trees: 40, depth: 2 } }];

describe.each(learners)('%s-learner', (learner) => {
  it.each(bases)('finds who gains, on $kind', (base) => {
    for (const options of [{}, { share: 0.2 }, { binary: false }, { binary: false, share: 0.8 }]) {
      const { data } = draw(1, 3000, options);
      const other = draw(2, 1000, options);
      const model = fitUplift(data, { learner, base });
      const found = predictUplift(model, other.data.features);
      expect(correlation(found, other.effects)).toBeGreaterThan(0.6);
      const mean = found.reduce((a, b) => a + b, 0) / 1000;
      expect(Math.abs(mean)).toBeLessThan(options.binary === false ? 40 : 0.08);
      expect(structuredClone(model)).toEqual(model);
    }
  });
});

describe('learners', () => {
  it('hold a monotone effect', () => {
    const { data } = draw(5, 1500);
    for (const learner of ['dr', 'class_transformation'] as const) {
      const settings: LearnerSettings = {
        learner,
        base: { kind: 'trees', settings: { monotone: [1, 0, 0] } },
      };
      const model = fitUplift(data, settings);
      const points = matrixOf(Array.from({ length: 60 }, (_, i) => [i / 10 - 3, 0.2, -0.4]));
      const found = predictUplift(model, points);
      for (let i = 1; i < 60; i++) expect(found[i]).toBeGreaterThanOrEqual(found[i - 1] as number);
    }
  });

  const features = matrixOf([[0], [1], [2], [3]]);
  const good: UpliftData = { features, treated: [0, 1, 0, 1], outcomes: [0, 1, 1, 1] };

  it('take an arm that never answers for a constant', () => {
    const model = fitUplift({ ...good, outcomes: [0, 1, 0, 1] }, { learner: 't' });
    expect([...predictUplift(model, features)]).toEqual([1, 1, 1, 1]);
  });

  it.each([
    ['empty_arm', { treated: [1, 1, 1, 1] }],
    ['out_of_range', { treated: [0, 1, 0, 0.5] }],
    ['length_mismatch', { outcomes: [1] }],
    ['nan', { outcomes: [0, 1, Number.NaN, 1] }],
    ['not_finite', { features: matrixOf([[0], [1], [2], [Infinity]]) }],
    ['propensity_out_of_range', { propensities: 1 }],
    ['propensity_out_of_range', { propensities: [0.5, 0, 0.5, 0.5] }],
    ['nan', { propensities: Number.NaN }],
    ['repeated_unit', { people: ['a', 'b', 'a', 'c'] }],
  ])('throw %s', (code, more) => {
    expect(() => fitUplift({ ...good, ...more })).toThrow(expect.objectContaining({ code }));
  });

  it('throw where a model cannot be asked', () => {
    expect(() => fitUplift(good, { learner: 'dr' })).toThrow(expect.objectContaining({ code: 'too_few' }));
    expect(() => fitUplift(good, { base: { kind: 'linear', penalty: 0 } })).toThrow(
      expect.objectContaining({ code: 'out_of_range' }),
    );
    expect(() => predictUplift(fitUplift(good), matrixOf([[1, 2]]))).toThrow(
      expect.objectContaining({ code: 'length_mismatch' }),
    );
  });
});
