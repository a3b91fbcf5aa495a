import { expect, it } from 'vitest';
import { startOfDay } from './day-bounds.ts';

it.each([
  ['2026-01-15', 'Europe/Paris', 0, '2026-01-14T23:00:00.000Z'],
  ['2026-07-15', 'Europe/Paris', 0, '2026-07-14T22:00:00.000Z'],
  // The clocks change on that night: the day after begins an hour earlier in UTC.
  ['2026-03-29', 'Europe/Paris', 0, '2026-03-28T23:00:00.000Z'],
  ['2026-03-29', 'Europe/Paris', 1, '2026-03-29T22:00:00.000Z'],
  ['2026-01-31', 'Pacific/Auckland', 1, '2026-01-31T11:00:00.000Z'],
  ['2026-01-01', 'America/Los_Angeles', 0, '2026-01-01T08:00:00.000Z'],
  ['2026-01-01', 'Asia/Kolkata', 0, '2025-12-31T18:30:00.000Z'],
] as const)('%s in %s + %i', (...[day, zone, later, instant]) => {
  expect(startOfDay(day, zone, later)).toBe(instant);
});
