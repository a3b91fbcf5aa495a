import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetLocalAddress, localTokenPath, readLocalAddress, writeLocalAddress } from './local-address.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mesure-local-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const running = { url: 'http://127.0.0.1:3300', pid: process.pid };

describe('the local address', () => {
  it('is found while the server runs, with its token, and gone after', () => {
    writeFileSync(localTokenPath(folder), 'secret\n', { mode: 0o600 });
    writeLocalAddress(folder, running);
    expect(readLocalAddress(folder)).toEqual({ ...running, token: 'secret' });
    forgetLocalAddress(folder);
    expect(readLocalAddress(folder)).toBeUndefined();
  });

  it('is for its owner only, also where an earlier file was open', () => {
    const path = join(folder, 'running.json');
    writeFileSync(path, '{}', { mode: 0o644 });
    writeLocalAddress(folder, running);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is not believed after a kill -9', () => {
    const { pid } = spawnSync(process.execPath, ['--eval', '']);
    writeFileSync(localTokenPath(folder), 'secret');
    writeLocalAddress(folder, { ...running, pid });
    expect(readLocalAddress(folder)).toBeUndefined();
  });

  it('is not there without a token, or when its file is damaged', () => {
    writeLocalAddress(folder, running);
    expect(readLocalAddress(folder)).toBeUndefined();
    writeFileSync(join(folder, 'running.json'), '{"url":');
    expect(readLocalAddress(folder)).toBeUndefined();
  });
});
