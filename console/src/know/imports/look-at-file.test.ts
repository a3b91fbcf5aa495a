import { describe, expect, it } from 'vitest';
import { hashOf, lookAtFile, maxFileBytes, problemOfHead } from './look-at-file.ts';

const bytes = (...values: readonly (number | string)[]): Uint8Array =>
  new Uint8Array(
    values.flatMap((value) => (typeof value === 'number' ? [value] : [...new TextEncoder().encode(value)])),
  );

describe('the first look at a file', () => {
  it.each([
    ['orders.csv', bytes('order;date\n1;2026-01-01\n'), null],
    ['orders.csv', bytes(0xef, 0xbb, 0xbf, 'order;date'), null],
    ['orders.csv.gz', bytes(0x1f, 0x8b, 8, 0, 0), null],
    ['orders.xlsx', bytes('PK', 3, 4, 0), 'excel'],
    ['orders.zip', bytes('PK', 3, 4, 0), 'zip'],
    ['orders.xls', bytes(0xd0, 0xcf, 0x11, 0xe0), 'excel'],
    ['orders.pdf', bytes('%PDF-1.7'), 'pdf'],
    ['orders.csv', bytes(0x89, 'PNG'), 'image'],
    ['orders.csv', bytes(0xff, 0xfe, 'o', 0), 'utf16'],
    ['orders.csv', bytes('ab', 0, 'c'), 'binary'],
    ['orders.csv', bytes(0xef, 0xbb, 0xbf, ' <!doctype html>'), 'markup'],
    ['orders.json', bytes('[{"a":1}]'), 'markup'],
  ] as const)('%s', (name, head, problem) => {
    expect(problemOfHead(name, head)).toBe(problem);
  });

  it('tells an empty file, one that is too large, and one that cannot be read', async () => {
    expect(await lookAtFile(new File([], 'a.csv'))).toBe('empty');
    expect(await lookAtFile({ size: maxFileBytes + 1 } as File)).toBe('tooLarge');
    const gone = { size: 1, name: 'a', slice: () => ({ arrayBuffer: () => Promise.reject(new Error()) }) };
    expect(await lookAtFile(gone as unknown as File)).toBe('unreadable');
    expect(await lookAtFile(new File(['a,b\n1,2\n'], 'a.csv'))).toBeNull();
  });

  it('hashes as the server does', async () => {
    expect(await hashOf(new File(['abc'], 'a.csv'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(await hashOf({ size: 1e9 } as File)).toBeNull();
  });
});
