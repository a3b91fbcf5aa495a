import { parseRule } from '@mesure/contract/rule-text';
import type { Rule } from '@mesure/contract/segments';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCollect } from '#know/collect';
import { createProfiles, createReplicateProfiles } from '#know/profiles';
import type { Actor } from '#platform/http';
import type { Tx } from '#platform/postgres';
import { createTestStores, type TestStores } from '#testing';
import { createSegments, type Segments } from './service.ts';
import { createSegmentSizes, type SegmentSizes } from './sizes.ts';
import { createVocabulary } from './vocabulary.ts';

const DAY_MS = 86_400_000;

let stores: TestStores;
let segments: Segments;
let sizes: SegmentSizes;
let actor: Actor;
let collect: ReturnType<typeof createCollect>;
const inWorkspace = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  stores.database.inWorkspace(stores.workspaceId, work);

const ruleOf = (text: string): Rule => {
  const parsed = parseRule(text);
  if (!parsed.ok) throw new Error(parsed.error.message.en);
  return parsed.rule;
};

beforeAll(async () => {
  stores = await createTestStores();
  collect = createCollect(stores);
  const shared = {
    ...stores,
    eventReader: collect.eventReader,
    timeZone: async () => 'Europe/Paris',
    upToDate: createReplicateProfiles(stores).catchUp,
  };
  segments = createSegments({ ...shared, audit: { record: async () => undefined } });
  sizes = createSegmentSizes(shared);
  actor = {
    kind: 'account',
    id: stores.ids.next(),
    name: 'Nora',
    roles: ['marketer'],
    workspaceId: stores.workspaceId,
    personId: null,
  };
  const people = await inWorkspace((tx) =>
    createProfiles(stores).upsert(tx, [
      { key: 'a', email: 'a@example.test', country: 'FR', traits: { plan: 'gold', points: 3, vip: true } },
      { key: 'b', email: 'b@example.test', country: 'FR', traits: { plan: 'silver', points: 8 } },
      { key: 'c', externalId: 'c', country: 'BE', traits: { plan: 'gold', points: 'many' } },
    ]),
  );
  const event = (name: string, more: object) => ({
    name,
    at: stores.clock.now(),
    profileId: people.get('a') ?? null,
    source: 'test',
    messageId: stores.ids.next(),
    ...more,
  });
  await inWorkspace((tx) =>
    collect.append(tx, [
      event('page_viewed', { text: { path: '/tea', from: 'mail' }, numbers: { seconds: 4 } }),
      event('page_viewed', { text: { path: '/tea' }, numbers: { seconds: 9 } }),
      event('order_completed', {
        order: {
          orderId: 'o',
          currency: 'EUR',
          revenueMinor: 1200,
          lines: [
            {
              sku: 'tea',
              name: 'Thé',
              category: 'drinks',
              quantity: '1',
              unitPrice: '12',
              totalMinor: 1200,
              kind: 'product',
              flags: [],
              line: 1,
            },
          ],
        },
      }),
    ]),
  );
  while ((await collect.shipper.tick(stores.workspaceId)).shipped > 0);
  await createReplicateProfiles(stores).catchUp(stores.workspaceId);
});
afterAll(() => stores.close());

describe('the size of a segment', () => {
  it('is recorded once a day of the workspace, and again when the rule changes', async () => {
    const made = await inWorkspace((tx) =>
      segments.create(tx, actor, { name: 'France', rule: ruleOf('country is "FR"') }),
    );
    const latest = async () => (await inWorkspace((tx) => sizes.latest(tx, [made.id]))).get(made.id);
    expect(await latest()).toBeUndefined();
    expect(await sizes.record(stores.workspaceId)).toEqual({ recorded: 1 });
    expect(await sizes.record(stores.workspaceId)).toEqual({ recorded: 0 });
    expect(await latest()).toMatchObject({ count: 2, total: 3, day: '2026-03-03' });

    const renamed = await inWorkspace((tx) =>
      segments.update(tx, actor, { ...made, name: 'La France', version: 1 }),
    );
    expect(await sizes.record(stores.workspaceId, made.id)).toEqual({ recorded: 0 });
    await inWorkspace((tx) =>
      segments.update(tx, actor, { ...renamed, rule: ruleOf('not (country is "FR")') }),
    );
    expect(await latest()).toBeUndefined();
    expect(await sizes.record(stores.workspaceId, made.id)).toEqual({ recorded: 1 });
    expect(await latest()).toMatchObject({ count: 1 });

    // 23:30 in London is the next day in Paris.
    const now = stores.clock.now();
    stores.clock.set(new Date('2026-03-05T23:30:00Z'));
    expect(await sizes.record(stores.workspaceId)).toEqual({ recorded: 1 });
    const history = (days: number) =>
      inWorkspace((tx) => sizes.history(tx, made.id, { days, timeZone: 'Europe/Paris' }));
    expect((await history(90)).map(({ day, count }) => [day, count])).toEqual([
      ['2026-03-03', 2],
      ['2026-03-03', 1],
      ['2026-03-06', 1],
    ]);
    expect((await history(1)).length).toBe(1);
    stores.clock.set(now);
    await inWorkspace((tx) => segments.remove(tx, actor, made.id));
    stores.clock.advance(DAY_MS);
    expect(await sizes.record(stores.workspaceId)).toEqual({ recorded: 0 });
    stores.clock.set(now);
  });

  it('is not kept from being recorded by a neighbour that fails', async () => {
    const failing = createSegmentSizes({
      ...stores,
      timeZone: async () => 'Europe/Paris',
      upToDate: async () => undefined,
      eventReader: {
        query: (workspaceId, query) =>
          JSON.stringify(query.params).includes('broken')
            ? Promise.reject(new Error('no'))
            : collect.eventReader.query(workspaceId, query),
      },
    });
    const [bad, good] = await inWorkspace(async (tx) => [
      await segments.create(tx, actor, { name: 'bad', rule: ruleOf('city is "broken"') }),
      await segments.create(tx, actor, { name: 'good', rule: ruleOf('everybody') }),
    ]);
    await expect(failing.record(stores.workspaceId)).rejects.toThrow('could not be counted');
    const known = await inWorkspace((tx) => sizes.latest(tx, [bad?.id ?? '', good?.id ?? '']));
    expect([...known.values()].map(({ count }) => count)).toEqual([3]);
    expect(await sizes.record(stores.workspaceId)).toEqual({ recorded: 1 });
  });
});

describe('the vocabulary', () => {
  it('offers what is there, the most frequent first', async () => {
    const vocabularyOf = createVocabulary({ ...stores, eventReader: collect.eventReader });
    const found = await vocabularyOf(stores.workspaceId);
    expect(found.people).toBe(3);
    const field = (name: string) => found.fields.find(({ field }) => field === name);
    expect(field('country')).toEqual({
      field: 'country',
      people: 3,
      values: [
        { value: 'FR', times: 2 },
        { value: 'BE', times: 1 },
      ],
    });
    expect(field('external_id')).toMatchObject({ people: 1, values: [] });
    expect(Object.fromEntries(found.traits.map(({ key, type, range }) => [key, [type, range]]))).toEqual({
      plan: ['text', null],
      points: ['mixed', { min: 3, max: 8 }],
      vip: ['boolean', null],
    });
    expect(found.traits.find(({ key }) => key === 'plan')?.values[0]).toEqual({ value: 'gold', times: 2 });
    expect(found.events.map(({ name, times }) => [name, times])).toEqual([
      ['page_viewed', 2],
      ['order_completed', 1],
    ]);
    const [viewed, ordered] = found.events;
    expect(viewed?.items).toBeNull();
    expect(viewed?.properties).toEqual(
      expect.arrayContaining([
        { key: 'path', type: 'text', values: [{ value: '/tea', times: 2 }], range: null },
        { key: 'seconds', type: 'number', values: [], range: { min: 4, max: 9 } },
      ]),
    );
    expect(ordered?.items?.category).toEqual([{ value: 'drinks', times: 1 }]);
    expect(found.currencies).toEqual([{ currency: 'EUR', orders: 1 }]);
    expect(await vocabularyOf(stores.workspaceId)).toBe(found);
    expect(await vocabularyOf(stores.otherWorkspaceId)).toMatchObject({ people: 0, traits: [], events: [] });
  });
});

describe('a timeline', () => {
  it('neither skips nor repeats events of one instant', async () => {
    const profileId = stores.ids.next();
    await inWorkspace((tx) =>
      collect.append(
        tx,
        Array.from({ length: 60 }, (_, index) => ({
          name: index % 2 === 0 ? 'even' : 'odd',
          at: new Date(stores.clock.now().getTime() - (index < 50 ? 0 : 1000)),
          profileId,
          source: 'test',
          messageId: `${index}`,
        })),
      ),
    );
    while ((await collect.shipper.tick(stores.workspaceId)).shipped > 0);
    const seen: string[] = [];
    let after: { at: Date; eventId: string } | undefined;
    for (let page = 0; page < 9; page += 1) {
      const items = await collect.timeline.timeline(stores.workspaceId, { profileId, limit: 7, after });
      seen.push(...items.map(({ eventId }) => eventId));
      const last = items.at(-1);
      if (last === undefined) break;
      after = { at: new Date(last.at), eventId: last.eventId };
    }
    expect([seen.length, new Set(seen).size]).toEqual([60, 60]);
    const odd = await collect.timeline.timeline(stores.workspaceId, { profileId, limit: 99, name: 'odd' });
    expect(odd.length).toBe(30);
  });
});
