import { describe, expect, it } from 'vitest';
import { collectHours, fitTiming, type TimingModel } from '../hours/index.ts';
import { simulatePeople } from '../simulate/people.ts';
import { clusteredMean } from './clustered.ts';
import { evaluateTiming } from './index.ts';

const PEOPLE = 800;
const people = { count: PEOPLE, zones: ['America/New_York'] };

/** Four months to learn from and two to judge, of the same people. */
const draw = (noise: number, seed: number) => {
  const all = simulatePeople({ people: PEOPLE, days: 180, events: 9, seed, noise, zone: 'America/New_York' });
  const cut = Date.UTC(2025, 4, 6);
  const take = (keep: (at: number) => boolean) => {
    const rows = [...all.atMs.keys()].filter((k) => keep(all.atMs[k] as number));
    return {
      person: Uint32Array.from(rows, (k) => all.person[k] as number),
      atMs: Float64Array.from(rows, (k) => all.atMs[k] as number),
    };
  };
  const model = fitTiming({ people, events: take((at) => at < cut) }) as TimingModel;
  return { model, heldOut: collectHours({ people, events: take((at) => at >= cut) }) };
};

const evaluated = (found: ReturnType<typeof evaluateTiming>) => {
  if (found.kind === 'no_answer') throw new Error(found.reason);
  return found;
};

describe('held-out months', () => {
  it('show the gain of people’s own hours where people differ, the larger the more is known', () => {
    const { model, heldOut } = draw(0.3, 1);
    const found = evaluated(evaluateTiming(model, heldOut));
    expect(found.verdict).toBe('gain');
    const { person, population, uniform } = found.all.logLikelihood;
    expect(person).toBeGreaterThan(population + 0.05);
    expect(population).toBeGreaterThan(uniform + 0.1);
    expect(uniform).toBeCloseTo(-Math.log(168), 12);
    const gains = found.byHistory.map(({ overPopulation }) => overPopulation?.estimate ?? 0);
    expect(found.byHistory.map(({ history }) => history[0])).toEqual([0, 1, 4, 11]);
    expect(gains[0]).toBeLessThan(0.04);
    expect(gains).toEqual(gains.toSorted((a, b) => a - b));
    expect(gains[3]).toBeGreaterThan(0.15);
    // Nobody's history is empty and yet a distribution of their own.
    expect(found.byHistory[0]?.overGroup?.estimate).toBeCloseTo(0, 12);
    const events = found.byHistory.reduce((sum, each) => sum + each.events, 0);
    expect(events).toBe(found.all.events);
  });

  it('give differences that are those of the log-likelihoods beside them, at every run', () => {
    const { model, heldOut } = draw(0.3, 6);
    const heard: number[] = [];
    const watch = ({ done }: { done: number }): void => void heard.push(done);
    const first = evaluated(evaluateTiming(model, heldOut, { watch }));
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    // Often enough that every loop is compiled, and compiled again.
    for (let run = 0; run < 12; run++) {
      const found = evaluated(evaluateTiming(model, heldOut));
      expect(found).toEqual(first);
      for (const { logLikelihood, overPopulation, overGroup } of [...found.byHistory, found.all]) {
        const { person, population, group } = logLikelihood;
        expect(overPopulation?.estimate).toBeCloseTo(person - population, 10);
        expect(overGroup?.estimate).toBeCloseTo(person - group, 10);
        expect(overPopulation?.standardError).toBeGreaterThan(0);
      }
    }
  });

  it('say that no gain is seen where nobody differs', () => {
    const { model, heldOut } = draw(1, 2);
    const found = evaluated(evaluateTiming(model, heldOut));
    expect(found.verdict).toBe('no_gain_seen');
    expect(Math.abs(found.all.overGroup?.estimate ?? 1)).toBeLessThan(0.005);
    // Far too sure of differences that are none.
    const { mixes } = model;
    const sharp = { ...model, mixes: { ...mixes, person: { ...mixes.person, concentration: 1 } } };
    const wrong = evaluated(evaluateTiming(sharp, heldOut));
    expect(wrong.verdict).toBe('no_gain_seen');
    expect(wrong.all.overPopulation?.high).toBeLessThan(0);
  });

  it('find shares that come true, and notice those that do not', () => {
    const { model, heldOut } = draw(0.3, 3);
    const { calibration, all } = evaluated(evaluateTiming(model, heldOut));
    calibration.byMass.forEach(({ estimate }) => expect(Math.abs(estimate - 0.1)).toBeLessThan(0.03));
    expect(calibration.byMass.reduce((sum, { estimate }) => sum + estimate, 0)).toBeCloseTo(1, 10);
    expect(calibration.moved).toBeLessThan(0.14);
    expect(calibration.observed.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
    expect(calibration.expected.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
    // The same model, far too sure of people's own hours.
    const sharp: TimingModel = {
      ...model,
      mixes: { ...model.mixes, person: { ...model.mixes.person, concentration: 0.05 } },
    };
    const wrong = evaluated(evaluateTiming(sharp, heldOut));
    expect(wrong.calibration.byMass[0]?.high).toBeLessThan(0.1);
    expect(wrong.calibration.byMass[9]?.low).toBeGreaterThan(0.15);
    expect(wrong.all.logLikelihood.person).toBeLessThan(all.logLikelihood.person);
  });

  it('are refused with fewer than 20 people, and leave closed hours out', () => {
    const { model } = draw(0.3, 4);
    const few = collectHours({ people, events: { person: [0, 1], atMs: Float64Array.of(1.75e12, 1.75e12) } });
    expect(evaluateTiming(model, few)).toEqual({
      kind: 'no_answer',
      reason: 'too_few_people',
      found: 2,
      limit: 20,
    });
    const closed = { ...model, exposure: model.exposure.map((open, h) => (h < 100 ? open : 0)) };
    const late = { person: [...Array(40).keys()], atMs: new Float64Array(40).fill(Date.UTC(2025, 5, 7, 12)) };
    const early = { person: late.person, atMs: new Float64Array(40).fill(Date.UTC(2025, 5, 2, 12)) };
    const both = {
      person: [...late.person, ...late.person],
      atMs: Float64Array.of(...late.atMs, ...early.atMs),
    };
    const found = evaluated(evaluateTiming(closed, collectHours({ people, events: both })));
    expect([found.closed, found.all.events]).toEqual([40, 40]);
    expect(() => evaluateTiming(model, { ...few, people: 3 })).toThrow(
      expect.objectContaining({ code: 'length_mismatch' }),
    );
    expect(() => evaluateTiming(model, few, { watch: () => 'stop' })).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });
});

describe('a mean over people’s events', () => {
  it('is wider when events of a person go together', () => {
    const apart = {
      value: Float64Array.from({ length: 400 }, (_, i) => i % 2),
      events: new Float64Array(400).fill(1),
    };
    const together = {
      value: Float64Array.from({ length: 100 }, (_, i) => 4 * (i % 2)),
      events: new Float64Array(100).fill(4),
    };
    const [a, b] = [clusteredMean(apart, 0.05), clusteredMean(together, 0.05)];
    expect([a?.estimate, b?.estimate]).toEqual([0.5, 0.5]);
    expect((b?.standardError ?? 0) / (a?.standardError ?? 1)).toBeCloseTo(2, 1);
    expect(a?.standardError).toBeCloseTo(0.5 / Math.sqrt(399), 10);
    expect(clusteredMean({ value: Float64Array.of(1, 0), events: Float64Array.of(1, 0) }, 0.05)).toBeNull();
  });
});
