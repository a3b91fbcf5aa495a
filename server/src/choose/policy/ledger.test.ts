import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tx } from '#platform/postgres';
import { createTestStores, type TestStores } from '#testing';
import { decision } from './decision.fixture.ts';
import type { Decision } from './decision.ts';
import { createDecisions } from './service.ts';

let stores: TestStores;
const decisions = createDecisions();

beforeAll(async () => {
  stores = await createTestStores();
});
afterAll(() => stores.close());

const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  stores.database.inWorkspace(stores.workspaceId, work);
const fresh = (change: Partial<Decision> = {}): Decision =>
  decision({ id: stores.ids.next(), profileId: stores.ids.next(), ...change });

test('a record comes back as it was written', async () => {
  const records = Array.from({ length: 500 }, () => fresh());
  await inTx((tx) => decisions.record(tx, records));
  const [first] = records;
  if (!first) throw new Error('no record');
  expect(await inTx((tx) => decisions.byId(tx, first.id))).toEqual(first);
  expect(await inTx((tx) => decisions.byId(tx, stores.ids.next()))).toBeNull();
  await stores.database.inWorkspace(stores.otherWorkspaceId, async (tx) => {
    expect(await decisions.byId(tx, first.id)).toBeNull();
  });
});

test('the subject is the reader’s own once it is known, told once, and the template before', async () => {
  const record = fresh();
  const of = async (): Promise<unknown> => (await inTx((tx) => decisions.byId(tx, record.id)))?.message;
  await inTx((tx) => decisions.record(tx, [record]));
  expect(await of()).toEqual(record.message);
  for (const subject of ['Zoé, your coffee is waiting', 'another'])
    await inTx((tx) => decisions.recordSubjects(tx, [{ decisionId: record.id, subject }]));
  expect(await of()).toEqual({ ...record.message, subject: 'Zoé, your coffee is waiting' });
  await expect(inTx((tx) => tx.run('delete from decision_subject'))).rejects.toThrow();
});

test('the last decision of a person in a campaign is the one that counts', async () => {
  const first = fresh();
  const later = fresh({ profileId: first.profileId, at: new Date(first.at.getTime() + 1) });
  await inTx((tx) => decisions.record(tx, [later, first]));
  const { campaignId, profileId } = first;
  expect(await inTx((tx) => decisions.latestFor(tx, { campaignId, profileId }))).toEqual(later);
  expect((await inTx((tx) => decisions.ofProfile(tx, profileId, 10))).map(({ id }) => id)).toEqual([
    later.id,
    first.id,
  ]);
});

const parts = [
  'message',
  'audienceRule',
  'inputs',
  'candidates',
  'removed',
  'choice',
  'probability',
  'experimentArms',
  'legalBasis',
  'approverNames',
  'contentHash',
  'modelVersions',
] as const;

test.each(parts)(
  'a record without %s is refused, with everything in its transaction (G-04)',
  async (part) => {
    const good = fresh();
    const { [part]: _missing, ...rest } = fresh();
    await expect(inTx((tx) => decisions.record(tx, [good, rest as Decision]))).rejects.toThrow();
    expect(await inTx((tx) => decisions.byId(tx, good.id))).toBeNull();
  },
);

test.each([{ probability: 0 }, { probability: 1.01 }, { approverNames: [] }, { contentHash: '' }])(
  'refuses %j',
  async (change) => {
    await expect(inTx((tx) => decisions.record(tx, [fresh(change)]))).rejects.toThrow();
  },
);

test('records are never changed', async () => {
  await inTx((tx) => decisions.record(tx, [fresh()]));
  await expect(inTx((tx) => tx.run('update decision set probability = 1'))).rejects.toThrow();
  await expect(inTx((tx) => tx.run('delete from decision'))).rejects.toThrow();
});
