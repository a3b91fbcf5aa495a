import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonbText } from './jsonb.ts';

it('leaves out what jsonb refuses and nothing else', () => {
  expect(jsonbText({ 'k\0': 'a\0b' })).toBe('{"k":"ab"}');
  expect(JSON.parse(jsonbText('\\u0000 \\ud800 \ud800 \u{1F600} \t'))).toBe(
    '\\u0000 \\ud800 \ufffd \u{1F600} \t',
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(jsonbText(text))).toBe(text.replaceAll('\0', '').toWellFormed());
    }),
  );
});
