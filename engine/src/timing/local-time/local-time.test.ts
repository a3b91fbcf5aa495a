import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourExposure, hourOfWeek, instantOf, localHour, WEEK_HOURS, zoneOf } from './index.ts';

const HOUR = 3_600_000;
const names = [
  'Europe/Paris',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'America/Recife',
  'Pacific/Apia',
  'Africa/Casablanca',
  'UTC',
];

/** What Intl itself shows, in another format than the table is made from. */
const shown = (name: string) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: name,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  return (atMs: number): number => {
    const parts = format.formatToParts(atMs);
    const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
    return days.indexOf(part('weekday')) * 24 + Number(part('hour'));
  };
};

describe('a zone', () => {
  it.each(names)('%s shows the hour of the week that Intl shows', (name) => {
    const zone = zoneOf(name);
    const truth = shown(name);
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2037, 0, 1) }), (atMs) => {
        expect(hourOfWeek(localHour(zone, atMs))).toBe(truth(atMs));
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    // Clock changes, the last millisecond before and the first after.
    ['Europe/Paris', Date.UTC(2025, 2, 30, 1), 1, 2],
    ['Europe/Paris', Date.UTC(2025, 9, 26, 1), 2, 1],
    ['America/New_York', Date.UTC(2025, 2, 9, 7), -5, -4],
    ['America/New_York', Date.UTC(2025, 10, 2, 6), -4, -5],
    ['Australia/Lord_Howe', Date.UTC(2025, 3, 5, 15), 11, 10.5],
    ['Australia/Lord_Howe', Date.UTC(2025, 9, 4, 15, 30), 10.5, 11],
    ['America/Recife', Date.UTC(2000, 9, 8, 3), -3, -2],
    ['America/Recife', Date.UTC(2000, 9, 15, 2), -2, -3],
    // A day that Samoa left out.
    ['Pacific/Apia', Date.UTC(2011, 11, 30, 10), -10, 14],
  ])('%s changes its clock to the millisecond', (...[name, atMs, before, after]) => {
    const zone = zoneOf(name);
    expect([zone.offsetAt(atMs - 1) / HOUR, zone.offsetAt(atMs) / HOUR]).toEqual([before, after]);
  });

  it('does not change where there is no summer time', () => {
    const zone = zoneOf('Asia/Kolkata');
    for (let month = 0; month < 24; month++) expect(zone.offsetAt(Date.UTC(2025, month, 1))).toBe(5.5 * HOUR);
  });

  it('refuses other names and instants', () => {
    expect(() => zoneOf('Mars/Olympus')).toThrow(expect.objectContaining({ code: 'unknown_key' }));
    const zone = zoneOf('UTC');
    for (const [at, code] of [
      [Number.NaN, 'nan'],
      [Infinity, 'not_finite'],
      [1e15, 'out_of_range'],
    ] as const)
      expect(() => zone.offsetAt(at)).toThrow(expect.objectContaining({ code }));
  });
});

describe('hours of the week', () => {
  it('start on Monday', () => {
    expect(hourOfWeek(localHour(zoneOf('UTC'), Date.UTC(2025, 5, 2)))).toBe(0);
    expect(hourOfWeek(localHour(zoneOf('UTC'), Date.UTC(2025, 5, 1, 23, 59)))).toBe(167);
    expect(hourOfWeek(-73)).toBe(167);
  });
});

describe('the instant of a local time', () => {
  it('is found where the clock shows it once, twice or not at all', () => {
    const paris = zoneOf('Europe/Paris');
    const at = (month: number, day: number, hour: number) =>
      instantOf(paris, Date.UTC(2025, month, day, hour, 30));
    expect(at(5, 1, 9)).toEqual({ kind: 'once', atMs: Date.UTC(2025, 5, 1, 7, 30) });
    expect(at(2, 30, 2)).toEqual({ kind: 'skipped', atMs: Date.UTC(2025, 2, 30, 1, 30) });
    expect(at(9, 26, 2)).toEqual({ kind: 'twice', atMs: Date.UTC(2025, 9, 26, 0, 30) });
    expect(at(9, 26, 3)).toEqual({ kind: 'once', atMs: Date.UTC(2025, 9, 26, 2, 30) });
    expect(at(9, 26, 1)).toEqual({ kind: 'once', atMs: Date.UTC(2025, 9, 25, 23, 30) });
  });

  it.each(names)('%s: goes there and back', (name) => {
    const zone = zoneOf(name);
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2012, 0, 1), max: Date.UTC(2037, 0, 1) }), (atMs) => {
        const local = atMs + zone.offsetAt(atMs);
        const found = instantOf(zone, local);
        expect(found.atMs + zone.offsetAt(found.atMs)).toBe(local);
        expect(found.kind === 'once' ? found.atMs === atMs : found.kind === 'twice').toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('exposure', () => {
  it('counts the hour that is skipped and the one that comes twice', () => {
    const year = hourExposure(zoneOf('Europe/Paris'), Date.UTC(2025, 0, 5, 23), Date.UTC(2026, 0, 4, 23));
    expect(year.length).toBe(WEEK_HOURS);
    expect([year[0], year[6 * 24 + 2], year[6 * 24 + 3]]).toEqual([52, 52, 52]);
    const spring = hourExposure(zoneOf('Europe/Paris'), Date.UTC(2025, 2, 24), Date.UTC(2025, 2, 31));
    const autumn = hourExposure(zoneOf('Europe/Paris'), Date.UTC(2025, 9, 20), Date.UTC(2025, 9, 27));
    expect([spring[146], autumn[146], spring[145]]).toEqual([0, 2, 1]);
    const island = hourExposure(zoneOf('Australia/Lord_Howe'), Date.UTC(2025, 9, 1), Date.UTC(2025, 9, 8));
    expect(island[6 * 24 + 2]).toBe(0.5);
    expect(year.reduce((a, b) => a + b, 0)).toBe(52 * WEEK_HOURS);
  });

  it('needs a span', () => {
    expect(() => hourExposure(zoneOf('UTC'), 1, 1)).toThrow(
      expect.objectContaining({ code: 'out_of_range' }),
    );
  });
});
