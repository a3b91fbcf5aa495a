import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { watchEncoding } from './encoding.ts';

const guess = (bytes: Uint8Array, size = 7): string => {
  const watch = watchEncoding('f.csv');
  for (let start = 0; start < bytes.length; start += size) watch.see(bytes.subarray(start, start + size));
  return watch.finish();
};

describe('watchEncoding', () => {
  it('tells UTF-8 from Windows-1252 by the whole file', () => {
    expect(guess(Buffer.from('plain ascii'))).toBe('utf-8');
    expect(guess(Buffer.from('prénom;été'))).toBe('utf-8');
    expect(guess(Buffer.from('pr\xe9nom;\x80 5', 'latin1'))).toBe('windows-1252');
    expect(guess(Buffer.concat([Buffer.alloc(300_000, 'a'), Buffer.from([0xe9])]), 65_536)).toBe(
      'windows-1252',
    );
    expect(guess(Buffer.from('cut é').subarray(0, 5))).toBe('windows-1252');
  });

  it('takes every text for UTF-8, in pieces of any size', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), (text, size) => {
        const clean = text.replace(/[\u0000-\u001f]/gu, '');
        expect(guess(Buffer.from(`id,name\n${clean}`), size)).toBe('utf-8');
      }),
    );
  });

  it.each([
    ['UTF-16 with its mark', Buffer.from('\ufeffid,name\n1,x', 'utf16le'), 'unknown_encoding'],
    ['UTF-16 without its mark', Buffer.from('id,name\n1,x', 'utf16le'), 'unknown_encoding'],
    ['a workbook', Buffer.from('PK\u0003\u0004abcdefgh'), 'not_csv'],
    ['a PDF', Buffer.from('%PDF-1.7 abcdefgh'), 'not_csv'],
    ['gzip in gzip', gzipSync('a,b'), 'not_csv'],
  ])('refuses %s', (_what, bytes, reason) => {
    expect(() => guess(bytes, 64)).toThrowError(
      expect.objectContaining({ code: 'unprocessable', details: expect.objectContaining({ reason }) }),
    );
  });

  it('refuses a file that turns binary on the way', () => {
    const bytes = Buffer.concat([Buffer.alloc(10_000, 'a,b\n'), Buffer.from([0])]);
    expect(() => guess(bytes, 4096)).toThrowError(/binary/u);
  });
});
