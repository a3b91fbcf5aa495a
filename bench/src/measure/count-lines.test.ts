import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { countRecords } from './count-lines.ts';

it('counts records, not line ends, with and without gzip', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mesure-count-'));
  const count = (name: string, text: string): number => {
    const path = join(folder, name);
    writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
    return countRecords(path);
  };
  expect(count('plain.csv', 'a,b\n1,2\n3,4\n')).toBe(2);
  expect(count('crlf.csv', 'a,b\r\n1,2\r\n\r\n3,4')).toBe(2);
  expect(count('quoted.csv.gz', 'a,b\n1,"two\nlines ""so"""\n3,4\n')).toBe(2);
  expect(count('empty.csv', '')).toBe(0);
  rmSync(folder, { recursive: true, force: true });
});
