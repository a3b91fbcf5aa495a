import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestStores, type TestStores, testCluster } from '#testing';
import { checkDurability, checkServer } from './check.ts';
import { connectDatabase } from './connect.ts';
import { createDatabase } from './pool.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await createTestStores();
});
afterAll(() => stores.close());

it('accepts a durable server and a plain role', async () => {
  await checkDurability(stores.database);
  await checkServer(stores.database);
});

it('refuses synchronous_commit = off, wherever it was set', async () => {
  const lossy = createDatabase({
    url: `${stores.databaseUrl}&options=${encodeURIComponent('-c synchronous_commit=off')}`,
  });
  await expect(checkDurability(lossy)).rejects.toThrow(/synchronous_commit off.*Set synchronous_commit = on/);
  await lossy.close();
});

it('refuses a role that row-level security does not hold', async () => {
  const { postgres } = await testCluster();
  const admin = createDatabase({ url: postgres.adminUrl });
  await expect(checkServer(admin)).rejects.toMatchObject({ details: { reason: 'role_bypasses_rls' } });
  await admin.close();
});

it('connects to a PostgreSQL of the operator, or says what is wrong with the URL', async () => {
  const database = await connectDatabase({ url: stores.databaseUrl, variable: 'MESURE_DATABASE_URL' });
  expect(await database.inSystem((tx) => tx.one('select 1 as one'))).toEqual({ one: 1 });
  await database.close();
  const missing = {
    url: stores.databaseUrl.replace(/\/test_\w+/, '/no_such_shop'),
    variable: 'MESURE_DATABASE_OWNER_URL',
  };
  await expect(connectDatabase(missing)).rejects.toThrow(
    /^MESURE_DATABASE_OWNER_URL cannot be used: no_such_shop .* There is no database of this name/,
  );
});
