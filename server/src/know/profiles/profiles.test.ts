import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZERO_UUID } from '#platform/ids';
import type { Tx } from '#platform/postgres';
import { createTestStores, type TestStores } from '#testing';
import { writeCursor } from './cursor.ts';
import type { ListedProfile, ProfileConflict } from './profile.ts';
import { purchases } from './purchase-store.ts';
import { createReplicateProfiles, type ReplicateProfiles } from './replicate.ts';
import type { PeopleQuery } from './search-read.ts';
import { createProfiles, type Profiles } from './service.ts';

let stores: TestStores;
let profiles: Profiles;
let replicate: ReplicateProfiles;
const inWorkspace = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  stores.database.inWorkspace(stores.workspaceId, work);

beforeAll(async () => {
  stores = await createTestStores();
  profiles = createProfiles(stores);
  replicate = createReplicateProfiles({ ...stores, batch: 700 });
});
afterAll(() => stores.close());

const copied = async (): Promise<Record<string, unknown>[]> => {
  while ((await replicate.tick(stores.workspaceId)).copied > 0);
  return stores.clickhouse.query({
    sql: 'select profile_id, city, email_domain, text, numbers, deleted from profiles final where deleted = 0 order by city',
    filters: { profiles: `workspace_id = '${stores.workspaceId}'` },
  });
};

describe('profiles', () => {
  it('takes thousands of rows in one call and finds them again by either identifier', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => ({
      key: `k${index}`,
      email: `Person${index}@example.test`,
      externalId: `e${index}`,
      firstName: index % 2 === 0 ? 'Hélène' : 'Bob',
      lastName: `L${index}`,
    }));
    const first = await inWorkspace((tx) => profiles.upsert(tx, rows));
    const again = await inWorkspace((tx) =>
      profiles.upsert(
        tx,
        rows.map(({ key, email, externalId }, index) =>
          index % 2 === 0 ? { key, email: email.toUpperCase() } : { key, externalId },
        ),
      ),
    );
    expect(again).toEqual(first);
    expect(await inWorkspace(profiles.count)).toBe(3000);
  });

  it('reports identifiers that do not go together', async () => {
    const conflicts: ProfileConflict[] = [];
    const found = await inWorkspace((tx) =>
      profiles.upsert(tx, [{ key: 'x', email: 'person1@example.test', externalId: 'e2' }], (conflict) =>
        conflicts.push(conflict),
      ),
    );
    expect(conflicts).toMatchObject([{ key: 'x', kind: 'two_profiles', profileId: found.get('x') }]);
  });

  it('lets two callers write the same new people at once', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({
      key: `${index}`,
      email: `race${index}@example.test`,
    }));
    const [one, other] = await Promise.all([
      inWorkspace((tx) => profiles.upsert(tx, rows)),
      inWorkspace((tx) => profiles.upsert(tx, [...rows].reverse())),
    ]);
    for (const { key } of rows) expect(other.get(key)).toBe(one.get(key));
  });

  it('searches by the beginning of an address, an external id, a name or a domain', async () => {
    const search = async (text: string) =>
      (await inWorkspace((tx) => profiles.search(tx, { text, limit: 5 }))).items;
    expect((await search('PERSON2999@')).map(({ externalId }) => externalId)).toEqual(['e2999']);
    expect((await search('E2998')).map(({ externalId }) => externalId)).toEqual(['e2998']);
    expect((await search('helen')).length).toBe(5);
    expect((await search('hélène l2996')).map(({ externalId }) => externalId)).toEqual(['e2996']);
    expect((await search('L2996 HELENE')).map(({ externalId }) => externalId)).toEqual(['e2996']);
    expect((await search('@example.t')).length).toBe(5);
    for (const odd of ["%'_", '\0x', '’’', '@', '\u{1F600}', '\u202eabc', 'a@bü', '\ud800'])
      expect(Array.isArray(await search(odd))).toBe(true);
    // e1 itself first, then e10, e100, …
    expect((await search('e1')).map(({ externalId }) => externalId).slice(0, 3)).toEqual([
      'e1',
      'e10',
      'e100',
    ]);
  });

  it('lists everybody once in every order, searched or not', async () => {
    const walk = async (query: Omit<PeopleQuery, 'limit'>): Promise<readonly ListedProfile[]> => {
      const seen: ListedProfile[] = [];
      let after: string | undefined;
      do {
        const page = await inWorkspace((tx) => profiles.search(tx, { ...query, limit: 700, after }));
        seen.push(...page.items);
        after = page.next;
      } while (after !== undefined);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
      return seen;
    };
    const everybody = await inWorkspace(profiles.count);
    for (const sort of ['best', 'name', 'name_desc', 'newest', 'oldest'] as const)
      expect((await walk({ sort })).length).toBe(everybody);
    // By first name, by address, by domain: whoever fits twice comes once.
    expect((await walk({ text: 'p' })).length).toBe(3000);
    expect((await walk({ text: 'e' })).length).toBe(everybody);
    expect((await walk({ text: 'bob' })).length).toBe(1500);
    const sorted = (await walk({ text: 'bob', sort: 'name_desc' })).map(({ lastName }) => lastName ?? '');
    expect(sorted).toEqual([...sorted].sort().reverse());
    const tooMany = await inWorkspace((tx) => profiles.search(tx, { text: 'p', sort: 'oldest', limit: 1 }));
    expect(tooMany.sort).toBe('best');
    for (const after of ['', 'x', writeCursor(['name', 'a', 'no id']), writeCursor(['newest', 1, ZERO_UUID])])
      await expect(
        inWorkspace((tx) => profiles.search(tx, { sort: 'name', limit: 1, after })),
      ).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('reads an address in one way, whatever its form', async () => {
    const [one, other] = await inWorkspace(async (tx) => {
      const found = await profiles.upsert(tx, [
        { key: 'nfd', email: 'zo\u0065\u0301@b\u00fccher.example', lastName: 'x'.repeat(10_000) },
        { key: 'nfc', email: 'ZO\u00c9@xn--bcher-kva.example' },
      ]);
      return [...found.values()];
    });
    expect(one).toBe(other);
    const found = await inWorkspace((tx) => profiles.search(tx, { text: 'zoé@bücher.example', limit: 5 }));
    expect(found.items.map(({ id }) => id)).toEqual([one]);
    await inWorkspace((tx) => profiles.remove(tx, [one ?? '']));
  });

  it('uses the index for addresses in spite of row-level security', async () => {
    const plan = await inWorkspace(async (tx) => {
      await tx.run('set local enable_seqscan = off');
      return tx.rows<{ 'QUERY PLAN': string }>(
        `explain select id from profile where workspace_id = app_workspace() and email_key = any ($1)`,
        [['a@example.test']],
      );
    });
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index Cond:.*email_key/);
  });

  it('shows nothing of another workspace', async () => {
    expect(await stores.database.inWorkspace(stores.otherWorkspaceId, profiles.count)).toBe(0);
  });
});

describe('the copy in the event store', () => {
  it('follows changes and removals', async () => {
    await inWorkspace(async (tx) =>
      profiles.remove(
        tx,
        (await profiles.search(tx, { limit: 10_000 })).items.map(({ id }) => id),
      ),
    );
    const ids = await inWorkspace((tx) =>
      profiles.upsert(tx, [
        { key: 'a', email: 'a@Example.test', city: 'Arles', traits: { plan: 'gold', score: 2.5, vip: true } },
        { key: 'b', externalId: 'b', city: 'Brest' },
      ]),
    );
    expect(await copied()).toEqual([
      {
        profile_id: ids.get('a'),
        city: 'Arles',
        email_domain: 'example.test',
        text: { plan: 'gold', vip: 'true' },
        numbers: { score: 2.5 },
        deleted: 0,
      },
      { profile_id: ids.get('b'), city: 'Brest', email_domain: '', text: {}, numbers: {}, deleted: 0 },
    ]);
    await inWorkspace((tx) => profiles.upsert(tx, [{ key: 'a', email: 'a@example.test', city: 'Cassis' }]));
    await inWorkspace((tx) => profiles.remove(tx, [ids.get('b') ?? '']));
    expect((await copied()).map(({ city }) => city)).toEqual(['Cassis']);
    expect(await inWorkspace((tx) => tx.rows('select 1 from profile_removal'))).toEqual([]);
  });

  it('waits for a transaction that is still running, and misses nothing of it', async () => {
    const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
    const { promise: written, resolve: wrote } = Promise.withResolvers<void>();
    const slow = inWorkspace(async (tx) => {
      await profiles.upsert(tx, [{ key: 's', email: 'slow@example.test', city: 'Sète' }]);
      wrote();
      await mayCommit;
    });
    await written;
    await inWorkspace((tx) =>
      profiles.upsert(tx, [{ key: 'q', email: 'quick@example.test', city: 'Quimper' }]),
    );
    expect((await copied()).map(({ city }) => city)).toEqual(['Cassis']);
    commit();
    await slow;
    expect((await copied()).map(({ city }) => city)).toEqual(['Cassis', 'Quimper', 'Sète']);
  });
});

describe('last purchases', () => {
  it('keeps the latest per person and SKU, and forgets what only one import said', async () => {
    const profileId = stores.ids.next();
    const importId = stores.ids.next();
    const day = (date: number) => new Date(Date.UTC(2026, 0, date));
    const bought = { profileId, sku: 'tea', category: 'drinks', quantity: '1' };
    await inWorkspace((tx) =>
      purchases.record(tx, [
        { ...bought, at: day(2) },
        { ...bought, at: day(5) },
        { ...bought, at: day(9), quantity: '-1' },
      ]),
    );
    const imported = { profileId, skus: ['tea', 'cup\n"'], categories: ['drinks', ''] };
    await inWorkspace((tx) =>
      purchases.recordImport(tx, importId, [
        { ...imported, boughtAt: [day(7).toISOString(), day(3).toISOString()] },
      ]),
    );
    await inWorkspace((tx) => purchases.record(tx, [{ ...bought, at: day(1) }]));
    const last = async () =>
      (await inWorkspace((tx) => purchases.last(tx, [profileId]))).get(profileId)?.get('tea')?.at;
    expect(await last()).toEqual(day(7));
    expect(
      (await inWorkspace((tx) => purchases.last(tx, [profileId]))).get(profileId)?.get('cup\n"'),
    ).toEqual({
      at: day(3),
      category: '',
    });
    await inWorkspace((tx) => purchases.forgetImport(tx, importId));
    expect(await last()).toEqual(day(5));
  });
});
