import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessDateFormat, parseDate } from './dates.ts';
import { createInstantReader } from './instants.ts';

const iso = (
  text: string,
  format: Parameters<typeof createInstantReader>[0],
  zone = 'UTC',
): string | undefined => {
  const ms = createInstantReader(format, zone)(text);
  return ms === undefined ? undefined : new Date(ms).toISOString();
};

describe('reading dates', () => {
  it.each([
    ['2011-08-31 17:45:00', 'iso', '2011-08-31T17:45:00.000Z'],
    ['2011-08-31T17:45:00Z', 'iso', '2011-08-31T17:45:00.000Z'],
    ['2011-08-31T17:45:00.123+02:00', 'iso', '2011-08-31T15:45:00.000Z'],
    ['2023-01-05 10:30:00 +0100', 'iso', '2023-01-05T09:30:00.000Z'],
    ['2011/8/1', 'iso', '2011-08-01T00:00:00.000Z'],
    ['20110831', 'iso', '2011-08-31T00:00:00.000Z'],
    ['31/08/2011 17:45', 'dmy', '2011-08-31T17:45:00.000Z'],
    ['31.08.11', 'dmy', '2011-08-31T00:00:00.000Z'],
    ['1-2-2011', 'dmy', '2011-02-01T00:00:00.000Z'],
    ['31/08/2011 17h45', 'dmy', '2011-08-31T17:45:00.000Z'],
    ['8/31/2011 5:45 PM', 'mdy', '2011-08-31T17:45:00.000Z'],
    ['8/31/2011 12:05:09 am', 'mdy', '2011-08-31T00:05:09.000Z'],
    ['2011-08-31', 'mdy', '2011-08-31T00:00:00.000Z'],
    ['40786', 'excel', '2011-08-31T00:00:00.000Z'],
    ['40786.75', 'excel', '2011-08-31T18:00:00.000Z'],
    ['45384,34789351852', 'excel', '2024-04-02T08:20:58.000Z'],
  ] as const)('reads %s as %s', (text, format, expected) => {
    expect(iso(text, format)).toBe(expected);
  });

  it.each([
    ['2011-02-29', 'iso'],
    ['2011-13-01', 'iso'],
    ['31/04/2011', 'dmy'],
    ['31/08/2011', 'mdy'],
    ['31/08/2011', 'iso'],
    ['2011-08-31 25:00', 'iso'],
    ['2011-08-31 13:00 PM', 'iso'],
    ['', 'iso'],
    ['yesterday', 'dmy'],
    ['0000-00-00', 'iso'],
    ['1899-01-01', 'iso'],
    ['x', 'excel'],
  ] as const)('finds %s impossible as %s', (text, format) => {
    expect(iso(text, format)).toBeUndefined();
  });

  it('uses the zone of the file, on both sides of a change of clocks', () => {
    expect(iso('2024-07-01 12:00', 'iso', 'Europe/Paris')).toBe('2024-07-01T10:00:00.000Z');
    expect(iso('2024-01-01 12:00', 'iso', 'Europe/Paris')).toBe('2024-01-01T11:00:00.000Z');
    expect(iso('2024-03-31 01:30', 'iso', 'Europe/Paris')).toBe('2024-03-31T00:30:00.000Z');
    expect(iso('2024-03-31 02:30', 'iso', 'Europe/Paris')).toBe('2024-03-31T01:30:00.000Z');
    expect(iso('2024-03-31 12:00', 'iso', 'Europe/Paris')).toBe('2024-03-31T10:00:00.000Z');
  });

  it('reads every day back, whichever way it is written', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-02'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          const [y, m, d] = date.toISOString().slice(0, 10).split('-');
          const expected = { year: Number(y), month: Number(m), day: Number(d) };
          expect(parseDate(`${y}-${m}-${d}`, 'iso')).toMatchObject(expected);
          expect(parseDate(`${d}/${m}/${y}`, 'dmy')).toMatchObject(expected);
          expect(parseDate(`${m}/${d}/${y}`, 'mdy')).toMatchObject(expected);
        },
      ),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('iso', 'dmy', 'mdy', 'excel'), (text, format) => {
        parseDate(text, format);
      }),
    );
  });
});

describe('guessDateFormat', () => {
  it('decides by a day above twelve, wherever it stands', () => {
    expect(guessDateFormat(['01/02/2011', '02/02/2011', '13/02/2011'])).toEqual({
      format: 'dmy',
      isAmbiguous: false,
    });
    expect(guessDateFormat(['01/02/2011', '01/02/2011', '02/13/2011'])).toEqual({
      format: 'mdy',
      isAmbiguous: false,
    });
  });
  it('decides by the order of lines when no day tells', () => {
    const days = ['01/02/2011', '02/02/2011', '03/02/2011', '05/02/2011', '01/03/2011', '02/03/2011'];
    expect(guessDateFormat(days)).toEqual({ format: 'dmy', isAmbiguous: false });
    const american = days.map((day) => day.replace(/^(\d+)\/(\d+)/u, '$2/$1'));
    expect(guessDateFormat(american)).toEqual({ format: 'mdy', isAmbiguous: false });
  });
  it('says when nothing tells', () => {
    expect(guessDateFormat(['01/02/2011'])).toEqual({ format: 'dmy', isAmbiguous: true });
  });
  it('knows ISO, Excel, and what is no date', () => {
    expect(guessDateFormat(['2011-01-02 10:00', '2011-01-03 10:00'])?.format).toBe('iso');
    expect(guessDateFormat(['40786', '40786.5'])?.format).toBe('excel');
    expect(guessDateFormat(['apple', 'pear'])).toBeNull();
    expect(guessDateFormat([])).toBeNull();
  });
});
