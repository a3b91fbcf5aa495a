import { describe, expect, it } from 'vitest';
import { createWhose, onlyOne, type Profiles, spreadsFor, tiltAt } from './whose-profile.ts';

/** Larks answer three times as much in the first cell, owls in the second. */
const profiles: Profiles = {
  weights: Float64Array.of(0.25, 0.75),
  factors: Float64Array.of(1.5, 0.5, 1, 0.5, 1.5, 1),
};
const spreads = { shape: Infinity, personShape: 2 };
const own = { found: Float64Array.of(3, 1, 0), expected: Float64Array.of(2, 2, 0) };

describe('which kind a person is', () => {
  it('is by Bayes’ rule, with the level integrated out', () => {
    // By hand: Π (w_k Π m^y)/(2 + Σ e m)^(2 + Σ y).
    const lark = 0.25 * 1.5 ** 3 * 0.5 * 6 ** -6;
    const owl = 0.75 * 0.5 ** 3 * 1.5 * 6 ** -6;
    const whose = createWhose(profiles, 3)(own, spreads);
    expect(whose.chance[0]).toBeCloseTo(lark / (lark + owl), 12);
    expect(whose.level[0]).toBeCloseTo(1, 12);
    expect(whose.logLikelihood).toBeCloseTo(Math.log(lark + owl), 12);
    const tilt = (1.5 * lark + 0.5 * owl) / (lark + owl);
    expect(tiltAt(whose, profiles, { cell: 0, cells: 3 })).toBeCloseTo(tilt, 12);
  });

  it('is not asked of a cell that is left out', () => {
    const without = createWhose(profiles, 3)(own, spreads, 0);
    const seen = { chance: without.chance.slice(), level: without.level.slice() };
    const other = { found: Float64Array.of(900, 1, 0), expected: Float64Array.of(7, 2, 0) };
    expect(createWhose(profiles, 3)(other, spreads, 0)).toMatchObject(seen);
    const absent = { found: Float64Array.of(0, 1, 0), expected: Float64Array.of(0, 2, 0) };
    expect(createWhose(profiles, 3)(absent, spreads)).toMatchObject(seen);
  });

  it('counts every engagement in full with several kinds, and by the hours’ spread with one', () => {
    const given = { shape: 2, personShape: 2 };
    expect(spreadsFor(profiles, given)).toEqual(spreads);
    expect(spreadsFor(onlyOne(3), given)).toEqual(given);
    // One kind: 2 + (3 + 1)/2 over 2 + (2 + 2)/2.
    expect(createWhose(onlyOne(3), 3)(own, given).level[0]).toBeCloseTo(4 / 4, 12);
    const more = { found: Float64Array.of(6, 0, 0), expected: own.expected };
    expect(createWhose(onlyOne(3), 3)(more, given).level[0]).toBeCloseTo(5 / 4, 12);
  });
});
