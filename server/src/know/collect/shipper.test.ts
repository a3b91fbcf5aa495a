import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { purchases } from '#know/profiles';
import type { ClickHouse } from '#platform/clickhouse';
import type { Database, Tx } from '#platform/postgres';
import { createTestStores, type TestStores } from '#testing';
import type { LoggedEvent, NewEvent } from './event.ts';
import { type Collect, createCollect } from './service.ts';

const HOUR_MS = 3_600_000;

let stores: TestStores;
let collect: Collect;
let workspaceId: string;
let told: string[];
/** What fails next, once. */
let failing: string | undefined;

class Crash extends Error {}
const crashAt = (step: string): void => {
  if (failing !== step) return;
  failing = undefined;
  throw new Crash(step);
};

/** The real stores, which can lose their client before and after each step. */
const fragile = (): { database: Database; clickhouse: ClickHouse } => {
  let transaction = 0;
  return {
    database: {
      ...stores.database,
      inWorkspace: async (id, work, options) => {
        const step = ['batch', 'finish'][transaction++ % 2] ?? '';
        if (options?.readOnly) return stores.database.inWorkspace(id, work, options);
        crashAt(`before ${step}`);
        const answer = await stores.database.inWorkspace(
          id,
          async (tx) => {
            const inside = await work(tx);
            crashAt(`inside ${step}`);
            return inside;
          },
          options,
        );
        crashAt(`after ${step}`);
        return answer;
      },
    },
    clickhouse: {
      ...stores.clickhouse,
      insert: async (insert) => {
        crashAt('before insert');
        await stores.clickhouse.insert(insert);
        crashAt('after insert');
      },
    },
  };
};

const subscriber = async (tx: Tx, events: readonly LoggedEvent[]): Promise<void> => {
  await tx.run(
    `insert into last_purchase (workspace_id, profile_id, sku, category, at, quantity)
     select app_workspace(), $1, 'told-' || m, '', now(), 1 from unnest($2::text[]) as m`,
    [
      stores.ids.next(),
      events.map(({ source, messageId }) => (source === 'test' ? messageId : `${source} ${messageId}`)),
    ],
  );
  crashAt('inside subscriber');
};

const open = (batch = 3): Collect => {
  const opened = createCollect({ ...stores, ...fragile(), shipBatch: batch });
  opened.onShipped(subscriber);
  opened.onShipped(async (_tx, events) => {
    told.push(...events.map(({ messageId }) => messageId));
  });
  return opened;
};

const inWorkspace = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  stores.database.inWorkspace(workspaceId, work);

const event = (messageId: string, more: Partial<NewEvent> = {}): NewEvent => ({
  name: 'page_viewed',
  at: stores.clock.now(),
  profileId: null,
  source: 'test',
  messageId,
  ...more,
});

/** Ships everything, restarting after each crash as a supervisor would. */
const shipAll = async (): Promise<number> => {
  let crashes = 0;
  let shipper = open().shipper;
  for (;;) {
    try {
      if ((await shipper.tick(workspaceId)).shipped === 0) return crashes;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      crashes += 1;
      shipper = open().shipper;
    }
  }
};

const arrived = (): Promise<{ id: string; n: number }[]> =>
  collect.eventReader.query(workspaceId, {
    sql: 'select count() as n, event_id as id from events group by id',
  });

const toldInDatabase = async (): Promise<string[]> =>
  (
    await inWorkspace((tx) =>
      tx.rows<{ sku: string }>(
        `select sku from last_purchase where sku >= 'told-' and sku < 'told.' order by sku`,
      ),
    )
  ).map(({ sku }) => sku.slice(5));

beforeAll(async () => {
  stores = await createTestStores();
});
afterAll(() => stores.close());
beforeEach(() => {
  // A fresh workspace each time: everything that follows counts from zero.
  workspaceId = stores.ids.next();
  collect = open();
  told = [];
  failing = undefined;
});

describe('the shipper', () => {
  for (const step of [
    'before batch',
    'inside batch',
    'after batch',
    'before insert',
    'after insert',
    'before finish',
    'inside subscriber',
    'inside finish',
    'after finish',
  ])
    it(`loses nothing and tells nothing twice after a crash ${step}`, async () => {
      const ids = Array.from({ length: 10 }, (_, index) => `m${index}`);
      await inWorkspace((tx) =>
        collect.append(
          tx,
          ids.map((id) => event(id)),
        ),
      );
      failing = step;
      expect(await shipAll()).toBe(1);
      const rows = await arrived();
      // Raw rows, without FINAL: not even a duplicate that would be merged away.
      expect(rows.map(({ n }) => n)).toEqual(Array(10).fill(1));
      expect(await toldInDatabase()).toEqual(ids);
      expect(await inWorkspace(collect.waiting)).toBe(0);
    });

  it('takes each message once, even in one call and across calls', async () => {
    await inWorkspace((tx) => collect.append(tx, [event('a'), event('a'), event('b')]));
    await inWorkspace((tx) => collect.append(tx, [event('b'), event('b', { source: 'other' })]));
    await shipAll();
    expect((await arrived()).length).toBe(3);
    expect(told.sort()).toEqual(['a', 'b', 'b']);
  });

  it('keeps what a rolled-back transaction said to itself', async () => {
    await expect(
      inWorkspace(async (tx) => {
        await collect.append(tx, [event('gone')]);
        throw new Crash('rolled back');
      }),
    ).rejects.toThrow(Crash);
    await shipAll();
    expect(await arrived()).toEqual([]);
  });

  it('never passes a transaction that is still running', async () => {
    const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
    const { promise: written, resolve: wrote } = Promise.withResolvers<void>();
    const slow = inWorkspace(async (tx) => {
      await collect.append(tx, [event('slow')]);
      wrote();
      await mayCommit;
    });
    await written;
    await inWorkspace((tx) => collect.append(tx, [event('quick')]));
    await shipAll();
    expect(told).toEqual([]);
    commit();
    await slow;
    await shipAll();
    expect(told).toEqual(['slow', 'quick']);
  });

  it('tells once when two shippers run at once', async () => {
    await inWorkspace((tx) =>
      collect.append(
        tx,
        Array.from({ length: 30 }, (_, index) => event(`m${index}`)),
      ),
    );
    await Promise.all([shipAll(), shipAll(), shipAll()]);
    expect((await arrived()).map(({ n }) => n)).toEqual(Array(30).fill(1));
    expect((await toldInDatabase()).length).toBe(30);
  });

  it('teaches the purchase brake what was bought, and shows orders line by line', async () => {
    const profileId = stores.ids.next();
    const line = {
      sku: 'tea',
      name: 'Thé',
      category: 'drinks',
      quantity: '2.5',
      unitPrice: '0.055',
      totalMinor: 14,
      kind: 'product',
      flags: [],
      line: 7,
    };
    const order = {
      orderId: 'o1',
      currency: 'EUR',
      revenueMinor: 514,
      lines: [
        line,
        { ...line, sku: 'POST', kind: 'postage', totalMinor: 500 },
        { ...line, sku: 'back', flags: ['returned'] },
      ],
    };
    await inWorkspace((tx) =>
      collect.append(tx, [event('o', { name: 'order_completed', profileId, order })]),
    );
    await shipAll();
    const last = await inWorkspace((tx) => purchases.last(tx, [profileId]));
    expect([...(last.get(profileId)?.entries() ?? [])]).toEqual([
      ['tea', { at: stores.clock.now(), category: 'drinks' }],
    ]);
    const lines = await collect.eventReader.query(workspaceId, {
      sql: 'select sku, item_name, category, quantity, unit_price, total_minor, kind, flags, line, order_id from order_lines order by line, sku limit 1 offset 2',
    });
    expect(lines).toEqual([
      {
        sku: 'tea',
        item_name: 'Thé',
        category: 'drinks',
        quantity: '2.5',
        unit_price: '0.055',
        total_minor: 14,
        kind: 'product',
        flags: '',
        line: 7,
        order_id: 'o1',
      },
    ]);
    const [entry] = await collect.timeline.timeline(workspaceId, { profileId, limit: 10 });
    expect(entry).toMatchObject({ name: 'order_completed', order: { id: 'o1', revenueMinor: 514 } });
    expect(entry?.order?.items[0]).toEqual({ sku: 'tea', name: 'Thé', quantity: '2.5', totalMinor: 14 });
  });

  it('refuses an event that the event store could never take, naming the field', async () => {
    for (const bad of [
      event('x', { at: new Date('9999-01-01') }),
      event('x', { at: new Date(Number.NaN) }),
      event('x', { numbers: { size: Number.POSITIVE_INFINITY } }),
    ])
      await expect(inWorkspace((tx) => collect.append(tx, [bad]))).rejects.toThrow(/must be/);
    await inWorkspace((tx) => collect.append(tx, [event('nul\0', { text: { 'k\0': '\0\ud800' } })]));
    await shipAll();
    expect((await arrived()).length).toBe(1);
  });

  it('forgets what was shipped 48 hours ago, never what waits', async () => {
    await inWorkspace((tx) => collect.append(tx, [event('old')]));
    await shipAll();
    await inWorkspace((tx) => collect.append(tx, [event('waiting')]));
    stores.clock.advance(49 * HOUR_MS);
    expect(await collect.shipper.prune(workspaceId)).toEqual({ removed: 1 });
    expect(await inWorkspace(collect.waiting)).toBe(1);
    // The same message much later has the same event id: the event store replaces, and counts one.
    await inWorkspace((tx) =>
      collect.append(tx, [event('old', { at: new Date(stores.clock.now().getTime() - 49 * HOUR_MS) })]),
    );
    await shipAll();
    const [counted] = await collect.eventReader.query<{ n: number }>(workspaceId, {
      sql: 'select count() as n from events final',
    });
    expect(counted?.n).toBe(2);
  });
});
