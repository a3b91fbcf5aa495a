import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openChdb } from './chdb.ts';
import { clickHouseConformance } from './conformance.suite.ts';

const temporary = (): Promise<string> => mkdtemp(join(tmpdir(), 'mesure-chdb-'));

clickHouseConformance('chDB in this process', async () => {
  const folder = await temporary();
  const clickhouse = await openChdb({ folder, memoryBytes: 2_000_000_000 });
  return {
    clickhouse,
    close: async () => {
      await clickhouse.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});

describe('a folder of chDB', () => {
  const FIXTURE = fileURLToPath(new URL('./open-and-insert.fixture.ts', import.meta.url));

  it('belongs to one process, and keeps what was acknowledged before a kill -9', async () => {
    const folder = await temporary();
    const child = spawn(process.execPath, [FIXTURE, folder], { stdio: ['ignore', 'pipe', 'ignore'] });
    let acknowledged = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line);
      if (acknowledged === 3) await expect(openChdb({ folder })).rejects.toThrow(/open in another process/);
      if (acknowledged >= 8) child.kill('SIGKILL');
    }
    if (child.signalCode === null) await once(child, 'exit');
    const clickhouse = await openChdb({ folder, memoryBytes: 2_000_000_000 });
    const [found] = await clickhouse.query<{ n: number }>({ sql: 'select uniqExact(id) as n from kept' });
    expect(found?.n).toBeGreaterThanOrEqual(acknowledged);
    await clickhouse.close();
    await rm(folder, { recursive: true });
  });
});
