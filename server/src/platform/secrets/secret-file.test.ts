import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadSecrets, rotateSecrets } from './secret-file.ts';
import { createTokens } from './tokens.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mesure-secret-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('makes one secret for all first starts, for the owner only', async () => {
  const path = join(folder, 'first', 'secret');
  const loaded = await Promise.all([1, 2, 3, 4].map(() => loadSecrets(path)));
  expect(new Set(loaded.map((secrets) => secrets.key('x').toString('hex'))).size).toBe(1);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, 'first'))).toEqual(['secret']);
});

it('refuses a file that others can read, and a damaged one', async () => {
  const path = join(folder, 'open');
  await loadSecrets(path);
  await chmod(path, 0o640);
  await expect(loadSecrets(path)).rejects.toThrow(/chmod 600/);
  await writeFile(path, 'v1 short\n');
  await chmod(path, 0o600);
  await expect(loadSecrets(path)).rejects.toThrow(/damaged/);
});

it('rotates without voiding what was sent', async () => {
  const path = join(folder, 'rotated');
  const token = createTokens(await loadSecrets(path)).sign('unsubscribe', 'a');
  const rotated = await rotateSecrets(path);
  expect(rotated.currentKeyId).toBe('v2');
  expect(createTokens(await loadSecrets(path)).verify('unsubscribe', token)).toBe('a');
});
