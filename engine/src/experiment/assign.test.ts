import { describe, expect, it } from 'vitest';
import { armAt, assignArm, checkArms, chiSquareTail, hashPoint, isHeldOut } from './index.ts';

const ARMS = [
  { key: 'holdout', share: 0.1 },
  { key: 'a', share: 0.45 },
  { key: 'b', share: 0.45 },
];

const chiSquareOf = (counts: ArrayLike<number>, expected: number): number => {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += ((counts[i] as number) - expected) ** 2 / expected;
  return sum;
};

describe('hashPoint', () => {
  it('is the same number for ever', () => {
    expect(hashPoint('spring', 'person-1')).toBe(0.5809202756362826);
    expect(hashPoint('été', '日本')).toBe(0.02020758553607116);
  });

  it('is uniform over one million ids, in 1,000 cells', () => {
    const n = 1_000_000;
    const counts = new Uint32Array(1000);
    for (let i = 0; i < n; i++) {
      const cell = Math.floor(
        hashPoint('uniform', `018f3b6e-0000-7000-8000-${i.toString(16).padStart(12, '0')}`) * 1000,
      );
      counts[cell] = (counts[cell] as number) + 1;
    }
    expect(chiSquareTail(chiSquareOf(counts, n / 1000), 999)).toBeGreaterThan(0.001);
  });

  it('is independent across salts: the joint distribution of two is flat', () => {
    const n = 400_000;
    const counts = new Uint32Array(400);
    for (let i = 0; i < n; i++) {
      const cell =
        Math.floor(hashPoint('campaign-1', `p${i}`) * 20) * 20 +
        Math.floor(hashPoint('campaign-2', `p${i}`) * 20);
      counts[cell] = (counts[cell] as number) + 1;
    }
    expect(chiSquareTail(chiSquareOf(counts, n / 400), 399)).toBeGreaterThan(0.001);
  });

  it('does not confuse where the salt ends and the id begins', () => {
    expect(hashPoint('ab', 'c')).not.toBe(hashPoint('a', 'bc'));
  });
});

describe('assignArm', () => {
  it('is sticky, keeps the shares and says the probability', () => {
    const counts = new Map<string, number>();
    const n = 100_000;
    for (let i = 0; i < n; i++) {
      const first = assignArm({ salt: 's', unit: `p${i}`, arms: ARMS });
      if (i < 100) expect(assignArm({ salt: 's', unit: `p${i}`, arms: ARMS })).toEqual(first);
      expect(first.probability).toBe(ARMS.find((arm) => arm.key === first.arm)?.share);
      counts.set(first.arm, (counts.get(first.arm) ?? 0) + 1);
    }
    for (const arm of ARMS) {
      const sd = Math.sqrt(n * arm.share * (1 - arm.share));
      expect(Math.abs((counts.get(arm.key) ?? 0) - n * arm.share)).toBeLessThan(4 * sd);
    }
  });

  it('gives the last arm the point that rounding leaves over', () => {
    const thirds = [1, 2, 3].map((i) => ({ key: `v${i}`, share: 1 / 3 }));
    expect(armAt(1 - 2 ** -53, thirds).arm).toBe('v3');
  });

  it('refuses shares that are not a distribution', () => {
    expect(() => checkArms([{ key: 'a', share: 0.5 }])).toThrow(/sum to 1/);
    expect(() => checkArms([])).toThrow(RangeError);
    expect(() => checkArms([{ key: 'a', share: Number.NaN }])).toThrow(RangeError);
    expect(() =>
      checkArms([
        { key: 'a', share: 0.5 },
        { key: 'a', share: 0.5 },
      ]),
    ).toThrow(/same key/);
  });
});

describe('isHeldOut', () => {
  it('keeps everybody when the share grows', () => {
    for (let i = 0; i < 5000; i++) {
      if (isHeldOut({ salt: 'global', unit: `p${i}`, share: 0.05 })) {
        expect(isHeldOut({ salt: 'global', unit: `p${i}`, share: 0.1 })).toBe(true);
      }
    }
    expect(() => isHeldOut({ salt: 'g', unit: 'p', share: 2 })).toThrow(RangeError);
  });
});
