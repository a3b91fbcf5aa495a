import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import { type AllocationEpoch, chiSquareTail, keepOrAssign, sampleRatioByEpoch } from './index.ts';

const code = (name: string) => expect.objectContaining({ code: name });
const weights = (a: number) => [
  { key: 'a', share: a },
  { key: 'b', share: 1 - a },
];
const epochs: readonly AllocationEpoch[] = [
  { key: 'careful', from: 10, arms: weights(0.1) },
  { key: 'even', from: 20, arms: weights(0.5) },
];
const draw = (unit: string, at: number) => {
  const found = keepOrAssign({ experiment: 'spring', unit, at, epochs });
  if (found.kind === 'no_answer') throw new Error(found.reason);
  return found.record;
};

describe('keepOrAssign', () => {
  it('writes down the arm, its chance then and the epoch; nobody before the start', () => {
    expect(draw('p1', 15)).toMatchObject({ epoch: 'careful', at: 15 });
    expect(draw('p1', 15).probability).toBe(draw('p1', 15).arm === 'a' ? 0.1 : 0.9);
    expect(keepOrAssign({ experiment: 'spring', unit: 'p1', at: 9, epochs })).toEqual({
      kind: 'no_answer',
      reason: 'not_started',
    });
  });

  it('keeps what is on record when the weights change', () => {
    for (let i = 0; i < 200; i++) {
      const record = draw(`p${i}`, 15);
      expect(keepOrAssign({ experiment: 'spring', unit: `p${i}`, at: 25, epochs, record })).toEqual({
        kind: 'kept',
        record,
      });
    }
  });

  it('gives newcomers the later weights, drawn independently of the earlier epoch', () => {
    const counts = [0, 0, 0, 0];
    const n = 20_000;
    for (let i = 0; i < n; i++) {
      const cell = (draw(`p${i}`, 15).arm === 'a' ? 2 : 0) + (draw(`p${i}`, 20).arm === 'a' ? 1 : 0);
      counts[cell] = (counts[cell] as number) + 1;
    }
    const expected = [0.45, 0.45, 0.05, 0.05];
    const chi = counts.reduce(
      (sum, count, i) => sum + (count - n * (expected[i] as number)) ** 2 / (n * (expected[i] as number)),
      0,
    );
    expect(chiSquareTail(chi, 3)).toBeGreaterThan(0.001);
  });

  it('refuses epochs that do not rise, and the record of somebody else', () => {
    const record = draw('p1', 15);
    expect(() => keepOrAssign({ experiment: 'spring', unit: 'p2', at: 15, epochs, record })).toThrow(
      code('unknown_key'),
    );
    expect(() => keepOrAssign({ experiment: 's', unit: 'p', at: 30, epochs: epochs.toReversed() })).toThrow(
      code('out_of_range'),
    );
    expect(() => keepOrAssign({ experiment: 's', unit: 'p', at: 30, epochs: [] })).toThrow(
      code('empty_input'),
    );
    const broken = [{ key: 'e', from: 0, arms: [{ key: 'a', share: 0.5 }] }];
    expect(() => keepOrAssign({ experiment: 's', unit: 'p', at: 30, epochs: broken })).toThrow(
      code('weights_do_not_sum'),
    );
  });
});

describe('sampleRatioByEpoch', () => {
  it('does not take a change of weights for a fault, and finds a fault in one epoch', () => {
    const honest = sampleRatioByEpoch([
      { counts: [1000, 9000], shares: [0.1, 0.9] },
      { counts: [5000, 5000], shares: [0.5, 0.5] },
    ]);
    expect(honest.pValue).toBe(1);
    const fault = sampleRatioByEpoch([
      { counts: [1000, 9000], shares: [0.1, 0.9] },
      { counts: [5400, 4600], shares: [0.5, 0.5] },
    ]);
    expect(fault.anytimePValue).toBeLessThan(1e-6);
    expect(fault.perEpoch[0]?.anytimePValue).toBe(1);
    expect(() => sampleRatioByEpoch([])).toThrow(code('empty_input'));
  });

  it('alarms in at most 5 % of honest runs, looked at all the time over a change of weights', () => {
    let alarms = 0;
    const runs = 200;
    for (let run = 0; run < runs; run++) {
      const random = createRandom('epochs', `${run}`);
      const parts = [0.1, 0.5].map((share) => ({ counts: [0, 0], shares: [share, 1 - share] }));
      let alarm = false;
      parts.forEach((part, i) => {
        for (let n = 1; n <= 4000; n++) {
          const arm = random.chance(part.shares[0] as number) ? 0 : 1;
          part.counts[arm] = (part.counts[arm] as number) + 1;
          if (n % 100 === 0 && sampleRatioByEpoch(parts.slice(0, i + 1)).anytimePValue < 0.05) alarm = true;
        }
      });
      if (alarm) alarms += 1;
    }
    expect(alarms / runs).toBeLessThanOrEqual(0.05);
  });
});
