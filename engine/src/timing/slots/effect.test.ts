import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/index.ts';
import { simulateResponses } from '../simulate/responses.ts';
import { simulateWeekendBias } from '../simulate/weekend.ts';
import { type SlotLog, slotEffect } from './index.ts';

const habits = (people: number): Uint8Array => {
  const random = createRandom('habits');
  return Uint8Array.from({ length: people }, () => random.weighted([0, 1, 2, 3], [3, 2, 2, 3]));
};

/** Even slots over 12; engagement 0.1, or `gain` more in slot 7, which is everybody's personal slot. */
const evenLog = (people: number, rounds: number, gain: number): SlotLog => {
  const random = createRandom(`log ${gain}`);
  const n = people * rounds;
  const slot = Uint8Array.from({ length: n }, () => random.integer(0, 11));
  return {
    slots: 12,
    person: Uint32Array.from({ length: n }, (_, k) => k % people),
    day: Uint8Array.from({ length: n }, (_, k) => (k % 7 > 4 ? 1 : 0)),
    slot,
    propensity: new Float64Array(n).fill(1 / 12),
    engaged: Float64Array.from(slot, (s) => (random.chance(0.1 + (s === 7 ? gain : 0)) ? 1 : 0)),
    personal: Float64Array.from({ length: 12 * n }, (_, at) => (at % 12 === 7 ? 1 : 0)),
    randomised: new Uint8Array(n).fill(1),
  };
};

describe('the effect of personal slots', () => {
  it('is found on even slots, and none where there is none', () => {
    const found = slotEffect(evenLog(3000, 10, 0.1), { fixedSlot: 5 });
    if (found.kind === 'refused') throw new Error('refused');
    expect(found.verdict).toBe('better');
    expect(found.difference.low).toBeLessThan(0.1);
    expect(found.difference.high).toBeGreaterThan(0.1);
    expect(found.personal - found.fixed).toBeCloseTo(found.difference.estimate, 12);
    expect([found.rows, found.people]).toEqual([30_000, 3000]);
    const none = slotEffect(evenLog(3000, 10, 0), { fixedSlot: 5 });
    expect(none).toMatchObject({ kind: 'effect', verdict: 'no_gain_seen' });
    expect(slotEffect(evenLog(3000, 10, -0.09), { fixedSlot: 5 })).toMatchObject({ verdict: 'worse' });
    // The fixed hour against itself.
    expect(slotEffect(evenLog(3000, 10, 0.1), { fixedSlot: 7 })).toMatchObject({
      kind: 'refused',
      reasons: [{ reason: 'no_spread' }],
    });
  });

  it('is refused where the log says too little', () => {
    expect(slotEffect(evenLog(60, 3, 0.1), { fixedSlot: 5 })).toMatchObject({
      kind: 'refused',
      reasons: [{ reason: 'small_ess' }, { reason: 'small_ess' }],
    });
    const log = evenLog(60, 3, 0.1);
    expect(slotEffect({ ...log, randomised: new Uint8Array(180) }, { fixedSlot: 5 })).toMatchObject({
      reasons: [{ reason: 'no_rows' }],
    });
  });

  it('keeps to what was allowed, and reads the policy’s own draws when asked', () => {
    const log = evenLog(3000, 10, 0.1);
    const candidates = new Uint8Array(360_000).fill(1);
    // Every second row could not be sent in slot 5 or later: the fixed hour is then any that could.
    const kept = [...log.engaged.keys()];
    kept.forEach((row) => {
      if (row % 2 === 0 && (log.slot[row] as number) < 5) candidates.fill(0, row * 12 + 5, (row + 1) * 12);
    });
    const propensity = log.propensity.map((p, row) => (candidates[row * 12 + 5] === 0 ? 1 / 5 : p));
    const found = slotEffect(
      { ...log, candidates, propensity, randomised: new Uint8Array(30_000) },
      { fixedSlot: 5, rows: 'all', refusals: { meanWeightErrors: 1e9 } },
    );
    expect(found.kind).toBe('effect');
  });

  it.each([
    ['length_mismatch', { personal: new Float64Array(3) }, {}],
    ['length_mismatch', { person: [1] }, {}],
    ['length_mismatch', { candidates: new Uint8Array(3) }, {}],
    ['propensity_out_of_range', { propensity: new Float64Array(180) }, {}],
    ['unknown_key', {}, { fixedSlot: 12 }],
  ])('throws %s', (code, more, settings) => {
    expect(() => slotEffect({ ...evenLog(60, 3, 0.1), ...more }, { fixedSlot: 5, ...settings })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('the weekend bias', () => {
  // Personal hours that may fall on a weekend change which days are compared; slots drawn evenly within the day do not.
  it.each([0.4, 1.6])(
    'of a naive comparison with weekends at %d of a working day, and none on even slots',
    (weekend) => {
      const responses = simulateResponses({ habit: habits(6000), slots: 12, seed: 5, weekend });
      const found = simulateWeekendBias(responses, { fixedSlot: 5, sends: 8, seed: 1 });
      expect(found.truth).toBeGreaterThan(0.05);
      const bias = (found.naive - found.truth) / found.naiveError;
      expect(weekend < 1 ? bias : -bias).toBeLessThan(-3);
      if (found.randomised.kind === 'refused') throw new Error('refused');
      const { low, high } = found.randomised.difference;
      expect(low).toBeLessThan(found.truth);
      expect(high).toBeGreaterThan(found.truth);
    },
  );
});
