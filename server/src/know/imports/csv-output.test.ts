import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvField, csvLine, withoutApostrophe } from './csv-output.ts';

it.each([
  ['=1+1', "'=1+1"],
  ['+33 1 23', "'+33 1 23"],
  ['@sum(a1)', "'@sum(a1)"],
  ['-2+3', "'-2+3"],
  ['\tcmd', "'\tcmd"],
  ['-12.5', '-12.5'],
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ["'=x", "''=x"],
])('writes %j as %j', (value, written) => {
  expect(csvField(value)).toBe(written);
});

it('comes back as it was (S-11)', () => {
  const nasty = fc.oneof(
    fc.string(),
    fc.constantFrom('=1+1', "'=x", "''@y", '-1', '+1', "it's", '\t=', '"', '\r\n', ' x '),
  );
  fc.assert(
    fc.property(fc.array(nasty, { minLength: 1, maxLength: 5 }), (fields) => {
      const [read = []] = parse(csvLine(['x', ...fields]));
      expect(read.slice(1).map(withoutApostrophe)).toEqual(fields);
      for (const field of read) expect(/^[=+@\t\r\0]/u.test(field)).toBe(false);
    }),
  );
});
