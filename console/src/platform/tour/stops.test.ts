import { describe, expect, it } from 'vitest';
import { stopAt, stops } from './stops.ts';

describe('the place in the tour', () => {
  it.each([
    [0, 0],
    [stops.length - 1, stops.length - 1],
    [stops.length, 0],
    [-1, 0],
    [1.5, 0],
    ['2', 0],
    [undefined, 0],
  ])('%j is %i', (kept, at) => {
    expect(stopAt(kept)).toBe(at);
  });
});
