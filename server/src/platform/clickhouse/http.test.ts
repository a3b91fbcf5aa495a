import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serveChdb } from './chdb-over-http.ts';
import { clickHouseConformance } from './conformance.suite.ts';
import { openClickHouseHttp } from './http.ts';

const realServer = process.env['MESURE_TEST_CLICKHOUSE_URL'];

clickHouseConformance('chDB over HTTP', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mesure-chdb-http-'));
  const server = await serveChdb(folder);
  const clickhouse = openClickHouseHttp({ url: server.url, queryMemoryBytes: 1_000_000_000 });
  return {
    clickhouse,
    close: async () => {
      await clickhouse.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});

if (realServer !== undefined) {
  clickHouseConformance('a real server', async () => {
    const clickhouse = openClickHouseHttp({ url: realServer });
    return { clickhouse, close: () => clickhouse.close() };
  });
}

describe('a server that is not there', () => {
  it('is unavailable', async () => {
    const clickhouse = openClickHouseHttp({ url: 'http://127.0.0.1:1' });
    await expect(clickhouse.version()).rejects.toMatchObject({ code: 'unavailable' });
    await clickhouse.close();
  });
});
