import { describe, expect, it } from 'vitest';
import { randomEvents } from '../../../../testing/random-events.ts';
import { cholesky, invertCholesky, matrix } from '../../../linear/index.ts';
import { collectInteractions, historyOf, type Interactions } from '../../interactions/index.ts';
import { easeTaste, fitEase } from './index.ts';

/** B with plain loops over a dense Gram matrix. */
const naive = ({ people, items, start, item, weight }: Interactions, l2: number): number[][] => {
  const x = Array.from({ length: people }, () => new Float64Array(items));
  for (let u = 0; u < people; u++)
    for (let p = start[u] as number; p < (start[u + 1] as number); p++)
      (x[u] as Float64Array)[item[p] as number] = weight[p] as number;
  const gram = matrix(items, items);
  for (let i = 0; i < items; i++)
    for (let j = 0; j < items; j++)
      gram.values[i * items + j] =
        x.reduce((sum, row) => sum + (row[i] as number) * (row[j] as number), 0) + (i === j ? l2 : 0);
  const factor = cholesky(gram);
  if (factor.kind !== 'factor') throw new Error(factor.kind);
  const inverse = invertCholesky(factor).values;
  return Array.from({ length: items }, (_, i) =>
    Array.from({ length: items }, (__, j) =>
      i === j ? 0 : -(inverse[i * items + j] as number) / (inverse[j * items + j] as number),
    ),
  );
};

const worstAgainst = (interactions: Interactions, l2: number, precision: 'f32' | 'f64' = 'f64'): number => {
  const { active, weights, errorBound } = fitEase(interactions, { l2, precision });
  const expected = naive(interactions, l2);
  let worst = 0;
  for (const [r, i] of active.entries())
    for (const [c, j] of active.entries())
      worst = Math.max(
        worst,
        Math.abs((weights[r * active.length + c] as number) - (expected[i]?.[j] ?? Number.NaN)),
      );
  // The bound is over some columns, the worst over all: of one size.
  expect(worst).toBeLessThan(20 * errorBound + 1e-15);
  return worst;
};

describe('fitEase', () => {
  it.each([1, 7, 64, 65, 200])('is the closed form, %i items, weights and returns', (items) => {
    const events = randomEvents({ people: 80, items, events: 3000, seed: items, returns: 0.1 });
    expect(worstAgainst(collectInteractions(events, { by: 'weights', halfLifeDays: 100 }), 3)).toBeLessThan(
      1e-12,
    );
    expect(worstAgainst(collectInteractions(events, { binary: true }), 120, 'f32')).toBeLessThan(1e-5);
  });

  it('gives the same bits with two threads', () => {
    const interactions = collectInteractions(
      randomEvents({ people: 300, items: 260, events: 9000, seed: 1 }),
    );
    expect(fitEase(interactions, { threads: 2 })).toEqual(fitEase(interactions));
    const single = { precision: 'f32' } as const;
    expect(fitEase(interactions, { ...single, threads: 2 })).toEqual(fitEase(interactions, single));
  });

  it('leaves items that nobody has out of the matrix', () => {
    const events = randomEvents({ people: 20, items: 30, events: 300, seed: 2 });
    const near = fitEase(collectInteractions(events), { l2: 9 });
    const narrow = new Float64Array(30);
    const history = historyOf(collectInteractions(events), 0);
    easeTaste(near).score(history, narrow);
    // Far apart, and with one gap: places that are ranks of others too.
    for (const place of [(item: number) => 33_333 * item, (item: number) => item + (item < 9 ? 0 : 1)]) {
      const items = place(30);
      const moved = { ...events, items, item: events.item.map(place) };
      const found = fitEase(collectInteractions(moved), { l2: 9 });
      expect([...found.active]).toEqual([...near.active].map(place));
      expect(found.weights).toEqual(near.weights);
      const wide = new Float64Array(items);
      easeTaste(found).score({ ...history, item: history.item.map(place) }, wide);
      const expected = new Float64Array(items);
      for (const [item, score] of narrow.entries()) expected[place(item)] = score;
      expect(wide).toEqual(expected);
    }
  });

  it('refuses a million items before it takes memory', () => {
    const n = 1_000_000;
    const wide = collectInteractions({
      people: 10,
      items: n,
      person: Uint32Array.from({ length: n }, (_, k) => k % 10),
      item: Uint32Array.from({ length: n }, (_, k) => k),
      atMs: new Float64Array(n),
    });
    const before = process.memoryUsage();
    expect(() => fitEase(wide)).toThrow(
      expect.objectContaining({
        code: 'out_of_memory',
        message: expect.stringContaining('fitRp3beta') as string,
      }),
    );
    expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(10e6);
    expect(() => fitEase(wide, { mostItems: 1e6 })).toThrow(
      expect.objectContaining({ code: 'out_of_memory' }),
    );
  });

  it('refuses a ridge that is none, or too small for single precision', () => {
    const interactions = collectInteractions(randomEvents({ people: 10, items: 5, events: 50, seed: 4 }));
    const code = (settings: Parameters<typeof fitEase>[1]) => {
      try {
        return fitEase(interactions, settings).kind;
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(code({ l2: 0 })).toBe('out_of_range');
    expect(code({ l2: Number.NaN })).toBe('nan');
    expect(code({ l2: 50, precision: 'f32' })).toBe('out_of_range');
    expect(code({ l2: 50 })).toBe('ease');
  });

  it('notices where single precision does not suffice', () => {
    // Two items that everybody has, a million times: their difference is beyond f32.
    const people = 200;
    const events = {
      people,
      items: 2,
      person: Uint32Array.from({ length: 2 * people }, (_, k) => k >> 1),
      item: Uint32Array.from({ length: 2 * people }, (_, k) => k & 1),
      atMs: new Float64Array(2 * people),
      weight: Float64Array.from({ length: 2 * people }, (_, k) => 3000 + (k % 3)),
    };
    const heavy = collectInteractions(events, { by: 'weights' });
    expect(() => fitEase(heavy, { l2: 100, precision: 'f32' })).toThrow(
      expect.objectContaining({
        code: expect.stringMatching(/no_convergence|not_positive_definite/) as string,
      }),
    );
    expect(fitEase(heavy, { l2: 100 }).errorBound).toBeLessThan(1e-3);
  });
});
