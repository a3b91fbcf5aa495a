import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '#platform/errors';
import { createTestStores, type TestStores } from '#testing';
import type { Database, Tx } from './database.ts';
import { createDatabase } from './pool.ts';
import { sqlStateOf } from './translate.ts';

let stores: TestStores;
let database: Database;
beforeAll(async () => {
  stores = await createTestStores();
  database = stores.database;
  const owner = createDatabase({ url: stores.ownerUrl });
  await owner.inSystem(async (tx) => {
    await tx.run('create table counter (id int primary key, n bigint not null)');
    await tx.run('grant all on counter to mesure_app');
    await tx.run('insert into counter select i, 0 from generate_series(1, 20) i');
  });
  await owner.close();
});
afterAll(() => stores.close());

const system = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.inSystem(work);

describe('values', () => {
  it('arrive in the types that the port promises', async () => {
    const row = await system((tx) =>
      tx.one(
        `select 9007199254740991::bigint as big, 0.10::numeric as price, timestamptz '2026-03-29 02:30+01' as at,
                date '2026-03-29' as day, '{"a":[1]}'::jsonb as doc, '\\x00ff'::bytea as raw, array[1,null]::bigint[] as bigs,
                array[0.10,2]::numeric[] as prices, array['a','b']::text[] as words,
                array['00000000-0000-0000-0000-000000000001']::uuid[] as ids, array[date '2026-03-29'] as days`,
      ),
    );
    expect(row).toEqual({
      big: 9007199254740991,
      price: '0.10',
      at: new Date('2026-03-29T01:30:00Z'),
      day: '2026-03-29',
      doc: { a: [1] },
      raw: Buffer.from([0, 255]),
      bigs: [1, null],
      prices: ['0.10', '2'],
      words: ['a', 'b'],
      ids: ['00000000-0000-0000-0000-000000000001'],
      days: ['2026-03-29'],
    });
  });

  it('never lose digits silently', async () => {
    await expect(system((tx) => tx.one('select 9007199254740993::bigint as n'))).rejects.toThrow();
  });
});

describe('rows', () => {
  it('one wants exactly one, maybe at most one, run counts', async () => {
    expect(await system((tx) => tx.maybe('select 1 as a where false'))).toBeUndefined();
    await expect(system((tx) => tx.one('select 1 as a where false'))).rejects.toMatchObject({
      code: 'internal',
    });
    await expect(system((tx) => tx.maybe('select generate_series(1, 2)'))).rejects.toMatchObject({
      code: 'internal',
    });
    expect(await system((tx) => tx.run('update counter set n = n where id < 4'))).toBe(3);
  });
});

describe('a transaction', () => {
  it('carries its workspace, and the next one on the same connection does not', async () => {
    const current = (tx: Tx): Promise<{ id: string | null }> => tx.one('select app_workspace() as id');
    const one = createDatabase({ url: stores.databaseUrl, poolSize: 1 });
    expect(await one.inWorkspace(stores.workspaceId, current)).toEqual({ id: stores.workspaceId });
    expect(await one.inSystem(current)).toEqual({ id: null });
    expect(await one.inWorkspace(stores.otherWorkspaceId, current)).toEqual({ id: stores.otherWorkspaceId });
    await one.close();
  });

  it('takes nothing but a UUID for a workspace', async () => {
    await expect(
      database.inWorkspace("x'; drop table counter; --", (tx) => tx.rows('select 1')),
    ).rejects.toMatchObject({
      code: 'internal',
    });
  });

  it('rolls back when the work throws, and hands the error on as it was', async () => {
    const mine = new Error('mine');
    await expect(
      system(async (tx) => {
        await tx.run('update counter set n = 99 where id = 1');
        throw mine;
      }),
    ).rejects.toBe(mine);
    expect(await system((tx) => tx.one('select n from counter where id = 1'))).toEqual({ n: 0 });
  });

  it('does not pretend to have committed after a failed statement was caught', async () => {
    await expect(
      system(async (tx) => {
        await tx.run('select 1/0').catch(() => undefined);
      }),
    ).rejects.toMatchObject({ code: 'internal' });
  });

  it('may be read only', async () => {
    await expect(
      database.inSystem((tx) => tx.run('update counter set n = 1'), {
        readOnly: true,
        isolation: 'repeatable read',
      }),
    ).rejects.toSatisfy((error) => sqlStateOf(error) === '25006');
  });

  it('runs again after a serialization failure and after a deadlock', async () => {
    const add = (id: number): Promise<void> =>
      database.inSystem(
        async (tx) => {
          const { n } = await tx.one<{ n: number }>('select n from counter where id = $1', [id]);
          await tx.run('update counter set n = $2 where id = $1', [id, n + 1]);
        },
        { isolation: 'serializable' },
      );
    await Promise.all([add(10), add(10), add(10)]);
    expect(await system((tx) => tx.one('select n from counter where id = 10'))).toEqual({ n: 3 });

    let waiting = 0;
    let go: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      go = resolve;
    });
    const cross = (first: number, second: number): Promise<void> =>
      system(async (tx) => {
        await tx.run('update counter set n = n + 1 where id = $1', [first]);
        waiting += 1;
        if (waiting >= 2) go();
        await both;
        await tx.run('update counter set n = n + 1 where id = $1', [second]);
      });
    await Promise.all([cross(11, 12), cross(12, 11)]);
    expect(await system((tx) => tx.rows('select n from counter where id in (11, 12)'))).toEqual([
      { n: 2 },
      { n: 2 },
    ]);
  });
});

describe('errors', () => {
  it('of a unique key are conflicts that quote no value', async () => {
    const error = await system((tx) => tx.run('insert into counter values (1, 0)')).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: 'conflict',
      details: { reason: 'unique_violation', table: 'counter', constraint: 'counter_pkey' },
    });
    expect((error as AppError).message).not.toContain('1');
  });

  it('of a lost connection are unavailable, and the next transaction works', async () => {
    const lost = system((tx) => tx.run('select pg_terminate_backend(pg_backend_pid())'));
    await expect(lost).rejects.toMatchObject({ code: 'unavailable' });
    expect(await system((tx) => tx.one('select 1 as one'))).toEqual({ one: 1 });
  });

  it('of a server that is not there are unavailable', async () => {
    const nowhere = createDatabase({ url: 'postgresql://nobody@127.0.0.1:1/none' });
    await expect(nowhere.inSystem((tx) => tx.rows('select 1'))).rejects.toMatchObject({
      code: 'unavailable',
    });
    await nowhere.close();
  });
});
