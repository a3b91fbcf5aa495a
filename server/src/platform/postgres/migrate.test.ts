import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestStores, type TestStores } from '#testing';
import { migrate } from './migrate.ts';
import { createDatabase } from './pool.ts';

let stores: TestStores;
let folder: string;
beforeAll(async () => {
  stores = await createTestStores();
  folder = await mkdtemp(join(tmpdir(), 'mesure-migrations-'));
  const owner = createDatabase({ url: stores.ownerUrl });
  await owner.inSystem((tx) => tx.run('drop table schema_migration'));
  await owner.close();
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await stores.close();
});

const add = (name: string, sql: string): Promise<void> => writeFile(join(folder, name), sql);
const go = (): Promise<{ applied: readonly string[] }> =>
  migrate(stores.ownerUrl, folder, { appRole: 'mesure_app' });

describe('migrate', () => {
  it('applies each file once, in order, also when two start together', async () => {
    await add('0002-second.sql', 'alter table one add column b int; insert into one values (1, 2);');
    await add('0001-first.sql', 'create table one (a int);');
    const results = await Promise.all([go(), go()]);
    expect(results.map(({ applied }) => applied.length).sort()).toEqual([0, 2]);
    expect((await go()).applied).toEqual([]);
  });

  it('leaves nothing of a file that fails, and says which line', async () => {
    await add('0003-broken.sql', 'create table two (a int);\n\nselect nothing_like_it from one;\n');
    await expect(go()).rejects.toThrow(/0003-broken\.sql failed at line 3: .*nothing_like_it/);
    await add('0003-broken.sql', 'create table two (a int);');
    expect((await go()).applied).toEqual(['0003-broken.sql']);
  });

  it('refuses a file that changed after it was applied', async () => {
    await add('0002-second.sql', 'select 1;');
    await expect(go()).rejects.toMatchObject({ details: { reason: 'changed_migration' } });
    await add('0002-second.sql', 'alter table one add column b int; insert into one values (1, 2);');
  });

  it('refuses a database of a newer version', async () => {
    await rm(join(folder, '0003-broken.sql'));
    await expect(go()).rejects.toThrow(/newer version of Mesure \(it knows 0003-broken\.sql/);
  });

  it('refuses a file that is not numbered', async () => {
    await add('later.sql', 'select 1;');
    await expect(go()).rejects.toThrow(/later\.sql is not a migration's name/);
  });
});
