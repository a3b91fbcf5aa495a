import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from './config.ts';
import { readConfig } from './config.ts';
import { examine } from './doctor.ts';
import { localTokenPath, writeLocalAddress } from './local-address.ts';
import { configOn } from './server-for-tests.ts';

let folder: string;
const servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mesure-doctor-'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const listen = (answer: { readonly status: number; readonly body?: unknown }): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer((_request, response) => {
      response.writeHead(answer.status, { connection: 'close' }).end(JSON.stringify(answer.body ?? {}));
    });
    servers.push(server);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });

const wrong = async (change: Partial<Config> = {}) =>
  (await examine({ ok: true, config: { ...configOn(folder), ...change } })).filter(({ ok }) => !ok);

describe('the doctor', () => {
  it('finds nothing where nothing is wrong', async () => {
    expect(await wrong()).toEqual([]);
  });

  it('has something to do for everything that is wrong', async () => {
    const findings = await wrong({
      dataFolder: join(folder, 'a-file'),
      port: await listen({ status: 200 }),
      clickhouseUrl: `http://user:hunter2@127.0.0.1:${await listen({ status: 500 })}/x`,
      databaseUrl: 'postgresql://app:hunter2@127.0.0.1:1/mesure',
      databaseOwnerUrl: 'postgresql://owner:hunter2@127.0.0.1:1/mesure',
    });
    expect(findings.map(({ what }) => what).join('\n')).toMatch(
      /is taken by another program[\s\S]*MESURE_DATABASE_OWNER_URL[\s\S]*MESURE_DATABASE_URL[\s\S]*answered 500/,
    );
    for (const { todo } of findings) expect(todo).toMatch(/\w/);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  it('tells wrong settings before anything else', async () => {
    const findings = await examine(readConfig({ MESURE_PORT: 'x', MESURE_ROLE: 'y' }));
    expect(findings.filter(({ ok }) => !ok).map(({ what }) => what.split(':')[0])).toEqual([
      'MESURE_ROLE',
      'MESURE_PORT',
    ]);
  });

  it('says which folder cannot be written', async () => {
    const dataFolder = join(folder, 'a-file');
    writeFileSync(dataFolder, '');
    expect(await wrong({ dataFolder })).toMatchObject([
      { what: expect.stringContaining(dataFolder), todo: expect.stringContaining('MESURE_DATA_FOLDER') },
    ]);
  });

  it('notices a secret that others can read', async () => {
    writeFileSync(join(folder, 'secret'), 'x', { mode: 0o644 });
    expect(await wrong()).toMatchObject([{ todo: `chmod 600 ${join(folder, 'secret')}` }]);
  });

  it('says that nothing answers at the address of ClickHouse', async () => {
    expect(await wrong({ clickhouseUrl: 'http://127.0.0.1:1/x' })).toMatchObject([
      { what: 'Nothing answers at http://127.0.0.1:1' },
    ]);
  });

  it('asks a running server how its engines are', async () => {
    const engines = [
      { name: 'postgres', ok: true },
      { name: 'clickhouse', ok: false },
    ];
    const port = await listen({ status: 503, body: { status: 'unavailable', engines } });
    writeFileSync(localTokenPath(folder), 'token');
    writeLocalAddress(folder, { url: `http://127.0.0.1:${port}`, pid: process.pid });
    expect((await wrong()).map(({ what }) => what)).toEqual([
      `Running at http://127.0.0.1:${port}, not ready`,
      'clickhouse does not answer',
    ]);
  });

  it('names the process of a server that hangs', async () => {
    writeFileSync(localTokenPath(folder), 'token');
    writeLocalAddress(folder, { url: 'http://127.0.0.1:1', pid: process.pid });
    expect(await wrong()).toMatchObject([{ what: expect.stringContaining(`process ${process.pid}`) }]);
  });
});
