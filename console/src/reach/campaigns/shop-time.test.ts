import { describe, expect, it } from 'vitest';
import { fromWallClock, toWallClock } from './shop-time.ts';

describe('times of the shop', () => {
  it('go there and back, wherever the browser is', () => {
    for (const [wall, zone, instant] of [
      ['2026-03-10T09:00', 'Europe/Paris', '2026-03-10T08:00:00.000Z'],
      ['2026-07-10T09:00', 'Europe/Paris', '2026-07-10T07:00:00.000Z'],
      ['2026-07-10T00:30', 'America/Montreal', '2026-07-10T04:30:00.000Z'],
      ['2026-01-01T00:00', 'Asia/Kolkata', '2025-12-31T18:30:00.000Z'],
    ] as const) {
      expect(fromWallClock(wall, zone)).toBe(instant);
      expect(toWallClock(instant, zone)).toBe(wall);
    }
  });

  it('that are skipped in spring come an hour later; of two in autumn the first is meant', () => {
    expect(fromWallClock('2026-03-29T02:30', 'Europe/Paris')).toBe('2026-03-29T01:30:00.000Z');
    expect(fromWallClock('2026-10-25T02:30', 'Europe/Paris')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('that are none are none', () => {
    for (const wall of ['', 'soon', '2026-13-40T99:99'])
      expect(fromWallClock(wall, 'Europe/Paris')).toBeNull();
  });
});
