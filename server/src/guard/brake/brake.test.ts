import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '#guard/access';
import type { AuditChange } from '#guard/audit';
import type { Tx } from '#platform/postgres';
import { createTestStores, type TestStores } from '#testing';
import { type Brake, createBrake } from './service.ts';

let stores: TestStores;
let brake: Brake;
let audited: AuditChange[] = [];
let workspaceId: string;

beforeAll(async () => {
  stores = await createTestStores();
  brake = createBrake({
    clock: stores.clock,
    audit: {
      record: async (_tx, change) => {
        audited.push(change);
      },
    },
  });
});
afterAll(() => stores.close());

beforeEach(async () => {
  workspaceId = stores.ids.next();
  await stores.database.inWorkspace(workspaceId, brake.init);
});
afterEach(() => {
  audited = [];
});

const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => stores.database.inWorkspace(workspaceId, work);

const person = (id: string, change: Partial<Actor> = {}): Actor => ({
  kind: 'account',
  id,
  name: id,
  roles: ['marketer'],
  workspaceId,
  personId: id,
  ...change,
});
const global = { scope: 'global', reason: 'storm in the south' } as const;
const campaignId = '0190bbbb-0000-7000-8000-000000000001';
const otherCampaignId = '0190bbbb-0000-7000-8000-000000000002';

test('one call engages, and every campaign is held', async () => {
  expect(await inTx((tx) => brake.engagedFor(tx, { campaignId }))).toBeNull();
  const state = await inTx((tx) => brake.engage(tx, { ...global, actor: person('ana') }));
  expect(state).toMatchObject({
    scope: 'global',
    engaged: true,
    cause: 'person',
    reason: 'storm in the south',
  });
  expect(await inTx((tx) => brake.engagedFor(tx, { campaignId }))).toEqual(state);
  expect(await inTx((tx) => brake.engagedForClaim(tx, { campaignId: null }))).toEqual(state);
  expect(audited.map(({ action }) => action)).toEqual(['brake.engaged']);
});

test('a campaign brake holds that campaign only', async () => {
  await inTx((tx) =>
    brake.engage(tx, { scope: 'campaign', scopeId: campaignId, reason: 'typo', actor: person('ana') }),
  );
  expect(await inTx((tx) => brake.engagedFor(tx, { campaignId }))).toMatchObject({
    scope: 'campaign',
    scopeId: campaignId,
  });
  expect(await inTx((tx) => brake.engagedFor(tx, { campaignId: otherCampaignId }))).toBeNull();
  expect(await inTx((tx) => brake.state(tx))).toHaveLength(2);
  const without = inTx((tx) => brake.engage(tx, { scope: 'campaign', reason: 'x', actor: person('ana') }));
  await expect(without).rejects.toMatchObject({ code: 'invalid_request' });
});

test('release takes two different people', async () => {
  const confirm = (actor: Actor) => inTx((tx) => brake.confirmRelease(tx, { scope: 'global', actor }));
  const request = (actor: Actor) =>
    inTx((tx) => brake.requestRelease(tx, { ...global, actor, reason: 'storm is over' }));
  await expect(request(person('ana'))).rejects.toMatchObject({ details: { reason: 'not_engaged' } });
  await inTx((tx) => brake.engage(tx, { ...global, actor: person('ana') }));
  await expect(confirm(person('bob'))).rejects.toMatchObject({ details: { reason: 'not_requested' } });
  expect(await request(person('ana'))).toMatchObject({ engaged: true, release: { reason: 'storm is over' } });
  await expect(confirm(person('ana'))).rejects.toMatchObject({
    code: 'forbidden',
    details: { reason: 'same_person' },
  });
  const ownToken = person('token-of-ana', { kind: 'token', personId: 'ana' });
  await expect(confirm(ownToken)).rejects.toMatchObject({ details: { reason: 'same_person' } });
  const nobody = person('cli', { kind: 'token', personId: null });
  await expect(confirm(nobody)).rejects.toMatchObject({ details: { reason: 'person_needed' } });
  await expect(request(nobody)).rejects.toMatchObject({ details: { reason: 'person_needed' } });
  expect(await confirm(person('bob'))).toMatchObject({ engaged: false, cause: 'released', release: null });
  expect(await inTx((tx) => brake.engagedForClaim(tx, { campaignId }))).toBeNull();
  expect(audited.map(({ action }) => action)).toEqual([
    'brake.engaged',
    'brake.release_requested',
    'brake.released',
  ]);
});

test('engaging again voids a request for release', async () => {
  await inTx((tx) => brake.engage(tx, { ...global, actor: person('ana') }));
  await inTx((tx) => brake.requestRelease(tx, { ...global, actor: person('ana') }));
  await inTx((tx) => brake.engage(tx, { ...global, actor: person('eve') }));
  const confirm = inTx((tx) => brake.confirmRelease(tx, { scope: 'global', actor: person('bob') }));
  await expect(confirm).rejects.toMatchObject({ details: { reason: 'not_requested' } });
});

test('a workspace without its row is braked, and two people can release it', async () => {
  workspaceId = stores.ids.next();
  expect(await inTx((tx) => brake.engagedFor(tx, { campaignId }))).toMatchObject({
    engaged: true,
    cause: 'missing',
  });
  expect(await inTx((tx) => brake.engagedForClaim(tx, { campaignId }))).toMatchObject({ cause: 'missing' });
  expect(await inTx((tx) => brake.state(tx))).toMatchObject([{ engaged: true, cause: 'missing' }]);
  await inTx((tx) => brake.requestRelease(tx, { ...global, actor: person('ana') }));
  await inTx((tx) => brake.confirmRelease(tx, { scope: 'global', actor: person('bob') }));
  expect(await inTx((tx) => brake.engagedFor(tx, { campaignId }))).toBeNull();
});

test('init does not release a brake, and no row can be removed', async () => {
  await inTx((tx) => brake.engage(tx, { ...global, actor: person('ana') }));
  await inTx(brake.init);
  expect(await inTx((tx) => brake.engagedFor(tx, { campaignId }))).toMatchObject({ engaged: true });
  await expect(inTx((tx) => tx.run('delete from brake'))).rejects.toThrow();
});

test('what cannot be read is engaged, and the transaction can still say so', async () => {
  await inTx(async (tx) => {
    const failing: Tx = {
      ...tx,
      rows: (sql, values) =>
        /from brake/.test(sql) ? tx.rows('select no_such_column') : tx.rows(sql, values),
    };
    expect(await brake.engagedFor(failing, { campaignId })).toMatchObject({
      engaged: true,
      cause: 'unreadable',
    });
    expect(await brake.engagedForClaim(failing, { campaignId })).toMatchObject({
      engaged: true,
      cause: 'unreadable',
    });
    expect(await tx.one<{ one: number }>('select 1 as one')).toEqual({ one: 1 });
  });
  await expect(
    inTx(async (tx) => {
      await tx.rows('select no_such_column').catch(() => undefined);
      expect(await brake.engagedFor(tx, { campaignId })).toMatchObject({ cause: 'unreadable' });
      throw new Error('aborted anyway');
    }),
  ).rejects.toThrow();
});

test('engaging waits for claims under way; claims that begin after it was asked for wait and see it', async () => {
  const order: string[] = [];
  const firstClaimRead = Promise.withResolvers<void>();
  const firstClaimMayEnd = Promise.withResolvers<void>();
  const first = inTx(async (tx) => {
    expect(await brake.engagedForClaim(tx, { campaignId })).toBeNull();
    firstClaimRead.resolve();
    await firstClaimMayEnd.promise;
    order.push('first claim ends');
  });
  await firstClaimRead.promise;
  const engaged = inTx((tx) => brake.engage(tx, { ...global, actor: person('ana') })).then(() =>
    order.push('engaged'),
  );
  const waiting = async (mode: string): Promise<void> => {
    const found = await stores.database.inSystem((tx) =>
      tx.one<{ count: number }>(
        `select count(*) as count from pg_locks
         where locktype = 'advisory' and not granted and mode = $1
           and database = (select oid from pg_database where datname = current_database())`,
        [mode],
      ),
    );
    if (found.count === 0) await waiting(mode);
  };
  await waiting('ExclusiveLock');
  const second = inTx((tx) => brake.engagedForClaim(tx, { campaignId })).then((state) => {
    order.push('second claim answers');
    return state;
  });
  await waiting('ShareLock');
  firstClaimMayEnd.resolve();
  await Promise.all([first, engaged]);
  expect(await second).toMatchObject({ engaged: true, scope: 'global' });
  expect(order[0]).toBe('first claim ends');
});
