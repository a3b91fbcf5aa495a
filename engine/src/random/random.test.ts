import { describe, expect, it } from 'vitest';
import { createRandom, createXoshiro, murmur3, murmur3OfText } from './index.ts';

describe('murmur3', () => {
  it('gives the verification value of SMHasher for MurmurHash3_x86_128', () => {
    const key = new Uint8Array(256);
    const hashes = new DataView(new ArrayBuffer(256 * 16));
    for (let i = 0; i < 256; i++) {
      key[i] = i;
      murmur3(key.subarray(0, i), 256 - i).forEach((word, k) => hashes.setUint32(i * 16 + k * 4, word, true));
    }
    expect(murmur3(new Uint8Array(hashes.buffer))[0]).toBe(0xb3ece62a);
  });

  it('hashes text as its UTF-8 bytes, short, long and accented', () => {
    for (const text of [
      '',
      'a',
      'hello',
      'é',
      '日本',
      'x'.repeat(300),
      '0190a7b2-0000-7000-8000-000000000001',
    ]) {
      expect(murmur3OfText(text, 7)).toEqual(murmur3(new TextEncoder().encode(text), 7));
    }
    expect(murmur3OfText('hello')).toEqual([0x2b2444a0, 0xdb91def7, 0x9adb31b6, 0x9adb31b6]);
  });
});

describe('createXoshiro', () => {
  it('gives the published first numbers for the state 1, 2, 3, 4', () => {
    const next = createXoshiro([1, 2, 3, 4]);
    const expected = [
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ];
    expect(expected.map(() => next())).toEqual(expected);
  });
});

const momentsOf = (count: number, draw: () => number): { mean: number; variance: number } => {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const x = draw();
    sum += x;
    squares += x * x;
  }
  return { mean: sum / count, variance: squares / count - (sum / count) ** 2 };
};

describe('createRandom', () => {
  it('repeats itself for the same seed and stream, and only then', () => {
    const draw = (seed: number, stream: string): number[] => {
      const random = createRandom(seed, stream);
      return [random.uniform(), random.normal(), random.poisson(40)];
    };
    expect(draw(1, 'a')).toEqual(draw(1, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
  });

  it('gives streams that do not depend on how much another one drew', () => {
    const left = createRandom(9);
    const right = createRandom(9);
    for (let i = 0; i < 100; i++) right.uniform();
    expect(left.stream('orders').uniform()).toBe(right.stream('orders').uniform());
    expect(left.stream('a').stream('b').uint32()).toBe(createRandom(9, 'a/b').uint32());
  });

  it('has streams that know nothing of each other, neighbouring names and seeds included', () => {
    const pairs: readonly (readonly [string, string])[] = [
      ['a', 'b'],
      ['1', '2'],
      ['', ' '],
    ];
    const draws = 40_000;
    for (const [one, other] of pairs) {
      for (const [left, right] of [
        [createRandom(7, one), createRandom(7, other)],
        [createRandom(7, one), createRandom(8, one)],
      ] as const) {
        // Chi-square of 8 × 8 cells of pairs: 63 degrees of freedom, P(> 115) = 8e-5.
        const cells = new Float64Array(64);
        for (let i = 0; i < draws; i++) {
          const cell = (left.uint32() >>> 29) * 8 + (right.uint32() >>> 29);
          cells[cell] = (cells[cell] as number) + 1;
        }
        const expected = draws / 64;
        const chiSquare = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
        expect(chiSquare).toBeLessThan(115);
      }
    }
  });

  const n = 200_000;
  it.each([
    ['uniform', 0.5, 1 / 12, () => createRandom(3).stream('u').uniform],
    [
      'normal',
      2,
      9,
      () => {
        const r = createRandom(3);
        return () => r.normal(2, 3);
      },
    ],
    [
      'exponential',
      0.5,
      0.25,
      () => {
        const r = createRandom(4);
        return () => r.exponential(2);
      },
    ],
    [
      'poisson, small mean',
      0.7,
      0.7,
      () => {
        const r = createRandom(5);
        return () => r.poisson(0.7);
      },
    ],
    [
      'poisson, large mean',
      55,
      55,
      () => {
        const r = createRandom(6);
        return () => r.poisson(55);
      },
    ],
    [
      'gamma, shape below 1',
      0.5 * 2,
      0.5 * 4,
      () => {
        const r = createRandom(7);
        return () => r.gamma(0.5, 2);
      },
    ],
    [
      'gamma',
      12,
      36,
      () => {
        const r = createRandom(8);
        return () => r.gamma(4, 3);
      },
    ],
    [
      'lognormal',
      Math.exp(0.125),
      (Math.exp(0.25) - 1) * Math.exp(0.25),
      () => {
        const r = createRandom(9);
        return () => r.lognormal(0, 0.5);
      },
    ],
  ])('%s has its mean and variance', (...[, mean, variance, make]) => {
    const found = momentsOf(n, make());
    // Five standard errors of the mean; 4 % for the variance covers the heaviest tail here.
    expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / n));
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.04);
  });

  it('draws whole numbers evenly, both ends included', () => {
    const random = createRandom(11);
    const counts = new Map<number, number>();
    for (let i = 0; i < 70_000; i++) {
      const value = random.integer(-3, 3);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
    for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(10_000));
  });

  it('follows weights, never draws a zero weight, and shuffles without loss', () => {
    const random = createRandom(12);
    const counts = { a: 0, b: 0, c: 0 };
    for (let i = 0; i < 40_000; i++) counts[random.weighted(['a', 'b', 'c'] as const, [1, 0, 3])]++;
    expect(counts.b).toBe(0);
    expect(Math.abs(counts.a - 10_000)).toBeLessThan(450);
    expect(random.shuffle([1, 2, 3, 4, 5]).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
  });

  it('refuses what has no answer', () => {
    const random = createRandom(13);
    expect(() => random.choice([])).toThrow(RangeError);
    expect(() => random.integer(2, 1)).toThrow(RangeError);
    expect(() => random.poisson(Number.NaN)).toThrow(RangeError);
    expect(() => random.weighted(['a'], [0])).toThrow(RangeError);
    expect(() => createXoshiro([0, 0, 0, 0])).toThrow(RangeError);
  });
});
