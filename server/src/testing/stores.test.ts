import { afterAll, expect, it } from 'vitest';
import { createTestStores } from './stores.ts';

const opened: { close: () => Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map((stores) => stores.close())));

it('gives each call a database and workspaces of its own, with every migration applied', async () => {
  const [one, two] = [await createTestStores(), await createTestStores()];
  opened.push(one, two);
  const seen = await one.database.inSystem((tx) =>
    tx.rows<{ id: string }>('select id from workspace order by id'),
  );
  expect(seen.map(({ id }) => id)).toEqual([one.workspaceId, one.otherWorkspaceId]);
  expect(two.workspaceId).not.toBe(one.workspaceId);
  const applied = await one.database.inSystem((tx) => tx.rows('select number from schema_migration'));
  expect(applied.length).toBeGreaterThan(0);
  expect(await one.clickhouse.query({ sql: 'select 1 as one' })).toEqual([{ one: 1 }]);
  expect(await two.clickhouse.query({ sql: 'select count() as n from events' })).toEqual([{ n: 0 }]);
});
