import type { Rule } from '@mesure/contract/segments';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditChange } from '#guard/audit';
import { type Collect, createCollect, type NewEvent } from '#know/collect';
import { createProfiles, createReplicateProfiles } from '#know/profiles';
import type { Actor } from '#platform/http';
import type { Tx } from '#platform/postgres';
import { createTestStores, type TestStores } from '#testing';
import { createSegments, type Segments } from './service.ts';

const DAY_MS = 86_400_000;

let stores: TestStores;
let collect: Collect;
let segments: Segments;
let ids: ReadonlyMap<string, string>;
const audited: AuditChange[] = [];
const inWorkspace = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  stores.database.inWorkspace(stores.workspaceId, work);

const actor = (): Actor => ({
  kind: 'account',
  id: stores.ids.next(),
  name: 'Nora',
  roles: ['marketer'],
  workspaceId: stores.workspaceId,
  personId: null,
});

const event = (
  profile: string,
  name: string,
  more: Partial<NewEvent> & { readonly daysAgo: number },
): NewEvent => {
  const { daysAgo, ...rest } = more;
  return {
    name,
    at: new Date(stores.clock.now().getTime() - daysAgo * DAY_MS),
    profileId: ids.get(profile) ?? null,
    source: 'test',
    messageId: stores.ids.next(),
    ...rest,
  };
};

const money = (revenueMinor: number) => ({
  order: { orderId: 'o', currency: 'EUR', revenueMinor, lines: [] },
});

const copy = async (): Promise<void> => {
  while ((await collect.shipper.tick(stores.workspaceId)).shipped > 0);
  const replicate = createReplicateProfiles(stores);
  while ((await replicate.tick(stores.workspaceId)).copied > 0);
};

beforeAll(async () => {
  stores = await createTestStores();
  collect = createCollect(stores);
  segments = createSegments({
    ...stores,
    eventReader: collect.eventReader,
    audit: { record: async (_tx, change) => void audited.push(change) },
    timeZone: async () => 'Europe/Paris',
    upToDate: createReplicateProfiles(stores).catchUp,
  });
  ids = await inWorkspace((tx) =>
    createProfiles(stores).upsert(tx, [
      { key: 'anne', email: 'anne@example.test', city: 'Lyon', traits: { plan: 'gold', points: 12 } },
      { key: 'bob', email: 'bob@example.test', city: 'Paris' },
      { key: 'carl', externalId: 'carl', traits: { plan: 'gold' } },
    ]),
  );
  await inWorkspace((tx) =>
    collect.append(tx, [
      event('anne', 'order_completed', { daysAgo: 10, ...money(5000) }),
      event('anne', 'order_completed', { daysAgo: 40, ...money(3000) }),
      event('anne', 'order_refunded', { daysAgo: 5, ...money(-4500) }),
      event('bob', 'order_completed', { daysAgo: 100, ...money(2000) }),
      event('nobody', 'order_completed', { daysAgo: 1, ...money(9999) }),
    ]),
  );
  await copy();
});
afterAll(() => stores.close());

const members = async (rule: Rule): Promise<string[]> => {
  const found = await segments.members(stores.workspaceId, rule);
  return [...ids].filter(([, id]) => found.includes(id)).map(([key]) => key);
};

describe('what rules mean', () => {
  it('spends net of refunds, and counts somebody without orders as 0', async () => {
    const spent = (test: Extract<Rule, { kind: 'spent' }>['test']): Rule => ({
      kind: 'spent',
      currency: 'EUR',
      test,
    });
    expect(await members(spent({ operator: 'equals', value: 3500 }))).toEqual(['anne']);
    expect(await members(spent({ operator: 'gte', value: 2000 }))).toEqual(['anne', 'bob']);
    expect(await members(spent({ operator: 'lt', value: 2000 }))).toEqual(['carl']);
    expect(await members(spent({ operator: 'between', min: 0, max: 2000 }))).toEqual(['bob', 'carl']);
    expect(
      await members({
        kind: 'spent',
        currency: 'EUR',
        test: { operator: 'lt', value: 0 },
        window: { kind: 'last', amount: 7, unit: 'days' },
      }),
    ).toEqual(['anne']);
  });

  it('takes a missing trait as false, so that its negation is true', async () => {
    const gold: Rule = { kind: 'trait', key: 'plan', test: { operator: 'equals', value: 'gold' } };
    expect(await members(gold)).toEqual(['anne', 'carl']);
    expect(await members({ kind: 'not', rule: gold })).toEqual(['bob']);
    expect(await members({ kind: 'all', rules: [] })).toEqual(['anne', 'bob', 'carl']);
  });

  it('takes people as they are now, also those of a moment ago', async () => {
    const profiles = createProfiles(stores);
    const made = await inWorkspace((tx) =>
      profiles.upsert(tx, [{ key: 'dora', city: 'Nice', externalId: 'dora' }]),
    );
    const dora = made.get('dora') ?? '';
    const everybody: Rule = { kind: 'all', rules: [] };
    expect(await segments.members(stores.workspaceId, everybody)).toContain(dora);
    await inWorkspace((tx) => profiles.remove(tx, [dora]));
    expect(await segments.members(stores.workspaceId, everybody)).not.toContain(dora);
  });

  it('has no last time for somebody who never did it', async () => {
    const last = (which: 'newer_than' | 'older_than'): Rule => ({
      kind: 'recency',
      name: 'order_completed',
      last: which,
      amount: 30,
      unit: 'days',
    });
    expect(await members(last('newer_than'))).toEqual(['anne']);
    expect(await members(last('older_than'))).toEqual(['bob']);
  });

  it('follows the business clock', async () => {
    const rule: Rule = {
      kind: 'event',
      did: true,
      name: 'order_completed',
      window: { kind: 'last', amount: 12, unit: 'days' },
    };
    expect(await members(rule)).toEqual(['anne']);
    stores.clock.advance(3 * DAY_MS);
    expect(await members(rule)).toEqual([]);
    stores.clock.advance(-3 * DAY_MS);
  });

  it('forgets removed profiles', async () => {
    const [dora] = await inWorkspace(async (tx) => [
      ...(await createProfiles(stores).upsert(tx, [{ key: 'd', externalId: 'dora' }])).values(),
    ]);
    await copy();
    const all = await segments.count(stores.workspaceId, { kind: 'all', rules: [] });
    await inWorkspace((tx) => createProfiles(stores).remove(tx, [dora ?? '']));
    await copy();
    expect(await segments.count(stores.workspaceId, { kind: 'all', rules: [] })).toBe(all - 1);
  });

  it('does not see the people of an import that is not committed', async () => {
    const importId = stores.ids.next();
    await inWorkspace((tx) =>
      createProfiles(stores).upsert(tx, [{ key: 'i', externalId: 'imported', importId }]),
    );
    await inWorkspace((tx) => collect.bulk.open(tx, importId));
    await copy();
    const rule: Rule = {
      kind: 'field',
      field: 'external_id',
      test: { operator: 'equals', value: 'imported' },
    };
    expect(await segments.count(stores.workspaceId, rule)).toBe(0);
    await inWorkspace((tx) => collect.bulk.commit(tx, importId));
    expect(await segments.count(stores.workspaceId, rule)).toBe(1);
    await inWorkspace((tx) => collect.bulk.hide(tx, importId));
    expect(await segments.count(stores.workspaceId, rule)).toBe(0);
  });
});

describe('a preview', () => {
  it('says how many, shows people and why they are in', async () => {
    const rule: Rule = {
      kind: 'all',
      rules: [
        { kind: 'trait', key: 'points', test: { operator: 'gte', value: 10 } },
        { kind: 'event', did: true, name: 'order_completed', atLeast: 2 },
        { kind: 'not', rule: { kind: 'spent', currency: 'EUR', test: { operator: 'gt', value: 10_000 } } },
        { kind: 'recency', name: 'order_refunded', last: 'newer_than', amount: 7, unit: 'days' },
      ],
    };
    const found = await segments.preview(stores.workspaceId, rule, { samples: 5, language: 'en' });
    expect(found).toMatchObject({ count: 1, total: 3 });
    expect(found.words).toContain('points is at least 10 and ordered at least 2 times');
    expect(found.samples.map(({ profileId }) => profileId)).toEqual([ids.get('anne')]);
    const reasons = found.samples[0]?.reasons.map(({ rule: path, holds, value, lastAt }) => [
      path,
      holds,
      value,
      lastAt,
    ]);
    const daysAgo = (days: number) => new Date(stores.clock.now().getTime() - days * DAY_MS).toISOString();
    expect(reasons).toEqual([
      ['rules.0', true, '12', null],
      ['rules.1', true, 2, daysAgo(10)],
      ['rules.2.rule', false, 3500, daysAgo(5)],
      ['rules.3', true, 1, daysAgo(5)],
    ]);
  });

  it('shows the same people each time, and none when none are asked for', async () => {
    const everybody: Rule = { kind: 'all', rules: [] };
    const sample = () => segments.sample(stores.workspaceId, everybody, 2);
    expect((await sample()).length).toBe(2);
    expect(await sample()).toEqual(await sample());
    expect(await segments.sample(stores.workspaceId, everybody, 0)).toEqual([]);
    expect(await segments.count(stores.otherWorkspaceId, everybody)).toBe(0);
  });
});

describe('saved segments', () => {
  const rule: Rule = { kind: 'trait', key: 'plan', test: { operator: 'equals', value: 'gold' } };

  it('are made, read, changed, listed and deleted, each change with its audit entry', async () => {
    audited.length = 0;
    const who = actor();
    const made = await inWorkspace((tx) => segments.create(tx, who, { name: 'Gold', rule }));
    expect(await inWorkspace((tx) => segments.get(tx, made.id))).toEqual(made);
    const changed = await inWorkspace((tx) =>
      segments.update(tx, who, { id: made.id, version: 1, name: 'Or', rule: { kind: 'not', rule } }),
    );
    expect(changed).toMatchObject({ version: 2, name: 'Or' });
    expect(changed.ruleHash).not.toBe(made.ruleHash);
    expect((await inWorkspace((tx) => segments.list(tx, { limit: 10 }))).map(({ name }) => name)).toEqual([
      'Or',
    ]);
    await inWorkspace((tx) => segments.remove(tx, who, made.id));
    await expect(inWorkspace((tx) => segments.get(tx, made.id))).rejects.toMatchObject({ code: 'not_found' });
    expect(audited.map(({ action, subject }) => [action, subject.id])).toEqual([
      ['segments.created', made.id],
      ['segments.changed', made.id],
      ['segments.deleted', made.id],
    ]);
    const restored = await inWorkspace((tx) => segments.restore(tx, who, made.id));
    expect(restored).toEqual({ ...changed, updatedBy: { id: who.id, name: 'Nora' } });
    expect(await inWorkspace((tx) => segments.get(tx, made.id))).toEqual(restored);
    await expect(inWorkspace((tx) => segments.restore(tx, who, made.id))).rejects.toMatchObject({
      code: 'not_found',
    });
    await inWorkspace((tx) => segments.remove(tx, who, made.id));
    const other = await inWorkspace((tx) => segments.create(tx, who, { name: 'or', rule }));
    await expect(inWorkspace((tx) => segments.restore(tx, who, made.id))).rejects.toMatchObject({
      code: 'conflict',
      details: { reason: 'segment_name_taken' },
    });
    await inWorkspace((tx) => segments.remove(tx, who, other.id));
  });

  it('refuse a name that is taken and a version that is old', async () => {
    const who = actor();
    const made = await inWorkspace((tx) => segments.create(tx, who, { name: 'Argent', rule }));
    await expect(
      inWorkspace((tx) => segments.create(tx, who, { name: 'ARGENT', rule })),
    ).rejects.toMatchObject({
      code: 'conflict',
      details: { reason: 'segment_name_taken' },
    });
    await expect(
      inWorkspace((tx) => segments.update(tx, who, { id: made.id, version: 9, name: 'x', rule })),
    ).rejects.toMatchObject({ code: 'conflict', details: { reason: 'segment_changed' } });
    await expect(
      stores.database.inWorkspace(stores.otherWorkspaceId, (tx) => segments.get(tx, made.id)),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});
