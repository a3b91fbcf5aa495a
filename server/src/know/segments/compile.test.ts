import { type Rule, ruleSchema } from '@mesure/contract/segments';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCollect, type NewEvent } from '#know/collect';
import { createProfiles, createReplicateProfiles, type Profile } from '#know/profiles';
import { createTestStores, type TestStores } from '#testing';
import { compileRule, RULE_SETTINGS } from './compile.ts';
import { holdsFor, type Person } from './naive-evaluator.ts';
import { KEYS, key, name, number, ruleArbitrary, WORDS, word } from './rule-arbitrary.ts';

const TIME_ZONE = 'Europe/Paris';
const HOUR_MS = 3_600_000;

let stores: TestStores;
let people: Person[];
let membersOf: (rule: Rule) => Promise<string[]>;

const personArbitrary = (now: Date) => {
  const at = fc
    .oneof(
      fc.constantFrom(0, 1, 24 * HOUR_MS, 24 * HOUR_MS - 1, 30 * 24 * HOUR_MS, -HOUR_MS),
      fc.integer({ min: -48 * HOUR_MS, max: 60 * 24 * HOUR_MS }),
    )
    .map((ago) => new Date(now.getTime() - ago));
  const line = fc.record({
    sku: word,
    name: word,
    category: fc.constantFrom('', 'gold', 'œuf'),
    quantity: fc.constantFrom('1', '2', '2.5', '-1'),
    unitPrice: fc.constantFrom('0.055', '1', '10', '0'),
    totalMinor: fc.constant(0),
    kind: fc.constant('product'),
    flags: fc.constant<string[]>([]),
    line: fc.constant(1),
  });
  const order = fc.record({
    orderId: fc.constant('o'),
    currency: fc.constantFrom('EUR', 'GBP'),
    revenueMinor: fc.constantFrom(0, 1, 2, 10, 100, -1, -10),
    lines: fc.array(line, { maxLength: 3 }),
  });
  const event = fc.record({
    name,
    at,
    text: fc.dictionary(key, word, { maxKeys: 3 }),
    numbers: fc.dictionary(key, number, { maxKeys: 3 }),
    order: fc.option(order, { nil: undefined }),
  });
  const traits = fc.dictionary(key, fc.oneof(word, number, fc.boolean()), { maxKeys: 4 });
  return fc.record({
    email: fc.boolean(),
    city: fc.option(word, { nil: null }),
    country: fc.constantFrom(null, 'gold', 'FR'),
    language: fc.constantFrom(null, 'fr' as const, 'en' as const),
    traits,
    events: fc.array(event, { maxLength: 6 }),
  });
};

beforeAll(async () => {
  stores = await createTestStores();
  const { database, clickhouse, workspaceId, clock, ids } = stores;
  const collect = createCollect(stores);
  const profiles = createProfiles(stores);
  const drawn = fc.sample(personArbitrary(clock.now()), { numRuns: 300, seed: 20260303 });
  people = await database.inWorkspace(workspaceId, async (tx) => {
    const found = await profiles.upsert(
      tx,
      drawn.map(({ email, city, country, language, traits }, index) => ({
        key: String(index),
        externalId: `person-${index}`,
        email: email ? `p${index}@${index % 2 === 0 ? 'gold' : 'example.test'}` : null,
        city,
        country,
        language,
        traits,
      })),
    );
    const stored = await profiles.byIds(tx, [...found.values()]);
    return drawn.map(({ events }, index) => {
      const profile = stored.get(found.get(String(index)) ?? '') as Profile;
      return {
        profile,
        events: events.map(
          (event): NewEvent => ({ ...event, profileId: profile.id, source: 'test', messageId: ids.next() }),
        ),
      };
    });
  });
  await database.inWorkspace(workspaceId, async (tx) => {
    await collect.append(
      tx,
      people.flatMap(({ events }) => events),
    );
    // Nobody's events: never anybody's reason to be in.
    await collect.append(
      tx,
      people.flatMap(({ events }) =>
        events.map((event) => ({ ...event, profileId: null, messageId: ids.next() })),
      ),
    );
  });
  // The other workspace has a twin of everybody, and everything of it stays out.
  await database.inWorkspace(stores.otherWorkspaceId, async (tx) => {
    await profiles.upsert(tx, [{ key: 'x', email: 'x@gold', city: 'gold', traits: { plan: 'gold' } }]);
    await collect.append(
      tx,
      people.flatMap(({ events }) => events),
    );
  });
  for (const id of [workspaceId, stores.otherWorkspaceId]) {
    while ((await collect.shipper.tick(id)).shipped > 0);
    const replicate = createReplicateProfiles({ database, clickhouse });
    while ((await replicate.tick(id)).copied > 0);
  }
  membersOf = async (rule) => {
    const { sql, params } = compileRule(rule, { now: clock.now(), workspaceTimeZone: TIME_ZONE });
    const rows = await collect.eventReader.query<{ profile_id: string }>(workspaceId, {
      sql: `${sql} ${RULE_SETTINGS}`,
      params,
    });
    return rows.map((row) => row.profile_id).sort();
  };
});
afterAll(() => stores.close());

const expected = (rule: Rule): string[] =>
  people
    .filter((person) => holdsFor(person, rule, { now: stores.clock.now(), workspaceTimeZone: TIME_ZONE }))
    .map(({ profile }) => profile.id)
    .sort();

describe('a compiled rule', () => {
  it('gives exactly the people of the naive evaluator, whatever the rule', async () => {
    await fc.assert(
      fc.asyncProperty(ruleArbitrary, async (rule) => {
        expect(ruleSchema.safeParse(rule).success).toBe(true);
        expect(await membersOf(rule)).toEqual(expected(rule));
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('binds every text and every key: hostile words change nothing but the comparison', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
      fc.constantFrom(
        "') or 1=1 --",
        "\\') or 1=1 --",
        "'; alter table events delete where 1; --",
        '{p1:String}',
        '{people:Array(UUID)}',
        '\0',
        '\t\n\r\b',
        '*/ /*',
        '`x`',
        "a' union all select profile_id from profiles --",
        "'] or 1=1 --",
      ),
    );
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (one, other) => {
        const rules: Rule[] = [
          { kind: 'field', field: 'city', test: { operator: 'equals', value: one } },
          { kind: 'field', field: 'city', test: { operator: 'in', values: [one, other] } },
          { kind: 'trait', key: one, test: { operator: 'equals', value: other } },
          { kind: 'trait', key: one, test: { operator: 'contains', value: other } },
          { kind: 'trait', key: one, test: { operator: 'gte', value: 0 } },
          { kind: 'trait', key: one, test: { operator: 'exists' } },
          { kind: 'event', did: true, name: one },
          {
            kind: 'event',
            did: true,
            name: 'page_viewed',
            where: [
              { kind: 'text', key: one, test: { operator: 'in', values: [other] } },
              { kind: 'number', key: other, test: { operator: 'gt', value: 1 } },
              {
                kind: 'item',
                sku: { operator: 'contains', value: one },
                category: { operator: 'equals', value: other },
              },
            ],
          },
          { kind: 'recency', name: one, last: 'newer_than', amount: 1, unit: 'days' },
          { kind: 'spent', currency: one.slice(0, 3), test: { operator: 'gt', value: 0 } },
        ];
        const { sql } = compileRule({ kind: 'any', rules }, { now: stores.clock.now() });
        const known = new Set([...WORDS, ...KEYS]);
        for (const text of [one, other])
          if (text.length > 12 && !known.has(text)) expect(sql).not.toContain(text);
        for (const rule of rules) expect(await membersOf(rule)).toEqual(expected(rule));
      }),
      { numRuns: 15, seed: 11 },
    );
  });
});
