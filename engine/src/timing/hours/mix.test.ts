import { describe, expect, it } from 'vitest';
import { createRandom } from '../../random/index.ts';
import { addSums, createMasses, massesOf, mixedKernel, normalisersOf, PARTS } from './kernels.ts';
import { createLeaveDayOut } from './left-out.ts';
import { createLeftOut, fitMix } from './mix.ts';
import { tilted } from './tilt.ts';
import { weekMassesOf } from './week-masses.ts';

const uniform = new Float64Array(168).fill(1 / 168);

describe('kernels', () => {
  const random = createRandom('kernels');
  const raw = uniform.map(() => random.uniform());
  const total = raw.reduce((a, b) => a + b, 0);
  const base = raw.map((each) => each / total);
  const normalisers = normalisersOf(base);

  it('make of each event a distribution over the hours, in every part', () => {
    for (let k = 0; k < PARTS; k++) {
      const weights = new Float64Array(PARTS);
      weights[k] = 1;
      for (const g of [0, 23, 100, 167]) {
        let sum = 0;
        for (let h = 0; h < 168; h++)
          sum += (base[h] as number) * mixedKernel({ weights, normalisers }, h, g);
        expect(sum).toBeCloseTo(1, 12);
      }
    }
  });

  it('are circular in the hour and know the days', () => {
    const weights = new Float64Array(PARTS).fill(1 / PARTS);
    const at = (h: number, g: number) => mixedKernel({ weights, normalisers: normalisersOf(uniform) }, h, g);
    expect(at(8, 8)).toBeGreaterThan(at(9, 8));
    expect(at(23, 0)).toBeCloseTo(at(1, 0), 12);
    expect(at(8, 8)).toBeGreaterThan(at(32, 8));
    expect(at(32, 8)).toBeGreaterThan(at(128, 8));
  });

  it('sum to what a naive loop finds', () => {
    const counts = uniform.map((_, h) => (h % 13 === 0 ? 1 + (h % 3) : 0));
    const masses = massesOf(counts, createMasses());
    const sums = new Float64Array(168 * PARTS);
    for (let at = 0; at < 168; at++)
      addSums({ masses, normalisers }, { at, sign: 1 }, { out: sums, place: at * PARTS });
    const weights = Float64Array.from({ length: PARTS }, (_, k) => (k + 1) / 66);
    const n = counts.reduce((a, b) => a + b, 0);
    const found = tilted(base, { sums, total: n, mix: { concentration: 3, weights, rows: 1 } });
    for (let h = 0; h < 168; h += 17) {
      let said = 3;
      for (let g = 0; g < 168; g++)
        said += (counts[g] as number) * mixedKernel({ weights, normalisers }, h, g);
      expect(found[h]).toBeCloseTo(((base[h] as number) * said) / (3 + n), 12);
    }
  });
});

describe('an event whose day is left out', () => {
  it('is judged by what the other days say, and by no more than they weigh', () => {
    // Monday 08:00 and 09:00, Tuesday 08:00, the Monday after 08:00, of one person; another of one day only.
    const first = Date.UTC(2025, 0, 6) / 3_600_000;
    const hours = [8, 9, 32, 176].map((hour) => first + hour);
    const history = {
      people: 2,
      start: Uint32Array.of(0, 4, 6),
      hour: Int32Array.of(...hours, first + 8, first + 10),
      weight: Float64Array.of(1, 2, 1, 0.5, 1, 1),
    };
    const masses = weekMassesOf(history);
    const normalisers = normalisersOf(uniform);
    const left = createLeftOut(10);
    const leave = createLeaveDayOut(history, masses);
    leave(0, normalisers, left);
    leave(1, normalisers, left);
    expect(left.rows).toBe(4);
    expect([...left.mass.subarray(0, 4)]).toEqual([1.5, 1.5, 3.5, 4]);
    expect([...left.weight.subarray(0, 4)]).toEqual([1, 2, 1, 0.5]);
    // This very hour of the week (part 2): of Monday 08:00 the Monday after remains, and the other way round.
    const exact = [0, 1, 2, 3].map((row) => left.sums[row * PARTS + 2]);
    expect(exact.map((sum) => (sum as number) / 168)).toEqual(
      [0.5, 0, 0, 1].map((mass) => expect.closeTo(mass, 12)),
    );
  });
});

describe('the mix', () => {
  /** Dirichlet–multinomial people over 168 hours (the exact-hour part alone), each event left out of its person. */
  const leftOutOf = (concentration: number, people: number) => {
    const random = createRandom(`mix ${concentration}`);
    const n = 15;
    const left = createLeftOut(people * n);
    for (let u = 0; u < people; u++) {
      // Blackwell and MacQueen's urn.
      const drawn: number[] = [];
      for (let i = 0; i < n; i++)
        drawn.push(
          random.chance(concentration / (concentration + i)) ? random.integer(0, 167) : random.choice(drawn),
        );
      drawn.forEach((hour) => {
        const same = drawn.filter((other) => other === hour).length - 1;
        left.sums[left.rows * PARTS + 2] = same * 168;
        left.mass[left.rows] = n - 1;
        left.weight[left.rows] = 1;
        left.rows++;
      });
    }
    return left;
  };

  it.each([3, 12, 40])('finds a concentration of %d', (truth) => {
    const { concentration, weights } = fitMix(leftOutOf(truth, 600), 'test');
    expect(Math.abs(Math.log(concentration / truth))).toBeLessThan(0.2);
    expect(weights[2]).toBeGreaterThan(0.9);
  });

  it('is the prior where nothing speaks', () => {
    const { concentration, weights } = fitMix(createLeftOut(0), 'test');
    expect(concentration).toBeCloseTo(10, 6);
    weights.forEach((weight) => expect(weight).toBeCloseTo(1 / PARTS, 6));
  });
});
