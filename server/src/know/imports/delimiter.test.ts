import fc from 'fast-check';
import { expect, it } from 'vitest';
import { guessDelimiter } from './delimiter.ts';

it.each([
  ['a,b,c\n1,2,3\n', ','],
  ['a;b;c\n1,5;2;"x;y"\n1,7;2;z\n', ';'],
  ['a\tb\n1,2\t3\n', '\t'],
  ['a|b|c\n1|2|3', '|'],
  ['name,price\n"Dupont, Jean;x",3\n', ','],
  ['only one column\nx\n', null],
  ['', null],
])('finds the delimiter of %j', (text, delimiter) => {
  expect(guessDelimiter(text)).toBe(delimiter);
});

it('finds the delimiter of any table whose quoted fields hold all of them', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(',', ';', '\t', '|'),
      fc.integer({ min: 2, max: 8 }),
      fc.array(fc.string(), { maxLength: 20 }),
      (delimiter, width, values) => {
        const header = Array.from({ length: width }, (_, index) => `c${index}`).join(delimiter);
        const rows = values.map((value) =>
          Array.from({ length: width }, () => `"${value.replaceAll('"', '""')},;|"`).join(delimiter),
        );
        expect(guessDelimiter([header, ...rows].join('\n'))).toBe(delimiter);
      },
    ),
  );
});
