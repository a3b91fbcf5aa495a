import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestStores, type TestStores } from '#testing';
import type { Tx } from './database.ts';
import { createDatabase } from './pool.ts';
import { sqlStateOf } from './translate.ts';

let stores: TestStores;
const NOT_ALLOWED = '42501';

beforeAll(async () => {
  stores = await createTestStores();
  const owner = createDatabase({ url: stores.ownerUrl });
  await owner.inSystem(async (tx) => {
    await tx.run("select set_config('mesure.app_role', 'mesure_app', true)");
    await tx.run('create table fact (workspace_id uuid not null, id int primary key)');
    await tx.run('create table ledger (workspace_id uuid not null, id int primary key)');
    await tx.run("call protect_workspace_table('fact')");
    await tx.run("call append_only_workspace_table('ledger')");
  });
  // The owner too is held by the policies: they are forced.
  for (const [index, workspaceId] of [stores.workspaceId, stores.otherWorkspaceId].entries()) {
    await owner.inWorkspace(workspaceId, async (tx) => {
      await tx.run('insert into fact values ($1, $2)', [workspaceId, index]);
      await tx.run('insert into ledger values ($1, $2)', [workspaceId, index]);
      expect(await tx.rows('select id from fact')).toEqual([{ id: index }]);
    });
  }
  expect(await owner.inSystem((tx) => tx.rows('select id from fact'))).toEqual([]);
  await owner.close();
});
afterAll(() => stores.close());

const here = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  stores.database.inWorkspace(stores.workspaceId, work);
const refused = async (sql: string, values: readonly unknown[] = []): Promise<string | undefined> =>
  here((tx) => tx.run(sql, values)).then(
    () => 'done',
    (error: unknown) => sqlStateOf(error),
  );

describe('the application role', () => {
  it('sees, changes and writes its own workspace only', async () => {
    expect(await here((tx) => tx.rows('select id from fact'))).toEqual([{ id: 0 }]);
    expect(await here((tx) => tx.run('update fact set id = id + 10 where id = 1'))).toBe(0);
    expect(
      await here((tx) => tx.run('delete from fact where workspace_id = $1', [stores.otherWorkspaceId])),
    ).toBe(0);
    expect(await refused('insert into fact values ($1, 7)', [stores.otherWorkspaceId])).toBe(NOT_ALLOWED);
    expect(await refused('update fact set workspace_id = $1', [stores.otherWorkspaceId])).toBe(NOT_ALLOWED);
    expect(await stores.database.inSystem((tx) => tx.rows('select id from fact'))).toEqual([]);
  });

  it('appends to a ledger and cannot change or empty it', async () => {
    expect(await refused('insert into ledger values ($1, 20)', [stores.workspaceId])).toBe('done');
    for (const sql of ['update ledger set id = 99', 'delete from ledger', 'truncate ledger']) {
      expect(await refused(sql)).toBe(NOT_ALLOWED);
    }
  });

  it('cannot get around it', async () => {
    for (const sql of [
      'set local role mesure_owner',
      'set local session authorization mesure_owner',
      'alter table fact disable row level security',
      'alter table fact no force row level security',
      'drop policy workspace on fact',
      'alter role mesure_app bypassrls',
      'create table mine (id int)',
      "copy fact to program 'cat'",
    ]) {
      expect([sql, await refused(sql)]).toEqual([sql, NOT_ALLOWED]);
    }
    // PostgreSQL answers this one with a warning, and grants nothing.
    await refused('grant update on ledger to mesure_app');
    expect(await refused('update ledger set id = 99')).toBe(NOT_ALLOWED);
    const unfiltered = here(async (tx) => {
      await tx.run("select set_config('row_security', 'off', true)");
      return tx.rows('select id from fact');
    });
    await expect(unfiltered).rejects.toSatisfy((error) => sqlStateOf(error) === NOT_ALLOWED);
  });
});

describe('every table of the product', () => {
  it('that names a workspace is under forced row-level security', async () => {
    const open = await here((tx) =>
      tx.rows<{ name: string }>(`
        select c.relname as name from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
          and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`),
    );
    // Read before a workspace is known: who may enter which.
    const system = [
      'account',
      'api_token',
      'invitation',
      'membership',
      'restore_hold',
      'session',
      'setup_token',
    ];
    expect(open.map(({ name }) => name).filter((name) => !system.includes(name))).toEqual([]);
  });
});
