import { afterAll, beforeAll, expect, it } from 'vitest';
import { purchases } from '#know/profiles';
import type { Tx } from '#platform/postgres';
import { createTestStores, type TestStores } from '#testing';
import type { NewEvent } from './event.ts';
import { createEventReader } from './reader.ts';
import { type Collect, createCollect } from './service.ts';

let stores: TestStores;
let collect: Collect;
const inWorkspace = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  stores.database.inWorkspace(stores.workspaceId, work);

beforeAll(async () => {
  stores = await createTestStores();
  collect = createCollect(stores);
});
afterAll(() => stores.close());

const order = (messageId: string, profileId: string | null): NewEvent => ({
  name: 'order_completed',
  at: new Date('2026-01-05T10:00:00Z'),
  profileId,
  source: 'import',
  messageId,
  order: {
    orderId: messageId,
    currency: 'EUR',
    revenueMinor: 100,
    lines: [
      {
        sku: 'tea',
        name: 'Tea',
        category: 'drinks',
        quantity: '1',
        unitPrice: '1',
        totalMinor: 100,
        kind: 'product',
        flags: [],
        line: 1,
      },
    ],
  },
});

const lines = async (workspaceId = stores.workspaceId): Promise<number> =>
  (
    await collect.eventReader.query<{ n: number }>(workspaceId, {
      sql: `select count() as n from order_lines
            where profile_id in (select profile_id from events) or profile_id not in (select profile_id from events)`,
    })
  )[0]?.n ?? -1;

it('shows an import all at once, hides it all at once, and knows its purchases', async () => {
  const [importId, buyer] = [stores.ids.next(), stores.ids.next()];
  const target = { workspaceId: stores.workspaceId, importId, token: 'batch-0' };
  await inWorkspace((tx) => collect.bulk.open(tx, importId));
  await collect.bulk.insertEvents(target, [order('1', buyer), order('2', null)]);
  await collect.bulk.insertEvents(target, [order('1', buyer), order('2', null)]);
  expect(await lines()).toBe(0);

  await inWorkspace((tx) => collect.bulk.commit(tx, importId));
  expect(await lines()).toBe(2);
  expect(await lines(stores.otherWorkspaceId)).toBe(0);
  expect((await inWorkspace((tx) => purchases.last(tx, [buyer]))).get(buyer)?.get('tea')?.at).toEqual(
    new Date('2026-01-05T10:00:00Z'),
  );
  await expect(inWorkspace((tx) => collect.bulk.commit(tx, importId))).rejects.toThrow(/committed/);
  await expect(collect.bulk.purge(stores.workspaceId, importId)).rejects.toThrow(/purged/);

  await inWorkspace((tx) => collect.bulk.hide(tx, importId));
  expect(await lines()).toBe(0);
  expect((await inWorkspace((tx) => purchases.last(tx, [buyer]))).size).toBe(0);
  await collect.bulk.purge(stores.workspaceId, importId);
  expect(await lines()).toBe(0);
});

it('keeps the same order of two imports apart', async () => {
  const [one, other] = [stores.ids.next(), stores.ids.next()];
  for (const importId of [one, other]) {
    await inWorkspace((tx) => collect.bulk.open(tx, importId));
    await collect.bulk.insertEvents({ workspaceId: stores.workspaceId, importId, token: '0' }, [
      order('1', null),
    ]);
    await inWorkspace((tx) => collect.bulk.commit(tx, importId));
  }
  expect(await lines()).toBe(2);
  await inWorkspace((tx) => collect.bulk.hide(tx, other));
  while (await collect.settle.tick());
  expect(await lines()).toBe(1);
});

it('shows nothing when the list of committed imports cannot be read', async () => {
  const reader = createEventReader({
    ...stores,
    database: {
      ...stores.database,
      inWorkspace: () => Promise.reject(new Error('no connection')),
    },
  });
  await expect(reader.query(stores.workspaceId, { sql: 'select count() from events' })).rejects.toThrow();
});
