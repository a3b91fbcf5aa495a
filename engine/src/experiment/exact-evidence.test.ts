import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/index.ts';
import { equalRatesLogE } from './index.ts';

describe('equalRatesLogE', () => {
  it('alarms in at most 5 % of A/A runs, from the first person on, with unequal arms and rare outcomes', () => {
    const runs = 100;
    for (const [rate, share] of [
      [0.02, 0.5],
      [0.05, 0.1],
      [0.5, 0.3],
    ] as const) {
      let alarms = 0;
      for (let run = 0; run < runs; run++) {
        const random = createRandom('equal rates', `${rate}/${run}`);
        const arms: [{ successes: number; trials: number }, { successes: number; trials: number }] = [
          { successes: 0, trials: 0 },
          { successes: 0, trials: 0 },
        ];
        for (let n = 1; n <= 600; n++) {
          const arm = arms[random.chance(share) ? 0 : 1];
          arm.trials += 1;
          if (random.chance(rate)) arm.successes += 1;
          if (n % 60 === 0 && equalRatesLogE(arms[0], arms[1], 600) >= Math.log(20)) {
            alarms += 1;
            break;
          }
        }
      }
      expect(alarms / runs).toBeLessThanOrEqual(0.05);
    }
  });

  it('finds a difference, says the same when arms change places, and nothing of nobody', () => {
    const [few, many] = [
      { successes: 2, trials: 100 },
      { successes: 25, trials: 100 },
    ];
    expect(equalRatesLogE(few, many, 200)).toBeGreaterThan(Math.log(20));
    expect(equalRatesLogE(many, few, 200)).toBeCloseTo(equalRatesLogE(few, many, 200), 9);
    expect(equalRatesLogE({ successes: 0, trials: 0 }, many, 200)).toBe(0);
    const none = { successes: 0, trials: 50 };
    expect(Math.abs(equalRatesLogE(none, none, 100))).toBeLessThan(1e-6);
    expect(equalRatesLogE({ successes: 50, trials: 50 }, none, 100)).toBeGreaterThan(5);
  });
});
