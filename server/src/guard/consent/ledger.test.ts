import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#guard/access';
import type { AuditChange } from '#guard/audit';
import type { Tx } from '#platform/postgres';
import { createTestStores, type TestStores } from '#testing';
import type { ConsentEntry, Purpose } from './consent.ts';
import { type ConsentRoom, createConsentRoom } from './room.ts';

let stores: TestStores;
let room: ConsentRoom;
const audited: AuditChange[] = [];
const ENTITY = '0190aaaa-0000-7000-8000-000000000001';
const OTHER_ENTITY = '0190aaaa-0000-7000-8000-000000000002';

beforeAll(async () => {
  stores = await createTestStores();
  room = createConsentRoom({
    ...stores,
    audit: {
      record: async (_tx, change) => {
        audited.push(change);
      },
    },
  });
});
afterAll(() => stores.close());

const actor = (): Actor => ({
  kind: 'account',
  id: 'someone',
  name: 'Someone',
  roles: ['admin'],
  workspaceId: stores.workspaceId,
  personId: 'someone',
});

const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  stores.database.inWorkspace(stores.workspaceId, work);

const grant = (
  profileId: string,
  purpose: Purpose = 'prospecting',
  at = stores.clock.now(),
): ConsentEntry => ({
  profileId,
  entityId: ENTITY,
  channel: 'email',
  purpose,
  state: 'granted',
  at,
  proof: { method: 'form', source: 'checkout', wording: `I agree: ${purpose}`, language: 'en' },
});

const withdrawal = (profileId: string, purposes: readonly Purpose[] = ['prospecting']) => ({
  profileIds: [profileId],
  entityIds: [ENTITY],
  channel: 'email' as const,
  purposes,
  proof: { method: 'one_click' as const, source: 'header' },
});

const standingOf = async (tx: Tx, profileId: string, purpose: Purpose = 'prospecting') =>
  (
    await room.consent.standing(tx, {
      profileIds: [profileId],
      entityId: ENTITY,
      channel: 'email',
      purposes: [purpose],
    })
  ).get(profileId)?.[purpose];

test('the latest entry counts, and withdrawing twice is one entry', async () => {
  const person = stores.ids.next();
  await inTx(async (tx) => {
    expect(await standingOf(tx, person)).toBe('none');
    await room.consent.append(tx, [grant(person)]);
    expect(await standingOf(tx, person)).toBe('granted');
    for (let again = 0; again < 10; again += 1) await room.consent.withdraw(tx, withdrawal(person));
    expect(await standingOf(tx, person)).toBe('withdrawn');
    expect(await room.consent.history(tx, person)).toHaveLength(2);
  });
});

test('withdrawing at the same time from several places is one entry', async () => {
  const person = stores.ids.next();
  await inTx((tx) => room.consent.append(tx, [grant(person)]));
  const appended = await Promise.all(
    Array.from({ length: 6 }, () => inTx((tx) => room.consent.withdraw(tx, withdrawal(person)))),
  );
  expect(appended.flat()).toHaveLength(1);
});

test('a withdrawal counts even when an earlier entry is dated later than now', async () => {
  const person = stores.ids.next();
  const tomorrow = new Date(stores.clock.now().getTime() + 86_400_000);
  await inTx(async (tx) => {
    await room.consent.append(tx, [grant(person, 'prospecting', tomorrow)]);
    await room.consent.withdraw(tx, withdrawal(person));
    expect(await standingOf(tx, person)).toBe('withdrawn');
  });
});

test('an old proof found later does not undo a withdrawal', async () => {
  const person = stores.ids.next();
  await inTx(async (tx) => {
    await room.consent.withdraw(tx, withdrawal(person));
    await room.consent.append(tx, [grant(person, 'prospecting', new Date('2024-01-01T00:00:00Z'))]);
    expect(await standingOf(tx, person)).toBe('withdrawn');
  });
});

test('granting one purpose never allows another, for any person, sender and order (L-03)', async () => {
  const purposes = ['prospecting', 'click_tracking', 'personalisation', 'topic:a', 'topic:b'] as const;
  const people = [stores.ids.next(), stores.ids.next()];
  const entry = fc.record({
    person: fc.constantFrom(...people),
    entityId: fc.constantFrom(ENTITY, OTHER_ENTITY),
    purpose: fc.constantFrom(...purposes),
    state: fc.constantFrom('granted' as const, 'withdrawn' as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 12 }), async (entries) => {
      const fresh = new Map(people.map((person) => [person, stores.ids.next()]));
      const idOf = (person: string): string => fresh.get(person) ?? '';
      await inTx(async (tx) => {
        for (const one of entries) {
          const profileId = idOf(one.person);
          await room.consent.append(tx, [
            { ...grant(profileId, one.purpose), entityId: one.entityId, state: one.state },
          ]);
        }
        for (const entityId of [ENTITY, OTHER_ENTITY]) {
          const standing = await room.consent.standing(tx, {
            profileIds: people.map(idOf),
            entityId,
            channel: 'email',
            purposes,
          });
          for (const person of people) {
            for (const purpose of purposes) {
              const own = entries.filter(
                (one) => one.person === person && one.entityId === entityId && one.purpose === purpose,
              );
              expect(standing.get(idOf(person))?.[purpose]).toBe(own.at(-1)?.state ?? 'none');
            }
          }
        }
      });
    }),
    { numRuns: 40 },
  );
});

test('the proof keeps the words of that day, and the ledger refuses changes (L-01)', async () => {
  const person = stores.ids.next();
  const wording = 'J’accepte – « offres » 🧵';
  const [id = ''] = await inTx((tx) =>
    room.consent.append(tx, [
      { ...grant(person), proof: { method: 'form', source: 'caisse', wording, language: 'fr' } },
    ]),
  );
  const proven = await inTx((tx) => room.consent.proof(tx, id));
  expect(proven?.proof).toMatchObject({ wording, source: 'caisse', language: 'fr', simulated: false });
  expect(proven?.standing).toBe(true);
  for (const sql of [
    "update consent_entry set state = 'granted'",
    'delete from consent_entry',
    "update consent_wording set body = ''",
    'delete from consent_wording',
  ]) {
    await expect(inTx((tx) => tx.run(sql))).rejects.toThrow();
  }
});

test('a grant without proof is refused (L-02)', async () => {
  const person = stores.ids.next();
  const bare = { ...grant(person), proof: { method: 'import' as const, source: '' } };
  await expect(inTx((tx) => room.consent.append(tx, [bare]))).rejects.toMatchObject({
    code: 'unprocessable',
    details: { reason: 'no_source' },
  });
});

test('undoing an import withdraws what it brought and still stands', async () => {
  const importId = stores.ids.next();
  const [kept, gone, regranted] = [stores.ids.next(), stores.ids.next(), stores.ids.next()];
  const imported = (profileId: string): ConsentEntry => ({
    ...grant(profileId),
    at: new Date('2025-06-01T00:00:00Z'),
    proof: { method: 'import', source: 'crm.csv', importId },
  });
  await inTx(async (tx) => {
    await room.consent.append(tx, [kept, gone, regranted].map(imported));
    await room.consent.withdraw(tx, withdrawal(gone));
    await room.consent.append(tx, [grant(regranted)]);
    const input = { importId, undone: [], actor: actor() };
    expect(await room.consent.takeBackImported(tx, input)).toEqual({ withdrawn: 1, restored: 0 });
    expect(await room.consent.takeBackImported(tx, input)).toEqual({ withdrawn: 0, restored: 0 });
    expect(await standingOf(tx, kept)).toBe('withdrawn');
    expect(await standingOf(tx, gone)).toBe('withdrawn');
    expect(await standingOf(tx, regranted)).toBe('granted');
  });
  expect(audited.at(-1)).toMatchObject({ action: 'consent.import_withdrawn', subject: { id: importId } });
});

const on = (day: string): Date => new Date(`${day}T00:00:00Z`);
const broughtBy = (
  importId: string,
  entry: Pick<ConsentEntry, 'profileId' | 'state' | 'at'>,
): ConsentEntry => ({
  ...grant(entry.profileId),
  ...entry,
  proof: { method: 'import', source: `${importId}.csv`, importId },
});

test('undoing an import lets the consent beneath stand again, with its own proof', async () => {
  const [person, importId] = [stores.ids.next(), stores.ids.next()];
  await inTx(async (tx) => {
    const [older = ''] = await room.consent.append(tx, [grant(person, 'prospecting', on('2024-01-01'))]);
    await room.consent.append(tx, [
      broughtBy(importId, { profileId: person, state: 'granted', at: on('2025-01-01') }),
    ]);
    expect(await room.consent.takeBackImported(tx, { importId, undone: [], actor: actor() })).toEqual({
      withdrawn: 0,
      restored: 1,
    });
    expect(await standingOf(tx, person)).toBe('granted');
    const [latest] = await room.consent.history(tx, person);
    expect(latest).toMatchObject({
      state: 'granted',
      standing: true,
      at: on('2024-01-01'),
      proof: {
        method: 'undo',
        source: 'checkout',
        wording: 'I agree: prospecting',
        language: 'en',
        importId,
        restores: older,
      },
    });
    expect(await room.consent.history(tx, person)).toHaveLength(3);
  });
});

test('a restored consent goes with the import that had brought it', async () => {
  const [person, first, second] = [stores.ids.next(), stores.ids.next(), stores.ids.next()];
  await inTx(async (tx) => {
    await room.consent.append(tx, [
      broughtBy(first, { profileId: person, state: 'granted', at: on('2024-01-01') }),
      broughtBy(second, { profileId: person, state: 'granted', at: on('2025-01-01') }),
    ]);
    await room.consent.takeBackImported(tx, { importId: second, undone: [], actor: actor() });
    expect(await standingOf(tx, person)).toBe('granted');
    expect(
      await room.consent.takeBackImported(tx, { importId: first, undone: [second], actor: actor() }),
    ).toEqual({ withdrawn: 1, restored: 0 });
    expect(await standingOf(tx, person)).toBe('withdrawn');
  });
});

test('a withdrawal dated after the restored consent counts, however late it is told', async () => {
  const [person, importId, late] = [stores.ids.next(), stores.ids.next(), stores.ids.next()];
  await inTx(async (tx) => {
    await room.consent.append(tx, [
      grant(person, 'prospecting', on('2024-01-01')),
      broughtBy(importId, { profileId: person, state: 'granted', at: on('2025-01-01') }),
    ]);
    await room.consent.takeBackImported(tx, { importId, undone: [], actor: actor() });
    await room.consent.append(tx, [
      broughtBy(late, { profileId: person, state: 'withdrawn', at: on('2024-06-01') }),
    ]);
    expect(await standingOf(tx, person)).toBe('withdrawn');
  });
});

test('after undoing imports in any order, the standing is what it would be without their grants (L-01)', async () => {
  const told = fc.record({
    kind: fc.constant('import' as const),
    file: fc.integer({ min: 0, max: 2 }),
    state: fc.constantFrom('granted' as const, 'granted' as const, 'withdrawn' as const),
    day: fc.integer({ min: 1, max: 28 }),
  });
  const act = fc.oneof(
    { weight: 4, arbitrary: told },
    fc.record({ kind: fc.constant('grant' as const), day: fc.integer({ min: 1, max: 28 }) }),
    fc.record({ kind: fc.constant('withdraw' as const) }),
  );
  const order = fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 7 }), order, async (acts, undoes) => {
      const [person, twin] = [stores.ids.next(), stores.ids.next()];
      const files = [stores.ids.next(), stores.ids.next(), stores.ids.next()];
      const day = (number: number): Date => on(`2024-03-${String(number).padStart(2, '0')}`);
      await inTx(async (tx) => {
        // One file tells of one person's choice once.
        const heard = new Set<number>();
        const all = acts.filter(
          (one) => one.kind !== 'import' || (!heard.has(one.file) && heard.add(one.file)),
        );
        const tell = async (profileId: string, one: (typeof acts)[number]): Promise<void> => {
          if (one.kind === 'grant')
            await room.consent.append(tx, [grant(profileId, 'prospecting', day(one.day))]);
          else if (one.kind === 'withdraw')
            await room.consent.append(tx, [
              {
                ...grant(profileId),
                state: 'withdrawn',
                proof: { method: 'page', source: 'preferences' },
              },
            ]);
          else
            await room.consent.append(tx, [
              broughtBy(files[one.file] ?? '', { profileId, state: one.state, at: day(one.day) }),
            ]);
        };
        for (const one of all) {
          await tell(person, one);
          // The twin never hears of the grants that are taken back.
          const isUndone = one.kind === 'import' && one.state === 'granted' && undoes.includes(one.file);
          if (!isUndone) await tell(twin, one);
        }
        const undone: string[] = [];
        for (const file of undoes) {
          const importId = files[file] ?? '';
          await room.consent.takeBackImported(tx, { importId, undone, actor: actor() });
          undone.push(importId);
        }
        const wanted = await standingOf(tx, twin);
        const got = await standingOf(tx, person);
        // Nobody ever granted: a withdrawal says so as well as nothing does.
        expect(got === 'granted').toBe(wanted === 'granted');
      });
    }),
    { numRuns: 150 },
  );
});

test('five thousand people and their grants are read in one statement each', async () => {
  const people = Array.from({ length: 5000 }, () => stores.ids.next());
  await inTx(async (tx) => {
    const ids = await room.consent.append(
      tx,
      people.map((person) => grant(person)),
    );
    const query = { profileIds: people, entityId: ENTITY, channel: 'email' } as const;
    const standing = await room.consent.standing(tx, { ...query, purposes: ['prospecting', 'topic:a'] });
    expect(standing.size).toBe(5000);
    expect(
      [...standing.values()].every((one) => one.prospecting === 'granted' && one['topic:a'] === 'none'),
    ).toBe(true);
    const basis = await room.consent.basis(tx, { ...query, purpose: 'prospecting' });
    expect(people.map((person) => basis.get(person))).toEqual(ids);
  });
});

test('another workspace sees nothing of it', async () => {
  const person = stores.ids.next();
  await inTx(async (tx) => {
    await room.consent.append(tx, [grant(person)]);
    await room.suppression.add(tx, [
      { channel: 'email', address: 'a@b.fr', reason: 'manual', at: stores.clock.now() },
    ]);
  });
  await stores.database.inWorkspace(stores.otherWorkspaceId, async (tx) => {
    expect(await standingOf(tx, person)).toBe('none');
    expect(await room.suppression.suppressed(tx, 'email', ['a@b.fr'])).toEqual(new Set());
  });
});

test('a suppression holds for another spelling, keeps no address, and only its own reason is undone', async () => {
  const at = stores.clock.now();
  await inTx(async (tx) => {
    const add = (address: string, reason: 'bounce' | 'unsubscribed_all') =>
      room.suppression.add(tx, [{ channel: 'email', address, reason, at }]);
    expect(await add('Ana@Example.test', 'unsubscribed_all')).toBe(1);
    expect(await add('ana@example.test ', 'unsubscribed_all')).toBe(0);
    expect(await add('bob@example.test', 'bounce')).toBe(1);
    const asked = [' ANA@example.TEST', 'bob@example.test', 'eve@example.test'];
    expect(await room.suppression.suppressed(tx, 'email', asked)).toEqual(new Set(asked.slice(0, 2)));
    expect(await room.suppression.undoUnsubscribedAll(tx, 'email', 'ana@example.test')).toBe(true);
    expect(await room.suppression.undoUnsubscribedAll(tx, 'email', 'bob@example.test')).toBe(false);
    expect(await room.suppression.suppressed(tx, 'email', asked)).toEqual(new Set(['bob@example.test']));
    const dump = await tx.rows<{ text: string }>('select s::text as text from suppression s');
    expect(dump.map((row) => row.text).join()).not.toMatch(/bob|example/);
  });
});

test('a pause ends by itself and can be ended', async () => {
  const [person, other] = [stores.ids.next(), stores.ids.next()];
  const until = new Date(stores.clock.now().getTime() + 1000);
  await inTx(async (tx) => {
    await room.pauses.set(tx, person, until);
    await room.pauses.set(tx, other, until);
    await room.pauses.set(tx, other, null);
    expect(await room.pauses.active(tx, [person, other], stores.clock.now())).toEqual(
      new Map([[person, until]]),
    );
    expect((await room.pauses.active(tx, [person], until)).size).toBe(0);
  });
});

test('the first sender is the default, one at a time, and one named by consents stays', async () => {
  const entity = {
    name: 'Atelier SAS',
    address: '1 rue A, Paris',
    contactEmail: 'x@example.test',
    privacyUrl: null,
  };
  await inTx(async (tx) => {
    expect(await room.entities.default(tx)).toBeNull();
    const first = await room.entities.save(tx, entity, actor());
    const second = await room.entities.save(tx, { ...entity, name: 'Filiale', isDefault: true }, actor());
    expect(first.isDefault).toBe(true);
    expect((await room.entities.list(tx)).map((one) => [one.name, one.isDefault])).toEqual([
      ['Filiale', true],
      ['Atelier SAS', false],
    ]);
    await expect(room.entities.remove(tx, second.id, actor())).rejects.toMatchObject({
      details: { reason: 'is_default' },
    });
    await room.consent.append(tx, [{ ...grant(stores.ids.next()), entityId: first.id }]);
    await expect(room.entities.remove(tx, first.id, actor())).rejects.toMatchObject({
      details: { reason: 'named_by_consents' },
    });
  });
});

test('topics are replaced as a list; the same key twice is refused', async () => {
  const topic = (key: string) => ({ key, nameEn: key, nameFr: key });
  await inTx(async (tx) => {
    await room.topics.save(tx, [topic('b'), topic('a')], actor());
    expect((await room.topics.save(tx, [topic('c'), topic('a')], actor())).map(({ key }) => key)).toEqual([
      'c',
      'a',
    ]);
    await expect(room.topics.save(tx, [topic('a'), topic('a')], actor())).rejects.toMatchObject({
      details: { reason: 'duplicate_topic' },
    });
  });
});
