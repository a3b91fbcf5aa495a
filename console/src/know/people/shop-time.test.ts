import { expect, it } from 'vitest';
import { shopInstant } from './shop-time.ts';

it('reads dates and times on the shop’s clock', () => {
  expect(shopInstant('2026-01-15', '18:30', 'Europe/Paris')).toBe('2026-01-15T17:30:00.000Z');
  expect(shopInstant('2026-07-15', '', 'Europe/Paris')).toBe('2026-07-14T22:00:00.000Z');
  expect(shopInstant('2026-03-29', '03:30', 'Europe/Paris')).toBe('2026-03-29T01:30:00.000Z');
  expect(shopInstant('2026-03-29', '01:30', 'Europe/Paris')).toBe('2026-03-29T00:30:00.000Z');
  expect(shopInstant('2026-07-15', '12:00', 'America/Montreal')).toBe('2026-07-15T16:00:00.000Z');
  expect(shopInstant('', '', 'Europe/Paris')).toBeUndefined();
});
