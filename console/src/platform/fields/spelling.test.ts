import { describe, expect, it } from 'vitest';
import { speltAlike } from './spelling.ts';

describe('a search in a list of names', () => {
  it.each([
    ['America/Montreal', 'montréal', true],
    ['America/Port-au-Prince', 'port au', true],
    ['Europe/Paris', 'paris europe', true],
    ['Europe/Paris', '', true],
    ['Europe/Paris', 'pariss', false],
  ])('%s by “%s”: %s', (text, typed, found) => {
    expect(speltAlike(text, typed)).toBe(found);
  });
});
