import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/index.ts';
import { anytimeMultiplier } from '../normal-mixture.ts';
import { crossingChances, planExperiment, selfCheck } from './index.ts';

const code = (name: string) => expect.objectContaining({ code: name });

describe('crossingChances', () => {
  const times = Float64Array.from({ length: 40 }, (_, k) => 500 * (k + 1));
  const bounds = times.map((n) => anytimeMultiplier(n, 10_000, 0.05) * Math.sqrt(n));

  it('one look is the normal tail', () => {
    const { either, upper } = crossingChances({ drift: 0, times: [4], bounds: [2 * 1.959963984540054] });
    expect(either[0]).toBeCloseTo(0.05, 10);
    expect(upper[0]).toBeCloseTo(0.025, 10);
  });

  it('agrees with simulation, with and without a drift', () => {
    const runs = 4000;
    for (const drift of [0, 0.025]) {
      let hits = 0;
      const random = createRandom('crossing', `${drift}`);
      for (let run = 0; run < runs; run++) {
        let s = 0;
        for (let k = 0; k < times.length; k++) {
          s += random.normal(drift * 500, Math.sqrt(500));
          if (Math.abs(s) < (bounds[k] as number)) continue;
          hits += 1;
          break;
        }
      }
      const chance = crossingChances({ drift, times, bounds }).either[39] as number;
      expect(Math.abs(hits / runs - chance)).toBeLessThan(3 * Math.sqrt((chance * (1 - chance)) / runs));
    }
  });

  it('a finer grid says the same to five digits; looks must rise', () => {
    const at = (points: number) =>
      crossingChances({ drift: 0.02, times, bounds, points }).either[39] as number;
    expect(Math.abs(at(129) - at(401))).toBeLessThan(1e-5);
    expect(() => crossingChances({ drift: 0, times: [2, 1], bounds: [1, 1] })).toThrow(code('out_of_range'));
  });
});

describe('planExperiment', () => {
  const conversions = { mean: 0.05, standardDeviation: Math.sqrt(0.05 * 0.95), kind: 'proportion' } as const;
  const base = { outcome: conversions, peoplePerMonth: 40_000, controlShare: 0.5 } as const;

  it('a fixed design is the textbook: 16 variances over the squared effect, per arm', () => {
    const found = planExperiment({ ...base, design: 'fixed', months: 3, lift: 0.1 });
    if (found.kind !== 'plan') throw new Error(found.reason);
    // (1.96 + 0.8416)² = 7.849
    const people = (4 * 7.849 * 0.05 * 0.95) / 0.005 ** 2;
    expect((found.monthsNeeded as number) * 40_000).toBeGreaterThan(0.999 * people);
    expect((found.monthsNeeded as number) * 40_000).toBeLessThan(1.001 * people);
    expect(found.costOfControl).toBeCloseTo(0.005 * 40_000 * (found.monthsNeeded as number) * 0.5, 6);
  });

  it('a sequential one needs longer in the worst case and half the time or so in the middle', () => {
    const fixed = planExperiment({ ...base, design: 'fixed', months: 6, lift: 0.1 });
    const found = planExperiment({ ...base, design: 'sequential', months: 6, lift: 0.1 });
    if (found.kind !== 'plan' || fixed.kind !== 'plan') throw new Error('no plan');
    expect(found.monthsNeeded as number).toBeGreaterThan(fixed.monthsNeeded as number);
    expect(found.monthsNeeded as number).toBeLessThan(2.2 * (fixed.monthsNeeded as number));
    expect(found.medianMonths as number).toBeLessThan(found.monthsNeeded as number);
    expect(found.tuning).toBe(120_000);
  });

  it('less variance, fewer months; a smaller control, more', () => {
    const months = (extra: object): number => {
      const found = planExperiment({ ...base, design: 'fixed', months: 60, lift: 0.1, ...extra });
      if (found.kind !== 'plan') throw new Error(found.reason);
      return found.monthsNeeded as number;
    };
    expect(months({ varianceReduction: 0.5 })).toBeCloseTo(months({}) / 2, 2);
    expect(months({ controlShare: 0.1 })).toBeCloseTo(months({}) / 0.36, 2);
  });

  it('says so when no verdict is reachable at this size', () => {
    const tiny = planExperiment({
      ...base,
      peoplePerMonth: 400,
      controlShare: 0.1,
      design: 'sequential',
      lift: 0.05,
    });
    expect(tiny).toMatchObject({ kind: 'no_verdict', reason: 'not_at_this_size', monthsNeeded: null });
    const money = { mean: 3, standardDeviation: 20, kind: 'money', nonZeroShare: 0.05 } as const;
    const few = planExperiment({
      outcome: money,
      peoplePerMonth: 5000,
      controlShare: 0.05,
      design: 'sequential',
      months: 12,
    });
    // 400 buyers in the control: 400/(0.05 × 5000 × 0.05) = 32 months.
    expect(few).toMatchObject({ kind: 'no_verdict', reason: 'too_few_outcomes', monthsNeeded: 32 });
    const flat = {
      outcome: { mean: 1, standardDeviation: 0 },
      peoplePerMonth: 10,
      controlShare: 0.5,
      design: 'fixed',
    } as const;
    expect(() => planExperiment(flat)).toThrow(code('zero_variance'));
    expect(() => planExperiment({ ...base, controlShare: 1, design: 'fixed' })).toThrow(
      code('probability_out_of_range'),
    );
  });
});

describe('selfCheck', () => {
  it('passes honest outcomes and finds a test that cannot be trusted', () => {
    const random = createRandom('self-check outcomes');
    const good = Float64Array.from({ length: 2000 }, () => random.normal(5, 2));
    const honest = selfCheck({ outcomes: good, controlShare: 0.5, seed: 1, runs: 400 });
    expect(honest).toMatchObject({ kind: 'answer', verdict: 'calibrated' });
    // Three people in a thousand with outcomes a thousand times larger, and a 2 % arm: the small arm mostly has none of them.
    const skewed = Float64Array.from({ length: 3000 }, (_, i) => (i % 1000 === 0 ? 1e4 : random.uniform()));
    const broken = selfCheck({ outcomes: skewed, controlShare: 0.02, seed: 1, runs: 400 });
    expect(broken).not.toMatchObject({ verdict: 'calibrated' });
    expect(selfCheck({ outcomes: new Float64Array(100), controlShare: 0.5, seed: 1 })).toEqual({
      kind: 'no_answer',
      reason: 'zero_variance',
    });
    expect(() => selfCheck({ outcomes: [1, 2, 3], controlShare: 0.1, seed: 1 })).toThrow(code('too_few'));
  });
});
