import { jsonValue, sample } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '#platform/postgres';
import { createDatabase } from '#platform/postgres';
import { createTestStores, type TestStores } from '#testing';
import { canonicalJson, type Json, recordable } from './canonical.ts';
import { type Audit, createAudit } from './index.ts';

let stores: TestStores;
let audit: Audit;
/** The role that migrates: what an intruder with the owner's password could do. */
let owner: ReturnType<typeof createDatabase>;

beforeAll(async () => {
  stores = await createTestStores();
  audit = createAudit(stores);
  owner = createDatabase({ url: stores.ownerUrl, poolSize: 1 });
});
afterAll(async () => {
  await owner.close();
  await stores.close();
});

const actor = { kind: 'account', id: 'a1', name: 'Mia' } as const;

const write = (workspaceId: string, action: string, after?: unknown): Promise<void> =>
  stores.database.inWorkspace(workspaceId, (tx) =>
    audit.record(tx, { actor, action, subject: { kind: 'thing', id: 't1' }, after }),
  );

const freshChain = async (entries: number): Promise<string> => {
  const workspaceId = stores.ids.next();
  for (let index = 1; index <= entries; index++) await write(workspaceId, 'thing.changed', { index });
  return workspaceId;
};

const tamper = (workspaceId: string, sql: string): Promise<unknown> =>
  owner.inWorkspace(workspaceId, (tx: Tx) => tx.run(sql));

describe('canonical JSON', () => {
  it('does not depend on the order of keys, and jsonb gives back what was hashed', async () => {
    const values = sample(jsonValue(), { numRuns: 300, seed: 7 }).map(recordable);
    values.push(
      recordable({ 'nul\0': '\0\uD800x', big: 1e300, tiny: -0, date: new Date(0), none: undefined }),
    );
    const rows = await stores.database.inWorkspace(stores.workspaceId, (tx) =>
      tx.rows<{ value: Json }>('select value::jsonb as value from unnest($1::text[]) as t (value)', [
        values.map((value) => JSON.stringify(value)),
      ]),
    );
    expect(rows.map(({ value }) => canonicalJson(value))).toEqual(values.map(canonicalJson));
    expect(canonicalJson({ b: 1, a: { d: [1, 'x'], c: null } })).toBe('{"a":{"c":null,"d":[1,"x"]},"b":1}');
  });

  it('leaves secrets out, at any depth', () => {
    const given = {
      password: 'p',
      newPassword: 'p',
      smtp: { host: 'h', Password: 'p', secret: 's', apiKey: 'k', token: null },
      tokens: ['t'],
      contentHash: 'kept',
      tokenId: 'kept',
    };
    expect(JSON.stringify(recordable(given))).toBe(
      '{"password":"[not recorded]","newPassword":"[not recorded]","smtp":{"host":"h","Password":"[not recorded]","secret":"[not recorded]","apiKey":"[not recorded]","token":null},"tokens":"[not recorded]","contentHash":"kept","tokenId":"kept"}',
    );
  });
});

describe('the chain', () => {
  it('is intact when empty and after each entry', async () => {
    const workspaceId = await freshChain(0);
    expect(await audit.verify(workspaceId)).toMatchObject({ intact: true, entries: 0 });
    await write(workspaceId, 'thing.made', { name: 'x', when: stores.clock.now() });
    expect(await audit.verify(workspaceId)).toMatchObject({ intact: true, entries: 1 });
  });

  it('has no entry when the change is rolled back', async () => {
    const workspaceId = await freshChain(1);
    const failing = stores.database.inWorkspace(workspaceId, async (tx) => {
      await audit.record(tx, { actor, action: 'thing.lost', subject: { kind: 'thing', id: 't' } });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow();
    expect(await audit.verify(workspaceId)).toMatchObject({ intact: true, entries: 1 });
  });

  it('stays one chain under concurrent writers', async () => {
    const workspaceId = stores.ids.next();
    await Promise.all(
      Array.from({ length: 24 }, (_, index) => write(workspaceId, 'thing.changed', { index })),
    );
    expect(await audit.verify(workspaceId)).toMatchObject({ intact: true, entries: 24 });
    const listed = await audit.list(workspaceId, { limit: 100 });
    expect(listed.map((entry) => entry.sequence)).toEqual(
      Array.from({ length: 24 }, (_, index) => 24 - index),
    );
  });

  it.each([
    ['an edited entry', `update audit_entry set after = '{"index": 99}' where sequence = 3`, 3, 'changed'],
    ['another author', `update audit_entry set actor_name = 'Eve' where sequence = 2`, 2, 'changed'],
    ['another time', `update audit_entry set at = at + interval '1 ms' where sequence = 4`, 4, 'changed'],
    ['a deleted entry', 'delete from audit_entry where sequence = 2', 2, 'missing'],
    ['a deleted first entry', 'delete from audit_entry where sequence = 1', 1, 'missing'],
    ['a tail cut off', 'delete from audit_entry where sequence >= 4', 4, 'cut_off'],
    [
      'two entries exchanged',
      `update audit_entry set sequence = case sequence when 2 then 1003 when 3 then 1002 end where sequence in (2, 3);
       update audit_entry set sequence = sequence - 1000 where sequence > 1000`,
      2,
      'changed',
    ],
    [
      'an entry slipped in at the end',
      `insert into audit_entry select workspace_id, 6, at, actor_kind, actor_id, actor_name, action, subject_kind,
              subject_id, before, after, hash from audit_entry where sequence = 5`,
      6,
      'changed',
    ],
    [
      'a head moved back with its tail',
      `delete from audit_entry where sequence = 5; update audit_head set sequence = 4`,
      4,
      'changed',
    ],
  ])('names %s', async (...[, sql, firstBad, reason]) => {
    const workspaceId = await freshChain(5);
    for (const statement of sql.split(';')) await tamper(workspaceId, statement);
    expect(await audit.verify(workspaceId)).toMatchObject({ intact: false, firstBad, reason });
  });

  it('cannot be changed or shortened by the application itself', async () => {
    const workspaceId = await freshChain(2);
    for (const sql of [
      'update audit_entry set action = action',
      'delete from audit_entry',
      'truncate audit_entry',
    ]) {
      await expect(stores.database.inWorkspace(workspaceId, (tx) => tx.run(sql))).rejects.toThrow();
    }
  });

  it('belongs to its workspace alone', async () => {
    const mine = await freshChain(3);
    const other = await freshChain(1);
    expect((await audit.list(other, { limit: 10 })).length).toBe(1);
    expect(await audit.verify(mine)).toMatchObject({ entries: 3 });
    const rows = await stores.database.inSystem((tx) => tx.rows('select 1 from audit_entry'));
    expect(rows).toEqual([]);
  });

  it('is listed by filters, newest first, page by page', async () => {
    const workspaceId = await freshChain(3);
    await write(workspaceId, 'settings.changed');
    const sequences = async (filter: Parameters<Audit['list']>[1]) =>
      (await audit.list(workspaceId, filter)).map((entry) => entry.sequence);
    expect(await sequences({ limit: 2 })).toEqual([4, 3]);
    expect(await sequences({ limit: 2, before: 3 })).toEqual([2, 1]);
    expect(await sequences({ limit: 9, action: 'settings' })).toEqual([4]);
    expect(await sequences({ limit: 9, action: 'thing.changed', actorId: 'a1' })).toEqual([3, 2, 1]);
    expect(await sequences({ limit: 9, actorId: 'nobody' })).toEqual([]);
    expect(await sequences({ limit: 9, from: stores.clock.now() })).toEqual([4, 3, 2, 1]);
    expect(await sequences({ limit: 9, to: stores.clock.now() })).toEqual([]);
  });

  it('says what there is to filter by', async () => {
    const workspaceId = await freshChain(2);
    await stores.database.inWorkspace(workspaceId, (tx) =>
      audit.record(tx, {
        actor: { ...actor, name: 'Mia Lang' },
        action: 'settings.changed',
        subject: { kind: 'settings', id: 's' },
      }),
    );
    expect(await audit.vocabulary(workspaceId)).toEqual({
      actors: [{ kind: 'account', id: 'a1', name: 'Mia Lang', entries: 3 }],
      actions: [
        { action: 'settings.changed', entries: 1 },
        { action: 'thing.changed', entries: 2 },
      ],
      subjectKinds: [
        { kind: 'settings', entries: 1 },
        { kind: 'thing', entries: 2 },
      ],
    });
  });
});
