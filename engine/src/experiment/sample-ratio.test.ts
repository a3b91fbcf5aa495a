import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import { sampleRatio } from './index.ts';

describe('sampleRatio', () => {
  it('alarms in at most 5 % of honest assignments although looked at all the time', () => {
    const runs = 300;
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      const random = createRandom('sample ratio', `${run}`);
      const counts = [0, 0];
      for (let n = 1; n <= 10_000; n++) {
        const arm = random.chance(0.1) ? 0 : 1;
        counts[arm] = (counts[arm] as number) + 1;
        if (n % 50 === 0 && sampleRatio(counts, [0.1, 0.9]).anytimePValue < 0.05) {
          alarms++;
          break;
        }
      }
    }
    expect(alarms / runs).toBeLessThanOrEqual(0.05);
  });

  it('finds a broken assignment with both p-values', () => {
    const found = sampleRatio([5400, 4600], [1, 1]);
    expect(found.pValue).toBeLessThan(1e-10);
    expect(found.anytimePValue).toBeLessThan(1e-8);
  });

  it('says nothing about nobody, and refuses what is not a design', () => {
    expect(sampleRatio([0, 0], [0.5, 0.5])).toEqual({ pValue: 1, anytimePValue: 1 });
    expect(() => sampleRatio([1], [1])).toThrow(RangeError);
    expect(() => sampleRatio([1, -1], [1, 1])).toThrow(RangeError);
    expect(() => sampleRatio([1, 2], [0, 0])).toThrow(RangeError);
  });
});
