import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { knownZone, opensAt } from './sending-window.ts';

const day = { start: '08:00', end: '20:00' };
const zones = [
  'Europe/Paris',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Apia',
  'UTC',
];

const wall = (instant: Date, zone: string): Temporal.PlainTime =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainTime();
const minutes = (time: Temporal.PlainTime): number =>
  time.hour * 60 + time.minute + time.second / 60 + time.millisecond / 60_000;
const inWindow = (instant: Date, zone: string, [start, end]: readonly [number, number]): boolean => {
  const at = minutes(wall(instant, zone));
  return start === end || (start < end ? at >= start && at < end : at >= start || at < end);
};
const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const instants = fc.date({
  min: new Date('2024-01-01T00:00:00Z'),
  max: new Date('2028-01-01T00:00:00Z'),
  noInvalidDate: true,
});

describe('the sending window', () => {
  it('is open exactly while the recipient’s wall clock is inside it', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (now, zone) => {
        expect(opensAt(now, zone, day) === null).toBe(inWindow(now, zone, [480, 1200]));
      }),
    );
  });

  it('opens at the first instant that is inside: the millisecond before is not, and nothing in between is', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom(...zones),
        fc.tuple(minute, minute),
        (now, zone, [start, end]) => {
          const opens = opensAt(now, zone, { start: clock(start), end: clock(end) });
          if (opens === null) return;
          expect(opens.getTime()).toBeGreaterThan(now.getTime());
          expect(inWindow(opens, zone, [start, end])).toBe(true);
          expect(inWindow(new Date(opens.getTime() - 1), zone, [start, end])).toBe(false);
          // Every quarter of an hour up to the opening: nothing earlier was missed, also across changes of the clocks.
          for (let at = now.getTime(); at < opens.getTime(); at += 900_000) {
            expect(inWindow(new Date(at), zone, [start, end])).toBe(false);
          }
        },
      ),
    );
  });

  it('opens at the end of the gap where clocks jump over its start', () => {
    // Paris, 29 March 2026: 02:00 becomes 03:00.
    const opens = opensAt(new Date('2026-03-29T00:30:00Z'), 'Europe/Paris', { start: '02:30', end: '20:00' });
    expect(opens).toEqual(new Date('2026-03-29T01:00:00Z'));
  });

  it('keeps the boundary half-open: 08:00 leaves, 20:00 waits until tomorrow', () => {
    expect(opensAt(new Date('2026-06-01T06:00:00Z'), 'Europe/Paris', day)).toBeNull();
    expect(opensAt(new Date('2026-06-01T17:59:59.999Z'), 'Europe/Paris', day)).toBeNull();
    expect(opensAt(new Date('2026-06-01T18:00:00Z'), 'Europe/Paris', day)).toEqual(
      new Date('2026-06-02T06:00:00Z'),
    );
    // The night in which clocks go back (25 October 2026) is an hour longer.
    expect(opensAt(new Date('2026-10-24T18:00:00Z'), 'Europe/Paris', day)).toEqual(
      new Date('2026-10-25T07:00:00Z'),
    );
  });

  it('takes the workspace’s zone when the person’s is missing or unknown', () => {
    expect(knownZone(null, 'Europe/Paris')).toBe('Europe/Paris');
    expect(knownZone('Mars/Olympus', 'Europe/Paris')).toBe('Europe/Paris');
    expect(knownZone('America/New_York', 'Europe/Paris')).toBe('America/New_York');
  });
});
