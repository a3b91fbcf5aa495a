import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectJoint, momentsOf } from '../../moments/index.ts';
import { createRandom } from '../../random/index.ts';
import { type ArmStatistic, cupedArms, meanArm, proportionArm } from '../arms/index.ts';
import {
  bayesLift,
  defaultTuning,
  guardrail,
  holdoutReadOut,
  liftOf,
  sequentialTest,
  tuningSensitivity,
  welchTest,
} from './index.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const answer = <Found extends { readonly kind: string }>(
  found: Found,
): Exclude<Found, { readonly kind: 'no_answer' }> => {
  if (found.kind === 'no_answer') throw new Error('no answer');
  return found as Exclude<Found, { readonly kind: 'no_answer' }>;
};
const arm = (n: number, mean: number, variance: number): ArmStatistic => ({
  n,
  mean,
  variance,
  baseline: mean,
});

describe('lifts', () => {
  it('say why there is none', () => {
    const some = arm(100, 1, 1);
    expect(liftOf({ control: arm(100, 0, 1), treatment: some }, 'relative')).toEqual({
      kind: 'no_answer',
      reason: 'zero_control_mean',
    });
    expect(liftOf({ control: arm(100, 0, 1), treatment: some }, 'absolute')).toMatchObject({
      kind: 'lift',
      estimate: 1,
    });
    expect(liftOf({ control: arm(1, 1, 0), treatment: some }, 'absolute')).toEqual({
      kind: 'no_answer',
      reason: 'too_few_people',
    });
    expect(liftOf({ control: arm(50, 1, 0), treatment: some }, 'absolute')).toEqual({
      kind: 'no_answer',
      reason: 'zero_variance',
    });
    const wrong = (treatment: ArmStatistic) => () => liftOf({ control: some, treatment }, 'absolute');
    expect(wrong(arm(0, 1, 1))).toThrow(code('empty_arm'));
    expect(wrong(arm(-3, 1, 1))).toThrow(code('negative_count'));
    expect(wrong(arm(100, Number.NaN, 1))).toThrow(code('nan'));
    expect(wrong(arm(100, 1, Infinity))).toThrow(code('not_finite'));
    expect(wrong(arm(100, 1, -1))).toThrow(code('out_of_range'));
    expect(() => welchTest({ control: some, treatment: some, scale: 'absolute', alpha: 1 })).toThrow(
      code('probability_out_of_range'),
    );
    expect(() =>
      welchTest({ control: some, treatment: some, scale: 'absolute', against: Number.NaN }),
    ).toThrow(code('nan'));
    expect(() => sequentialTest({ control: some, treatment: some, scale: 'absolute', tuning: 0 })).toThrow(
      code('out_of_range'),
    );
  });

  it('intervals shrink with people, mirror when arms change places, and agree with their p-values', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 5000 }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: 0.1, max: 4, noNaN: true }),
        (n, effect, variance) => {
          const [c, t] = [arm(n, 1, 1), arm(n, 1 + effect, variance)];
          for (const test of [
            (a: ArmStatistic, b: ArmStatistic) =>
              answer(welchTest({ control: a, treatment: b, scale: 'absolute' })),
            (a: ArmStatistic, b: ArmStatistic) =>
              answer(sequentialTest({ control: a, treatment: b, scale: 'absolute', tuning: 2000 })),
          ]) {
            const found = test(c, t);
            const back = test(t, c);
            const more = test({ ...c, n: 4 * n }, { ...t, n: 4 * n });
            expect(more.high - more.low).toBeLessThan(found.high - found.low);
            expect(back.low).toBeCloseTo(-found.high, 9);
            expect(found.pValue < 0.05).toBe(found.low > 0 || found.high < 0);
          }
        },
      ),
    );
  });

  it('an aimed mixture is sharper at its aim, wider far from it, and still shrinks', () => {
    const at = (people: number, tuning: Parameters<typeof sequentialTest>[0]['tuning']): number => {
      const each = arm(people / 2, 0, 1);
      const { low, high } = answer(
        sequentialTest({ control: each, treatment: each, scale: 'absolute', tuning }),
      );
      return high - low;
    };
    const aimed = { kind: 'aimed', expectedZ: 3, plannedPeople: 20_000 } as const;
    expect(at(12_000, aimed)).toBeLessThan(at(12_000, defaultTuning(20_000)));
    expect(at(500, aimed)).toBeGreaterThan(at(500, defaultTuning(20_000)));
    expect(at(2e6, aimed)).toBeLessThan(at(20_000, aimed) / 5);
    const each = arm(1000, 0, 1);
    const wrong = {
      control: each,
      treatment: each,
      scale: 'absolute',
      tuning: aimed,
      alternative: 'greater',
    } as const;
    expect(() => sequentialTest(wrong)).toThrow(code('out_of_range'));
  });

  it('false alarms under peeking stay below alpha: two-sided, one-sided, aimed', () => {
    const runs = 600;
    const alarms = { two: 0, one: 0, aimed: 0 };
    for (let run = 0; run < runs; run++) {
      const random = createRandom('peeking at lifts', `${run}`);
      const seen = { two: false, one: false, aimed: false };
      let [sum, n] = [0, 0];
      for (let look = 1; look <= 200; look++) {
        // The sum of differences of 50 pairs, exactly.
        sum += random.normal(0, Math.sqrt(100));
        n += 50;
        const arms = { control: arm(n, 0, 1), treatment: arm(n, sum / n, 1), scale: 'absolute' } as const;
        const test = (extra: Pick<Parameters<typeof sequentialTest>[0], 'tuning' | 'alternative'>) => {
          const { low, high } = answer(sequentialTest({ ...arms, ...extra }));
          return low > 0 || high < 0;
        };
        seen.two ||= test({ tuning: 5000 });
        seen.one ||= test({ tuning: 5000, alternative: 'greater' });
        seen.aimed ||= test({ tuning: { kind: 'aimed', expectedZ: 3, plannedPeople: 10_000 } });
      }
      for (const key of ['two', 'one', 'aimed'] as const) if (seen[key]) alarms[key] += 1;
    }
    for (const count of Object.values(alarms))
      expect(count / runs).toBeLessThan(0.05 + 2 * Math.sqrt(0.0475 / runs));
  });
});

describe('adjusted sequences', () => {
  it('alarm in at most 5 % of A/A runs looked at all the time: CUPED, absolute and relative, arms 20/80', () => {
    const runs = 400;
    const alarms = { absolute: 0, relative: 0 };
    for (let run = 0; run < runs; run++) {
      const random = createRandom('CUPED peeking', `${run}`);
      const [control, treatment] = [collectJoint(2), collectJoint(2)];
      const seen = { absolute: false, relative: false };
      const add = (to: typeof control, people: number) => {
        for (let i = 0; i < people; i++) {
          const before = random.gamma(2, 5);
          to.add([before + random.gamma(2, 2), before]);
        }
      };
      for (let look = 1; look <= 60; look++) {
        add(control, 10);
        add(treatment, 40);
        if (look < 3) continue;
        const arms = cupedArms({ control: control.result(), treatment: treatment.result() });
        for (const scale of ['absolute', 'relative'] as const) {
          const { low, high } = answer(sequentialTest({ ...arms, scale, tuning: 1500 }));
          if (low > 0 || high < 0) seen[scale] = true;
        }
      }
      for (const scale of ['absolute', 'relative'] as const) if (seen[scale]) alarms[scale] += 1;
    }
    for (const count of Object.values(alarms))
      expect(count / runs).toBeLessThan(0.05 + 2 * Math.sqrt(0.0475 / runs));
  });
});

describe('e-values of sequences', () => {
  it('average to at most 1 without an effect: two-sided, one-sided, aimed', () => {
    const runs = 4000;
    const kinds = [
      { tuning: 1000 },
      { tuning: 1000, alternative: 'greater' },
      { tuning: 1000, alternative: 'lesser' },
      { tuning: { kind: 'aimed', expectedZ: 2, plannedPeople: 2000 } },
    ] as const;
    const random = createRandom('e-values');
    const sums = kinds.map(() => 0);
    for (let run = 0; run < runs; run++) {
      const z = random.normal();
      const treatment = arm(100, z * Math.sqrt(2 / 100), 1);
      kinds.forEach((kind, i) => {
        const found = sequentialTest({ control: arm(100, 0, 1), treatment, scale: 'absolute', ...kind });
        sums[i] = (sums[i] as number) + Math.exp(answer(found).logE);
      });
    }
    for (const sum of sums) expect(sum / runs).toBeLessThan(1.03);
  });
});

describe('guardrail', () => {
  const base = { scale: 'relative', margin: 0.05, design: { kind: 'sequential', tuning: 50_000 } } as const;
  const control = proportionArm(100_000, 10_000);

  it('passes on exclusion of the margin, not on absence of harm', () => {
    const same = proportionArm(100_000, 10_000);
    expect(answer(guardrail({ ...base, control, treatment: same, harm: 'lower' })).verdict).toBe('not_worse');
    const few = { control: proportionArm(500, 50), treatment: proportionArm(500, 50) };
    expect(answer(guardrail({ ...base, ...few, harm: 'lower' })).verdict).toBe('not_yet');
    const bad = proportionArm(100_000, 8500);
    expect(answer(guardrail({ ...base, control, treatment: bad, harm: 'lower' })).verdict).toBe('worse');
    expect(answer(guardrail({ ...base, control, treatment: bad, harm: 'higher' })).verdict).toBe('not_worse');
    expect(answer(guardrail({ ...base, control: bad, treatment: control, harm: 'higher' })).verdict).toBe(
      'worse',
    );
    // Clearly worse than nothing, yet within the margin: a guardrail passes that.
    const slightly = { control: proportionArm(4e6, 400_000), treatment: proportionArm(4e6, 392_000) };
    const found = answer(guardrail({ ...base, ...slightly, harm: 'lower' }));
    expect(found.verdict).toBe('not_worse');
    expect(found.high).toBeLessThan(0);
    expect(found.pValue).toBeLessThan(0.05);
  });

  it('needs a margin', () => {
    expect(() => guardrail({ ...base, margin: 0, control, treatment: control, harm: 'lower' })).toThrow(
      code('out_of_range'),
    );
  });
});

describe('holdout', () => {
  it('says what the programme adds, in total and of the whole, and what the holdout costs', () => {
    const found = answer(
      holdoutReadOut({ holdout: arm(10_000, 10, 400), programme: arm(190_000, 11, 400), tuning: 100_000 }),
    );
    expect(found.verdict).toBe('adds');
    expect(found.total.estimate).toBeCloseTo(190_000, 6);
    expect(found.costOfHoldout.estimate).toBeCloseTo(10_000, 6);
    expect(found.costOfHoldout.low).toBeCloseTo(found.perPerson.low * 10_000, 6);
    if ('kind' in found.shareOfOutcome) throw new Error('no share');
    expect(found.shareOfOutcome.estimate).toBeCloseTo(1 / 11, 12);
    expect(found.shareOfOutcome.low).toBeLessThan(1 / 11);
  });

  it('has no relative part over nothing', () => {
    const found = answer(
      holdoutReadOut({ holdout: arm(1000, 0, 1), programme: arm(1000, 1, 1), tuning: 1000 }),
    );
    expect(found.relative).toEqual({ kind: 'no_answer', reason: 'zero_control_mean' });
  });
});

describe('sensitivity', () => {
  it('shows other tunings beside the one of the plan', () => {
    const clear = answer(
      tuningSensitivity({
        control: arm(5000, 1, 1),
        treatment: arm(5000, 2, 1),
        scale: 'absolute',
        plannedPeople: 10_000,
      }),
    );
    expect(clear.stable).toBe(true);
    expect(clear.chosen).toMatchObject({ tuning: 5000, verdict: 'higher' });
    expect(clear.others).toHaveLength(6);
    const narrow = answer(
      tuningSensitivity({
        control: arm(5000, 1, 1),
        treatment: arm(5000, 1.0612, 1),
        scale: 'absolute',
        plannedPeople: 10_000,
      }),
    );
    expect(narrow.stable).toBe(false);
  });
});

describe('Bayes', () => {
  it('loses nothing far out: expected loss follows Mills', () => {
    const at = (z: number) =>
      answer(bayesLift({ control: arm(2, 1, 1), treatment: arm(2, 1 + z, 1), scale: 'absolute' })).risk
        .shipTreatment;
    // φ(z) - z Φ(-z) falls smoothly over both seams of its three formulas: its logarithm's slope is about -(z + 2/z).
    for (const z of [4.9999, 19.9999]) {
      const slope = (Math.log(at(z)) - Math.log(at(z + 0.0002))) / 0.0002;
      expect(Math.abs(slope / (z + 2 / z) - 1)).toBeLessThan(0.02);
    }
    expect(at(30)).toBeGreaterThan(0);
    expect(at(30)).toBeLessThan(1e-190);
    const { mean } = momentsOf([1, 2, 3]);
    expect(
      answer(
        bayesLift({
          control: meanArm(momentsOf([1, 2, 3])),
          treatment: meanArm(momentsOf([1, 2, 3])),
          scale: 'absolute',
        }),
      ),
    ).toMatchObject({
      mean: mean - 2,
      chanceToWin: 0.5,
    });
  });
});
