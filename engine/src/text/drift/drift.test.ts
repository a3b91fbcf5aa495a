import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/index.ts';
import { compareWords, sketchWords, type TextWords } from './index.ts';

/** Texts of some 8 words out of 400, a share of them from `shift` on, and unknown words. */
const draw = (seed: string, n: number, { other = 0, unknown = 0.1 } = {}): TextWords[] => {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => {
    const far = random.chance(other);
    const names = new Set<number>();
    for (let k = 0; k < 8; k++) {
      const rank = Math.floor(Math.exp(random.uniform() * Math.log(400))) + (far ? 10_000 : 0);
      names.add(Math.imul(rank, 0x9e3779b1) >>> 0);
    }
    return { names: Uint32Array.from(names), unknown: random.poisson(unknown * names.size) };
  });
};

const pValues = (seed: number, n: number, change = {}) => {
  const now = sketchWords(draw(`now ${seed}`, n, change));
  return compareWords(sketchWords(draw(`then ${seed}`, n)), now, 'test');
};

describe('comparison of words', () => {
  it('raises false alarms as seldom as it says', () => {
    let [words, unknown] = [0, 0];
    const runs = 200;
    for (let run = 0; run < runs; run++) {
      const { pWords, pUnknown } = pValues(run, 60);
      if (pWords <= 0.1) words++;
      if (pUnknown <= 0.1) unknown++;
    }
    // 10 % of 200 are 20; three standard deviations are 13.
    for (const alarms of [words, unknown]) {
      expect(alarms).toBeLessThan(33);
      expect(alarms).toBeGreaterThan(7);
    }
  });

  it('finds other words, and more unknown ones', () => {
    const other = pValues(1, 300, { other: 0.25 });
    expect(other.pWords).toBe(0.001);
    expect(other.divergence).toBeGreaterThan(1.5);
    const more = pValues(2, 300, { unknown: 0.2 });
    expect(more.pUnknown).toBe(0.001);
    expect(more.unknownNow / more.unknownThen).toBeGreaterThan(1.5);
    expect(pValues(3, 300, { unknown: 0.02 }).pUnknown).toBeGreaterThan(0.9);
  });

  it('keeps bits of words alone, and takes empty and single texts', () => {
    const { groups, unknown } = sketchWords([
      { names: Uint32Array.of(0x01000000, 0x01ffffff, 0xff000000), unknown: 1 },
    ]);
    expect([...groups].reduce((bits, byte) => bits + byte.toString(2).replaceAll('0', '').length, 0)).toBe(2);
    expect(unknown[0]).toBeCloseTo(1 / 3, 6);
    const nothing = sketchWords([{ names: new Uint32Array(0), unknown: 0 }]);
    expect(compareWords(nothing, nothing, 'x')).toEqual({
      unknownThen: 0,
      unknownNow: 0,
      divergence: 1,
      pUnknown: 1,
      pWords: 1,
    });
  });
});
