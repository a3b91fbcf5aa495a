import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** A process that passes `recorded` three times, and says each time that it lived. */
const passThrice = (setting: string | undefined) => {
  const { stdout, signal } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { writeSync } from 'node:fs';
       const { failpointOf } = await import(${JSON.stringify(new URL('failpoint.ts', import.meta.url).href)});
       const pass = failpointOf(${JSON.stringify(setting)});
       for (const point of ['claim.committed', 'recorded', 'recorded', 'recorded']) { pass(point); writeSync(1, point + ' '); }`,
    ],
    { encoding: 'utf8' },
  );
  return { passed: stdout.trim().split(' '), signal };
};

describe('a failpoint', () => {
  it('ends the process with SIGKILL at the first passage', () => {
    expect(passThrice('recorded')).toEqual({ passed: ['claim.committed'], signal: 'SIGKILL' });
  });

  it('or at the one that is asked for', () => {
    expect(passThrice('recorded:3')).toEqual({
      passed: ['claim.committed', 'recorded', 'recorded'],
      signal: 'SIGKILL',
    });
  });

  it('does nothing at other points, and nothing at all when it is not set', () => {
    expect(passThrice('elsewhere')).toEqual({
      passed: ['claim.committed', 'recorded', 'recorded', 'recorded'],
      signal: null,
    });
    expect(passThrice(undefined).signal).toBeNull();
  });
});
