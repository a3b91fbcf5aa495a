import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJobs } from '#platform/jobs';
import { createDatabase, type PooledDatabase } from '#platform/postgres';
import { CLICKHOUSE_MIGRATIONS, createTestStores, type TestStores, testCluster } from '#testing';
import { createBackup } from './backup.ts';
import type { Manifest } from './manifest.ts';
import { restoreBackup } from './restore.ts';
import { createRestoreHold } from './restore-hold.ts';
import { advanceTransactionIds } from './transaction-ids.ts';

let stores: TestStores;
let folder: string;
let manifest: Manifest;
let restored: PooledDatabase;
let target: { readonly url: string; readonly ownerUrl: string };
const migrations = join(CLICKHOUSE_MIGRATIONS, '..');
const FAR = 9_000_000_000;

const logRow = (xid: number, seq: number, workspaceId: string): readonly unknown[] => [
  workspaceId,
  String(FAR + xid),
  seq,
  `m${xid}-${seq}`,
];

const fill = async (): Promise<void> => {
  const { database, clickhouse, workspaceId, otherWorkspaceId, ids } = stores;
  for (const id of [workspaceId, otherWorkspaceId]) {
    await database.inWorkspace(id, async (tx) => {
      // Committed out of order, and of a server that is nine billion transactions old.
      for (const [xid, seq] of [
        [10, 5],
        [9, 6],
        [11, 4],
        [11, 7],
      ] as const) {
        await tx.run(
          `insert into event_log (workspace_id, xid, seq, event_id, source, message_id, name, at, received_at, body)
           values ($1, $2::text::xid8, $3, gen_random_uuid(), 'test', $4, 'page_viewed', now(), now(), '{"text": {"a": "\\u00e9\\t\\\\"}}')`,
          logRow(xid, seq, id),
        );
      }
      await tx.run('insert into ship_cursor (workspace_id, xid, seq) values ($1, $2::text::xid8, 6)', [
        id,
        String(FAR + 9),
      ]);
      await createJobs().add(tx, { name: 'test.later', payload: { workspaceId: id } });
      await tx.run("select nextval('event_log_seq') from generate_series(1, 41)");
    });
  }
  await database.inSystem((tx) =>
    tx.run("update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gone'"),
  );
  await clickhouse.insert({
    table: 'events',
    token: 'backup-test',
    rows: Array.from({ length: 300 }, (_, index) => ({
      workspace_id: index % 2 === 0 ? workspaceId : otherWorkspaceId,
      event_id: ids.next(),
      name: 'order_completed',
      at: new Date(Date.UTC(2026, index % 5, 1 + (index % 28), 1, 2, 3, 4)),
      text: { note: `L'été\n"${index}"` },
      numbers: { score: 0.1 + index },
      revenue_minor: '9007199254740993',
      item_unit_price: ['0.123456'],
      item_line: [String(2n ** 63n + BigInt(index))],
    })),
  });
};

const eventsNow = (): Promise<unknown[]> =>
  stores.clickhouse.query({
    sql: 'select *, toString(revenue_minor) as exact, toString(item_line) as line from events order by event_id',
  });

let eventsBefore: unknown[];

beforeAll(async () => {
  stores = await createTestStores();
  folder = await mkdtemp(join(tmpdir(), 'mesure-backup-'));
  await fill();
  eventsBefore = await eventsNow();
  await writeFile(join(folder, 'root-secret'), 'v1 x\n', { mode: 0o600 });
  manifest = await createBackup({
    folder: join(folder, 'backup'),
    ownerUrl: stores.ownerUrl,
    clickhouse: stores.clickhouse,
    secretFile: join(folder, 'root-secret'),
    clock: stores.clock,
    ids: stores.ids,
  });
});
afterAll(async () => {
  await restored?.close();
  await rm(folder, { recursive: true, force: true });
  await stores.close();
});

const restore = (from = join(folder, 'backup'), secretFile?: string): Promise<Manifest> =>
  restoreBackup({
    folder: from,
    ownerUrl: target.ownerUrl,
    appRole: 'mesure_app',
    migrations,
    clickhouse: stores.clickhouse,
    clock: stores.clock,
    ...(secretFile === undefined ? {} : { secretFile }),
  });

describe('a backup', () => {
  it('has every table with its count, is for its owner only, and says what it was made from', async () => {
    const rows = Object.fromEntries(manifest.postgres.tables.map(({ name, rows: count }) => [name, count]));
    expect(rows).toMatchObject({ workspace: 2, event_log: 8, ship_cursor: 2, _private_jobs: 2, profile: 0 });
    expect(manifest.clickhouse.tables.find(({ name }) => name === 'events')?.rows).toBe(300);
    expect(manifest.secret).toBe(true);
    for (const entry of await readdir(join(folder, 'backup'), { recursive: true, withFileTypes: true })) {
      const { mode } = await stat(join(entry.parentPath, entry.name));
      expect([entry.name, mode & 0o077]).toEqual([entry.name, 0]);
    }
  });

  it('wants a folder of its own', async () => {
    const again = createBackup({
      folder: join(folder, 'backup'),
      ownerUrl: stores.ownerUrl,
      clickhouse: stores.clickhouse,
      clock: stores.clock,
      ids: stores.ids,
    });
    await expect(again).rejects.toMatchObject({ details: { reason: 'folder_not_empty' } });
  });
});

describe('a restore', () => {
  it('is refused on stores that hold anything, and when the backup is damaged, unfinished or of a newer version', async () => {
    target = { url: stores.databaseUrl, ownerUrl: stores.ownerUrl };
    await expect(restore()).rejects.toThrow(/event store is not empty/);
    await stores.clickhouse.command('truncate table events');
    await expect(restore()).rejects.toThrow(/database is not empty/);

    target = await (await testCluster()).createDatabase();
    const copy = join(folder, 'copy');
    await mkdir(copy);
    await expect(restore(copy)).rejects.toMatchObject({ details: { reason: 'no_manifest' } });
    const changed = (change: (text: string) => string): Promise<void> =>
      readFile(join(folder, 'backup/manifest.json'), 'utf8').then((text) =>
        writeFile(join(copy, 'manifest.json'), change(text)),
      );
    await changed((text) =>
      text.replace('0012-collect.sql', '9999-future.sql').replace('"number": 12', '"number": 9999'),
    );
    await expect(restore(copy)).rejects.toThrow(/newer or another version of Mesure \(9999-future/);
    await changed((text) => text);
    await expect(restore(copy)).rejects.toMatchObject({ details: { reason: 'missing_file' } });
    await cp(join(folder, 'backup'), copy, { recursive: true });
    const file = join(copy, 'postgres/public.workspace.copy.gz');
    const bytes = await readFile(file);
    bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
    await writeFile(file, bytes);
    await expect(restore(copy)).rejects.toThrow(/workspace\.copy\.gz is damaged/);
  });

  it('brings everything back, in both stores', async () => {
    await restore(join(folder, 'backup'), join(folder, 'restored-secret'));
    expect(await readFile(join(folder, 'restored-secret'), 'utf8')).toBe('v1 x\n');
    expect(await eventsNow()).toEqual(eventsBefore);
    restored = createDatabase({ url: target.url });
    const all = `select workspace_id, seq, event_id, message_id, at, body from event_log order by seq`;
    for (const id of [stores.workspaceId, stores.otherWorkspaceId]) {
      const before = await stores.database.inWorkspace(id, (tx) => tx.rows(all));
      expect(before).toHaveLength(4);
      expect(await restored.inWorkspace(id, (tx) => tx.rows(all))).toEqual(before);
    }
    const next = await restored.inSystem((tx) =>
      tx.one<{ n: number }>("select nextval('event_log_seq') as n"),
    );
    expect(next.n).toBeGreaterThan(41);
    expect(
      await restored.inSystem((tx) => tx.rows('select locked_by from graphile_worker._private_jobs')),
    ).toEqual([{ locked_by: null }, { locked_by: null }]);
  });

  it('gives the log ids of this server, in their order, all readable now', async () => {
    const unshipped = await restored.inWorkspace(stores.workspaceId, (tx) =>
      tx.rows(`select event_log.seq from event_log, ship_cursor c
               where (event_log.xid, event_log.seq) > (c.xid, c.seq) and event_log.xid < pg_snapshot_xmin(pg_current_snapshot())
               order by event_log.xid, event_log.seq`),
    );
    expect(unshipped).toEqual([{ seq: 5 }, { seq: 4 }, { seq: 7 }]);
  });

  it('leaves row-level security forced, triggers on, foreign keys in place', async () => {
    const schema = `select 'table' as kind, relname::text as name, relforcerowsecurity::text as state from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      union all select 'trigger', tgname::text, tgenabled::text from pg_trigger where not tgisinternal
      union all select 'key', conname::text, pg_get_constraintdef(oid) from pg_constraint where contype = 'f' order by 1, 2, 3`;
    const [before, after] = await Promise.all(
      [stores.database, restored].map((database) => database.inSystem((tx) => tx.rows(schema))),
    );
    expect(after).toEqual(before);
    expect(await restored.inSystem((tx) => tx.rows('select seq from event_log'))).toEqual([]);
  });

  it('holds sends in every workspace until a person releases them', async () => {
    const hold = createRestoreHold();
    const here = stores.workspaceId;
    expect(await stores.database.inWorkspace(here, (tx) => hold.active(tx))).toBeNull();
    expect(await restored.inWorkspace(here, (tx) => hold.active(tx))).toEqual({
      backupAt: new Date(manifest.createdAt),
      restoredAt: stores.clock.now(),
    });
    const release = { by: 'Camille', at: stores.clock.now() };
    expect(await restored.inWorkspace(here, (tx) => hold.release(tx, release))).toBe(true);
    expect(await restored.inWorkspace(here, (tx) => hold.release(tx, release))).toBe(false);
    expect(await restored.inWorkspace(here, (tx) => hold.active(tx))).toBeNull();
    expect(await restored.inWorkspace(stores.otherWorkspaceId, (tx) => hold.active(tx))).not.toBeNull();
  });
});

it('brings the counter of transactions up to where it is needed', async () => {
  const client = new pg.Client({ connectionString: stores.ownerUrl });
  await client.connect();
  const current = async (): Promise<number> =>
    Number((await client.query<{ id: string }>('select pg_current_xact_id()::text as id')).rows[0]?.id);
  const wanted = (await current()) + 45_000;
  await advanceTransactionIds(client, wanted);
  expect(await current()).toBeGreaterThanOrEqual(wanted);
  await client.end();
});
