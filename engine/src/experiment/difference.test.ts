import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import {
  anytimeDifference,
  type Compared,
  collectMoments,
  type DifferenceInput,
  momentsOfCounts,
  moneyCapFrom,
} from './index.ts';

const compare = (input: DifferenceInput): Compared => {
  const found = anytimeDifference(input);
  if (!('verdict' in found)) throw new Error(`expected an answer, got ${found.reason}`);
  return found;
};

/** Share of A/A runs in which some look says "different". Looks every `step` people. */
const falseAlarmShare = (options: {
  readonly runs: number;
  readonly people: number;
  readonly step: number;
  readonly smallShare: number;
  readonly kind: DifferenceInput['kind'];
  readonly draw: (random: ReturnType<typeof createRandom>) => number;
}): number => {
  let alarms = 0;
  for (let run = 0; run < options.runs; run++) {
    const random = createRandom('peeking', `${options.kind}/${options.smallShare}/${run}`);
    const control = collectMoments();
    const treatment = collectMoments();
    for (let n = 1; n <= options.people; n++) {
      (random.chance(options.smallShare) ? control : treatment).add(options.draw(random));
      if (n % options.step !== 0) continue;
      const found = anytimeDifference({
        control: control.result(),
        treatment: treatment.result(),
        kind: options.kind,
        plannedPeople: 10_000,
      });
      if ('verdict' in found && found.verdict !== 'not_yet') {
        alarms++;
        break;
      }
    }
  }
  return alarms / options.runs;
};

/** 5 % plus two Monte-Carlo standard errors. */
const allowed = (runs: number): number => 0.05 + 2 * Math.sqrt((0.05 * 0.95) / runs);

describe('anytimeDifference', () => {
  it('matches reference values of GrowthBook (gbstats 0.8.0, tuning 10000)', () => {
    const found = compare({
      control: momentsOfCounts(5200, 416),
      treatment: momentsOfCounts(5150, 467),
      kind: 'proportion',
      plannedPeople: 10_000,
    });
    expect(found.absolute.estimate).toBeCloseTo(0.010679611650485435, 12);
    expect(found.standardError).toBeCloseTo(0.005492256285142866, 12);
    expect(found.absolute.low).toBeCloseTo(-0.005990058521426769, 12);
    expect(found.absolute.high).toBeCloseTo(0.02734928182239764, 12);
    expect(found.verdict).toBe('not_yet');
  });

  it('says the same in absolute and relative terms', () => {
    const harmful = compare({
      control: momentsOfCounts(20_000, 1300),
      treatment: momentsOfCounts(20_000, 900),
      kind: 'proportion',
      plannedPeople: 40_000,
    });
    expect(harmful.verdict).toBe('lower');
    if ('reason' in harmful.relative) throw new Error(harmful.relative.reason);
    expect(harmful.relative.high).toBeLessThan(0);
    expect(harmful.relative.low).toBeLessThan(harmful.relative.estimate);
    expect(harmful.relative.estimate).toBeCloseTo(900 / 1300 - 1, 12);
  });

  it('narrows with people and is tightest near the plan', () => {
    const width = (people: number, plannedPeople: number): number => {
      const found = compare({
        control: momentsOfCounts(people, people / 10),
        treatment: momentsOfCounts(people, people / 10),
        kind: 'proportion',
        plannedPeople,
      });
      return found.absolute.high - found.absolute.low;
    };
    expect(width(4000, 8000)).toBeLessThan(width(1000, 8000));
    expect(width(4000, 8000)).toBeLessThan(width(4000, 400));
    expect(width(4000, 8000)).toBeLessThan(width(4000, 800_000));
  });

  it('answers from the first conversion on, by exact intervals while there are few', () => {
    const early = compare({
      control: momentsOfCounts(300, 15),
      treatment: momentsOfCounts(2500, 200),
      kind: 'proportion',
      plannedPeople: 2800,
    });
    expect(early).toMatchObject({ method: 'exact', verdict: 'not_yet' });
    expect(early.absolute.low).toBeCloseTo(-0.037988040162282494, 9);
    expect(early.absolute.high).toBeCloseTo(0.08083613123156477, 9);
    const none = compare({
      control: momentsOfCounts(40, 0),
      treatment: momentsOfCounts(160, 0),
      kind: 'proportion',
      plannedPeople: 200,
    });
    expect(none).toMatchObject({
      method: 'exact',
      relative: { reason: 'control_not_above_zero' },
      verdict: 'not_yet',
    });
    const almostAll = compare({
      control: momentsOfCounts(1000, 990),
      treatment: momentsOfCounts(1000, 500),
      kind: 'proportion',
      plannedPeople: 2000,
    });
    expect(almostAll).toMatchObject({ method: 'exact', verdict: 'lower' });
  });

  it('gives a reason where it has no number', () => {
    const some = momentsOfCounts(1000, 100);
    expect(
      anytimeDifference({
        control: momentsOfCounts(1, 0),
        treatment: some,
        kind: 'proportion',
        plannedPeople: 100,
      }),
    ).toEqual({ reason: 'too_few_people', needed: 2, have: 1 });
    expect(anytimeDifference({ control: some, treatment: some, kind: 'money', plannedPeople: 100 })).toEqual({
      reason: 'too_few_outcomes',
      needed: 400,
      have: 100,
    });
    const flat = { n: 50, mean: 2, m2: 0, nonZero: 50 };
    expect(anytimeDifference({ control: flat, treatment: flat, kind: 'mean', plannedPeople: 100 })).toEqual({
      reason: 'no_variance',
    });
    const zeroControl = compare({
      control: { n: 500, mean: 0, m2: 500, nonZero: 500 },
      treatment: { n: 500, mean: 1, m2: 500, nonZero: 500 },
      kind: 'mean',
      plannedPeople: 1000,
    });
    expect(zeroControl.relative).toEqual({ reason: 'control_not_above_zero' });
  });

  it('carries the e-value of its verdict, and names wrong input', () => {
    const input = {
      control: momentsOfCounts(5000, 400),
      treatment: momentsOfCounts(5000, 520),
      kind: 'proportion',
      plannedPeople: 10_000,
    } as const;
    const found = compare(input);
    expect(found.verdict).toBe('higher');
    expect(found.logE).toBeGreaterThan(Math.log(20));
    // At the level e just reaches, the interval just touches 0. ρ is that of 0.05, as in a test of many verdicts.
    expect(compare({ ...input, treatment: momentsOfCounts(5000, 420) }).logE).toBeLessThan(Math.log(20));
    const code = (name: string) => expect.objectContaining({ code: name });
    const moments = momentsOfCounts(100, 50);
    expect(() => anytimeDifference({ ...input, treatment: { ...moments, mean: Number.NaN } })).toThrow(
      code('nan'),
    );
    expect(() => anytimeDifference({ ...input, treatment: { ...moments, n: -1 } })).toThrow(
      code('negative_count'),
    );
    expect(() => anytimeDifference({ ...input, treatment: { ...moments, nonZero: 101 } })).toThrow(
      code('count_above_total'),
    );
    expect(() => anytimeDifference({ ...input, treatment: { ...moments, m2: -1 } })).toThrow(
      code('out_of_range'),
    );
    expect(() => anytimeDifference({ ...input, plannedPeople: 0 })).toThrow(code('out_of_range'));
    expect(() => anytimeDifference({ ...input, alpha: 1.5 })).toThrow(code('probability_out_of_range'));
    const few = { n: 19, mean: 0, m2: 19, nonZero: 19 };
    expect(anytimeDifference({ control: few, treatment: few, kind: 'mean', plannedPeople: 100 })).toEqual({
      reason: 'too_few_people',
      needed: 20,
      have: 19,
    });
  });

  it('alarms in at most 5 % of A/A runs under constant peeking: 5 % conversions, arms 50/50, 10/90 and 5/95', () => {
    for (const smallShare of [0.5, 0.1, 0.05]) {
      const share = falseAlarmShare({
        runs: 200,
        people: 10_000,
        step: 100,
        smallShare,
        kind: 'proportion',
        draw: (random) => (random.chance(0.05) ? 1 : 0),
      });
      expect(share).toBeLessThanOrEqual(allowed(200));
    }
  });

  it('alarms in at most 5 % of A/A runs under constant peeking: normal outcomes', () => {
    const share = falseAlarmShare({
      runs: 400,
      people: 20_000,
      step: 100,
      smallShare: 0.5,
      kind: 'mean',
      draw: (random) => random.normal(),
    });
    expect(share).toBeLessThanOrEqual(allowed(400));
  });

  it('alarms in at most 5 % of A/A runs under constant peeking: capped money, arms 10/90', () => {
    const random = createRandom('earlier period');
    const found = moneyCapFrom(Array.from({ length: 2000 }, () => random.lognormal(3, 1.2)));
    if ('reason' in found) throw new Error(found.reason);
    const share = falseAlarmShare({
      runs: 150,
      people: 120_000,
      step: 2000,
      smallShare: 0.1,
      kind: 'money',
      draw: (r) => (r.chance(0.05) ? Math.min(found.cap, r.lognormal(3, 1.2)) : 0),
    });
    expect(share).toBeLessThanOrEqual(allowed(150));
  });

  it('stays valid while the outcomes of people who came at once accrue', () => {
    const runs = 400;
    const steps = 200;
    const random = createRandom('accrual');
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      let control = 0;
      let treatment = 0;
      for (let step = 1; step <= steps; step++) {
        control += random.poisson((2000 * 0.06) / steps);
        treatment += random.poisson((18_000 * 0.06) / steps);
        const found = anytimeDifference({
          control: momentsOfCounts(2000, control),
          treatment: momentsOfCounts(18_000, treatment),
          kind: 'proportion',
          plannedPeople: 20_000,
          plannedVariance: 0.06 * 0.94,
        });
        if ('verdict' in found && found.verdict !== 'not_yet') {
          alarms++;
          break;
        }
      }
    }
    expect(alarms / runs).toBeLessThanOrEqual(allowed(runs));
  });

  it('finds a real effect: 5 % against 6.5 % within 20,000 people an arm', () => {
    let foundIt = 0;
    for (let run = 0; run < 60; run++) {
      const random = createRandom('power', `${run}`);
      const draw = (rate: number): number =>
        Array.from({ length: 20 }, () => random.poisson(1000 * rate)).reduce((a, b) => a + b, 0);
      const found = compare({
        control: momentsOfCounts(20_000, draw(0.05)),
        treatment: momentsOfCounts(20_000, draw(0.065)),
        kind: 'proportion',
        plannedPeople: 40_000,
      });
      if (found.verdict === 'higher') foundIt++;
    }
    expect(foundIt).toBeGreaterThan(55);
  });
});
