import { Readable } from 'node:stream';
import { text as readText } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { saveImport } from './import-store.ts';
import { createImportsFixture } from './imports.fixture.ts';

type Room = Awaited<ReturnType<typeof createImportsFixture>>;

const rooms: Room[] = [];
let room: Room;
const open = async (change?: Parameters<typeof createImportsFixture>[0]): Promise<Room> => {
  const opened = await createImportsFixture(change);
  rooms.push(opened);
  return opened;
};
beforeEach(async () => {
  room = await open();
});
afterAll(() => Promise.all(rooms.map((opened) => opened.close())));

const HEADER =
  'order id,order date,customer id,email,first name,sku,product name,quantity,unit price,opt-in,opt-in date\n';
const ORDERS = `${HEADER}1,2024-01-05 10:00,7,zoe@shop.fr,Zoé,M1,Mug,2,3.50,yes,2023-12-01
1,2024-01-05 10:00,7,zoe@shop.fr,Zoé,T1,Thé vert,1,0.055,yes,2023-12-01
1,2024-01-05 10:00,7,zoe@shop.fr,Zoé,POST,Postage,1,4.90,yes,2023-12-01
2,2024-02-01 09:30,8,,Max,M1,Mug bleu,1,3.60,no,
3,2024-02-02 09:30,,,,M1,Mug,1,3.60,,
4,2024-02-30 09:30,8,,Max,M1,Mug,1,3.60,,
5,2024-03-01 09:30,8,,Max,M1,Mug,many,3.60,,
6,2024-03-02 09:30,8,,Max,M1,Mug,-1,3.60,,
`;

const everything = async (of: Room) => ({
  events: await of.query('select event_id from events'),
  people: await of.inWorkspace((tx) => of.profiles.count(tx)),
  products: await of.inWorkspace((tx) => of.products.count(tx)),
  purchases: await of.inWorkspace((tx) => tx.rows('select profile_id from imported_purchase')),
  consents: await of.inWorkspace((tx) => tx.rows('select id from consent_entry')),
  staged: await of.inWorkspace((tx) => tx.rows('select profile_id from data_import_person')),
});
const NOTHING = { events: [], people: 0, products: 0, purchases: [], consents: [], staged: [] };

const consentMapping = {
  consents: [
    {
      purpose: 'prospecting',
      column: 'opt-in',
      source: { text: 'Shop checkout, box below the address' },
      dateColumn: 'opt-in date',
    },
  ],
};
const withEntity = (of: Room) =>
  of.inWorkspace((tx) =>
    of.entities.save(
      tx,
      { name: 'Atelier', address: '1 rue X, Lyon', contactEmail: 'a@atelier.fr', privacyUrl: null },
      of.actor,
    ),
  );

describe('an import', () => {
  it('becomes people, orders, products and purchases, and accounts for every line', async () => {
    const { row, files } = await room.importText(ORDERS);
    expect(row.failure).toBeNull();
    expect(row.state).toBe('committed');
    expect(row.report).toMatchObject({
      linesIn: 8,
      productLines: 5,
      otherLines: 1,
      linesSetAside: 2,
      linesWithoutCustomer: 1,
      products: 2,
      orders: { completed: 3, refunded: 1, cancelled: 0 },
      people: { new: 2, known: 0 },
      revenue: [{ currency: 'EUR', minor: 700 + 6 + 490 + 360 + 360 - 360 }],
      otherKinds: [{ kind: 'postage', lines: 1 }],
      severalNames: { products: 1, samples: [{ sku: 'M1', kept: 'Mug', others: ['Mug bleu'] }] },
    });
    const kinds = Object.fromEntries(
      (row.report?.troubles ?? []).map(({ kind, lines, treatment }) => [kind, [lines, treatment]]),
    );
    expect(kinds).toEqual({
      no_customer: [1, 'imported'],
      impossible_date: [1, 'set_aside'],
      unreadable_number: [1, 'set_aside'],
      returned: [1, 'imported_flagged'],
      not_a_product: [1, 'imported_flagged'],
      several_names: [1, 'imported'],
    });
    const lines = await room.query<{
      orderId: string;
      sku: string;
      price: string;
      total: number;
      line: number;
    }>(
      'select order_id as orderId, sku, toString(unit_price) as price, total_minor as total, line from order_lines order by line',
    );
    expect(lines[1]).toEqual({ orderId: '1', sku: 'T1', price: '0.055', total: 6, line: 1_000_000_003 });
    expect(lines.map(({ line }) => line % 1_000_000_000)).toEqual([2, 3, 4, 5, 6, 9]);
    const people = await room.inWorkspace((tx) => room.profiles.byEmails(tx, ['zoe@shop.fr']));
    const zoe = people.get('zoe@shop.fr');
    expect(zoe).toMatchObject({ externalId: '7', firstName: 'Zoé', simulated: false });
    const bought = await room.inWorkspace((tx) => room.purchases.last(tx, [zoe?.id ?? '']));
    expect([...(bought.get(zoe?.id ?? '')?.keys() ?? [])].sort()).toEqual(['M1', 'T1']);
    const [tea] = (await room.inWorkspace((tx) => room.products.bySku(tx, ['T1']))).values();
    expect(tea).toMatchObject({ name: 'Thé vert', unitPrice: '0.055' });
    expect(files[0]?.alreadyImportedBy).toBeNull();
    expect(await everything(room)).toMatchObject({ consents: [], staged: [] });
    expect((await room.inWorkspace((tx) => room.audit.verifyChain(tx))).intact).toBe(true);
  });

  it('writes nothing in a dry run but its report', async () => {
    const { row } = await room.describe(ORDERS);
    await room.imports.dryRun(room.actor, row.id);
    await room.work();
    const { row: checked } = await room.imports.get(room.workspaceId, row.id);
    expect(checked).toMatchObject({
      state: 'described',
      reportIsDryRun: true,
      report: { linesIn: 8, people: { new: 2, known: 0 } },
    });
    expect(await everything(room)).toEqual(NOTHING);
  });

  it('hands out the lines it set aside, safe to open', async () => {
    const nasty = ORDERS.replace(
      '5,2024-03-01 09:30,8,,Max,M1,Mug,many',
      '5,2024-03-01 09:30,8,,=cmd(),M1,Mug,many',
    );
    const { row } = await room.importText(nasty);
    const csv = await readText(await room.imports.readSetAside(room.workspaceId, row.id));
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('reason,detail,file,line,order id');
    expect(lines[1]).toContain('impossible_date,2024-02-30 09:30,orders.csv,7,4');
    expect(lines[2]).toContain("'=cmd()");
  });

  it('reads French semicolons, decimal commas, Windows-1252 and gzip', async () => {
    const french =
      'N° commande;Date;Client;Désignation;Réf;Qté;Prix\n1;23/08/2024;7;Thé à 3,50 €;T1;2;1 234,50\n';
    const bytes = gzipSync(Buffer.from(french.replace('€', '\x80'), 'latin1'));
    const { row } = await room.importText(bytes);
    expect(row.mapping).toMatchObject({ decimal: ',', dateFormat: 'dmy' });
    const [line] = await room.query<object>(
      "select item_name as name, revenue_minor as revenue, formatDateTime(at, '%F %R', 'Europe/Paris') as at from events array join item_name",
    );
    expect(line).toEqual({ name: 'Thé à 3,50 €', revenue: 246_900, at: '2024-08-23 00:00' });
  });

  it('keeps known people as they are and fills in what was not known', async () => {
    await room.inWorkspace((tx) =>
      room.profiles.upsert(tx, [{ key: 'a', email: 'ZOE@shop.fr', firstName: 'Zoë', city: 'Nantes' }]),
    );
    const { row } = await room.importText(ORDERS);
    expect(row.report?.people).toEqual({ new: 1, known: 1 });
    const people = await room.inWorkspace((tx) => room.profiles.byEmails(tx, ['zoe@shop.fr']));
    expect(people.get('zoe@shop.fr')).toMatchObject({ firstName: 'Zoë', city: 'Nantes', externalId: '7' });
  });

  it('keeps the address of somebody who is known by customer number', async () => {
    await room.inWorkspace((tx) =>
      room.profiles.upsert(tx, [{ key: 'a', email: 'zoe@now.fr', externalId: '7' }]),
    );
    await room.importText(ORDERS);
    const people = await room.inWorkspace((tx) => room.profiles.byEmails(tx, ['zoe@now.fr', 'zoe@shop.fr']));
    expect([...people.values()].map(({ email, externalId }) => [email, externalId])).toEqual([
      ['zoe@now.fr', '7'],
    ]);
  });

  it('puts people away when memory has enough of them, and finds them again', async () => {
    const small = await open(() => ({ maxPeopleInMemory: 1, linesPerChunk: 1 }));
    const { row } = await small.importText(ORDERS);
    expect(row.report?.people).toEqual({ new: 2, known: 0 });
    const [counts] = await small.query<object>(
      "select uniqExactIf(profile_id, profile_id != toUUID('00000000-0000-0000-0000-000000000000')) as people, count() as events from events",
    );
    expect(counts).toEqual({ people: 2, events: 4 });
    expect(await small.inWorkspace((tx) => small.profiles.count(tx))).toBe(2);
  });

  it('sets aside orders it knows already, and says when a file was imported before', async () => {
    await room.importText(ORDERS);
    const { row, files } = await room.describe(ORDERS);
    expect(files[0]?.alreadyImportedBy).not.toBeNull();
    await room.imports.start(room.actor, row.id);
    await room.work();
    const { row: again } = await room.imports.get(room.workspaceId, row.id);
    expect(again.report).toMatchObject({
      linesIn: 8,
      productLines: 0,
      otherLines: 0,
      linesSetAside: 8,
      people: { new: 0, known: 0 },
    });
    expect(await room.query('select event_id from events')).toHaveLength(4);
  });
});

describe('consent', () => {
  it('is brought only where the file proves it, and taken back with the import', async () => {
    const entity = await withEntity(room);
    const { row } = await room.importText(ORDERS, consentMapping);
    expect(row.report?.consents).toEqual({ granted: 1, withdrawn: 0, simulated: 0 });
    const [zoe] = [...(await room.inWorkspace((tx) => room.profiles.byEmails(tx, ['zoe@shop.fr']))).values()];
    const history = await room.inWorkspace((tx) => room.consent.history(tx, zoe?.id ?? ''));
    expect(history).toHaveLength(1);
    expect(history[0]).toMatchObject({
      state: 'granted',
      purpose: 'prospecting',
      entityId: entity.id,
      proof: {
        method: 'import',
        importId: row.id,
        source: 'Shop checkout, box below the address (orders.csv:2)',
        simulated: false,
      },
    });
    expect(history[0]?.at.toISOString()).toBe('2023-11-30T23:00:00.000Z');
    await room.imports.undo(room.actor, row.id);
    await room.work();
    const after = await room.inWorkspace((tx) => room.consent.history(tx, zoe?.id ?? ''));
    expect(after.map(({ state }) => state).sort()).toEqual(['granted', 'withdrawn']);
  });

  it('told again by a later file adds nothing to the log', async () => {
    await withEntity(room);
    await room.importText(ORDERS, consentMapping);
    const again = await room.importText(ORDERS.replaceAll(/^(\d),/gm, '9$1,'), consentMapping);
    expect(again.row.state).toBe('committed');
    expect(again.row.report?.consents.granted).toBe(0);
    const [zoe] = [...(await room.inWorkspace((tx) => room.profiles.byEmails(tx, ['zoe@shop.fr']))).values()];
    expect(await room.inWorkspace((tx) => room.consent.history(tx, zoe?.id ?? ''))).toHaveLength(1);
  });

  it('without a date or a source is no consent', async () => {
    await withEntity(room);
    const { row } = await room.importText(ORDERS.replaceAll('yes,2023-12-01', 'yes,'), consentMapping);
    expect(row.report?.consents.granted).toBe(0);
    expect(row.report?.troubles.find(({ kind }) => kind === 'consent_without_proof')).toMatchObject({
      treatment: 'ignored',
    });
    expect((await everything(room)).consents).toEqual([]);
  });

  it('is the latest by its own date, whichever order tells of it, also when people were put away', async () => {
    const text = `${HEADER}1,2024-01-05,7,zoe@shop.fr,Zoé,M1,Mug,2,3.50,no,2024-05-01
2,2024-02-01,8,max@shop.fr,Max,M1,Mug,1,3.60,,
3,2024-03-05,7,zoe@shop.fr,Zoé,M1,Mug,2,3.50,yes,2024-01-01
`;
    for (const limits of [{}, { maxPeopleInMemory: 0, linesPerChunk: 1 }]) {
      const own = await open(() => limits);
      await withEntity(own);
      await own.importText(text, consentMapping);
      const entries = await own.inWorkspace((tx) => tx.rows('select state from consent_entry'));
      expect(entries).toEqual([{ state: 'withdrawn' }]);
    }
  });

  it('is never made up where messages can reach people', async () => {
    const real = await open(() => ({ mayMakeUp: async () => false }));
    await withEntity(real);
    const simulation = { addresses: true, consentShare: 1, purposes: ['prospecting'] };
    await expect(real.describe(ORDERS, { simulation })).rejects.toMatchObject({
      details: { reason: 'simulation_not_allowed' },
    });
  });

  it('is made up once: a later file does not undo what somebody chose', async () => {
    const entity = await withEntity(room);
    const simulation = { addresses: true, consentShare: 1, purposes: ['prospecting'] };
    await room.importText(ORDERS, { simulation });
    const people = await room.inWorkspace((tx) => room.profiles.byEmails(tx, ['customer-8@example.test']));
    const profileId = people.get('customer-8@example.test')?.id ?? '';
    const choice = {
      profileId,
      entityId: entity.id,
      channel: 'email',
      purpose: 'prospecting',
      state: 'withdrawn',
    } as const;
    await room.inWorkspace((tx) =>
      room.consent.append(tx, [
        { ...choice, at: room.stores.clock.now(), proof: { method: 'page', source: 'Preferences' } },
      ]),
    );
    room.stores.clock.advance(60_000);
    await room.importText(`${HEADER}90,2024-01-01,8,,Max,M1,Mug,1,3.50,,\n`, { simulation });
    const standing = await room.inWorkspace((tx) =>
      room.consent.standing(tx, {
        profileIds: [profileId],
        entityId: entity.id,
        channel: 'email',
        purposes: ['prospecting'],
      }),
    );
    expect(standing.get(profileId)?.prospecting).toBe('withdrawn');
  });

  it('can be made up for a demonstration, with addresses, and says so', async () => {
    await withEntity(room);
    const { row } = await room.importText(ORDERS, {
      simulation: { addresses: true, consentShare: 1, purposes: ['prospecting'] },
    });
    expect(row.report?.consents).toEqual({ granted: 0, withdrawn: 0, simulated: 2 });
    const people = await room.inWorkspace((tx) => room.profiles.byEmails(tx, ['customer-8@example.test']));
    const max = people.get('customer-8@example.test');
    expect(max).toMatchObject({ simulated: true, externalId: '8' });
    const [entry] = await room.inWorkspace((tx) => room.consent.history(tx, max?.id ?? ''));
    expect(entry?.proof).toMatchObject({
      simulated: true,
      source: 'Made up for a demonstration (simulated)',
    });
  });
});

describe('undo', () => {
  it('leaves nothing that only the import knew, and everything that something else knows', async () => {
    await room.importText(`${HEADER}90,2024-01-01,8,,Max,M1,Mug,1,3.50,,\n`);
    const { row } = await room.importText(ORDERS);
    expect((await room.query('select event_id from events')).length).toBe(5);
    await room.imports.undo(room.actor, row.id);
    await room.work();
    const { row: undone } = await room.imports.get(room.workspaceId, row.id);
    expect(undone.state).toBe('undone');
    expect(await room.query('select order_id as id from events')).toEqual([{ id: '90' }]);
    expect(await room.inWorkspace((tx) => room.profiles.count(tx))).toBe(1);
    expect(
      await room.inWorkspace((tx) =>
        tx.rows('select i.sku, i.at from imported_purchase, unnest(skus, bought_at) as i (sku, at)'),
      ),
    ).toEqual([{ sku: 'M1', at: new Date('2023-12-31T23:00:00Z') }]);
    await expect(room.imports.undo(room.actor, row.id)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('keeps people whom another room knows', async () => {
    const known = await open(() => ({ knowsPeople: [async (_tx, ids) => new Set(ids)] }));
    const { row } = await known.importText(ORDERS);
    await known.imports.undo(known.actor, row.id);
    await known.work();
    expect(await known.inWorkspace((tx) => known.profiles.count(tx))).toBe(2);
    expect(await known.query('select event_id from events')).toEqual([]);
  });

  it('keeps somebody who said no, so that the same file cannot say yes for them', async () => {
    const entity = await withEntity(room);
    const { row } = await room.importText(ORDERS, consentMapping);
    const zoe = await room.inWorkspace(async (tx) =>
      (await room.profiles.byEmails(tx, ['zoe@shop.fr'])).get('zoe@shop.fr'),
    );
    await room.inWorkspace((tx) =>
      room.consent.append(tx, [
        {
          profileId: zoe?.id ?? '',
          entityId: entity.id,
          channel: 'email',
          purpose: 'prospecting',
          state: 'withdrawn',
          at: room.clock.now(),
          proof: { method: 'page', source: 'preferences page' },
        },
      ]),
    );
    await room.imports.undo(room.actor, row.id);
    await room.work();
    expect(await room.inWorkspace((tx) => room.profiles.count(tx))).toBe(1);
    await room.importText(ORDERS, consentMapping);
    const standing = await room.inWorkspace((tx) =>
      room.consent.standing(tx, {
        profileIds: [zoe?.id ?? ''],
        entityId: entity.id,
        channel: 'email',
        purposes: ['prospecting'],
      }),
    );
    expect(standing.get(zoe?.id ?? '')).toEqual({ prospecting: 'withdrawn' });
  });

  it('keeps somebody who did something that the event store has not heard of yet', async () => {
    const { row } = await room.importText(ORDERS);
    await room.inWorkspace(async (tx) => {
      const zoe = (await room.profiles.byEmails(tx, ['zoe@shop.fr'])).get('zoe@shop.fr');
      await room.collect.append(tx, [
        {
          name: 'page_viewed',
          at: room.clock.now(),
          profileId: zoe?.id ?? '',
          source: 'site',
          messageId: 'view-1',
        },
      ]);
    });
    await room.imports.undo(room.actor, row.id);
    await room.work();
    expect(await room.inWorkspace((tx) => room.profiles.count(tx))).toBe(1);
  });

  const LATER = ORDERS.replaceAll(/^(\d),/gm, '9$1,');
  const undo = async (id: string): Promise<void> => {
    await room.imports.undo(room.actor, id);
    await room.work();
  };
  const count = (): Promise<number> => room.inWorkspace((tx) => room.profiles.count(tx));

  it.each([
    [0, 1],
    [1, 0],
  ])(
    'of two imports, in either order (%i, %i), takes the people whom only they knew with the last',
    async (first, second) => {
      const imports = [(await room.importText(ORDERS)).row.id, (await room.importText(LATER)).row.id];
      await undo(imports[first] ?? '');
      expect(await count()).toBe(2);
      await undo(imports[second] ?? '');
      expect(await count()).toBe(0);
      expect(await room.inWorkspace((tx) => tx.rows('select * from data_import_shared'))).toEqual([]);
    },
  );

  it('takes the people of three imports with the last, each of which filled a gap', async () => {
    const bare = `${HEADER}80,2024-01-01,8,,,M1,Mug,1,3.50,,\n`;
    const ids: string[] = [];
    for (const text of [bare, ORDERS, LATER]) ids.push((await room.importText(text)).row.id);
    await undo(ids[1] ?? '');
    await undo(ids[0] ?? '');
    expect(await count()).toBe(2);
    await undo(ids[2] ?? '');
    expect(await count()).toBe(0);
  });

  it('keeps a person of two imports about whom something was learned in between or since', async () => {
    const learn = (email: string, firstName: string) =>
      room.inWorkspace((tx) => room.profiles.upsert(tx, [{ key: 'k', email, firstName }]));
    const text = (order: string): string =>
      `${HEADER}${order}1,2024-01-01,1,one@shop.fr,,M1,Mug,1,3.50,,\n${order}2,2024-01-01,2,two@shop.fr,,M1,Mug,1,3.50,,\n${order}3,2024-01-01,3,three@shop.fr,,M1,Mug,1,3.50,,\n`;
    const { row: first } = await room.importText(text('1'));
    await learn('one@shop.fr', 'Une');
    const { row: second } = await room.importText(text('2'));
    await learn('two@shop.fr', 'Deux');
    await undo(first.id);
    await undo(second.id);
    expect(await room.inWorkspace((tx) => tx.rows('select email from profile order by email'))).toEqual([
      { email: 'one@shop.fr' },
      { email: 'two@shop.fr' },
    ]);
  });

  it('leaves nobody whom it keeps under an import that is not seen any more', async () => {
    const known = await open(() => ({ knowsPeople: [async (_tx, ids) => new Set(ids)] }));
    const { row } = await known.importText(ORDERS);
    await known.imports.undo(known.actor, row.id);
    await known.work();
    expect(await known.inWorkspace((tx) => tx.rows('select distinct import_id as id from profile'))).toEqual([
      { id: '00000000-0000-0000-0000-000000000000' },
    ]);
  });

  it('lets the consent that an earlier import brought stand again', async () => {
    const entity = await withEntity(room);
    await room.importText(ORDERS, consentMapping);
    const later = LATER.replaceAll('2023-12-01', '2023-12-15');
    const { row: second } = await room.importText(later, consentMapping);
    const { row: third } = await room.importText(
      later.replaceAll(/^9(\d),/gm, '8$1,').replaceAll('2023-12-15', '2023-12-20'),
      consentMapping,
    );
    const standing = async (): Promise<unknown> =>
      room.inWorkspace(async (tx) => {
        const zoe = (await room.profiles.byEmails(tx, ['zoe@shop.fr'])).get('zoe@shop.fr')?.id ?? '';
        const query = { profileIds: [zoe], entityId: entity.id, channel: 'email' } as const;
        return (await room.consent.standing(tx, { ...query, purposes: ['prospecting'] })).get(zoe)
          ?.prospecting;
      });
    await undo(second.id);
    expect(await standing()).toBe('granted');
    await undo(third.id);
    expect(await standing()).toBe('granted');
    const history = await room.inWorkspace(async (tx) =>
      room.consent.history(
        tx,
        (await room.profiles.byEmails(tx, ['zoe@shop.fr'])).get('zoe@shop.fr')?.id ?? '',
      ),
    );
    expect(history[0]).toMatchObject({ proof: { method: 'undo', importId: third.id } });
    expect(history[0]?.at.toISOString()).toBe('2023-11-30T23:00:00.000Z');
  });

  it('makes room for the same file again', async () => {
    const { row } = await room.importText(ORDERS);
    await room.imports.undo(room.actor, row.id);
    await room.work();
    const { row: again } = await room.importText(ORDERS);
    expect(again.report).toMatchObject({ linesSetAside: 2, people: { new: 2, known: 0 } });
    expect(await room.query('select event_id from events')).toHaveLength(4);
  });
});

describe('an import that is killed', () => {
  const many = `${HEADER}${Array.from({ length: 50 }, (_, index) => `${index},2024-01-05,${(index % 9) + 1},,,M${index % 7},Mug,1,3.50,,\n`).join('')}`;

  /** Dies at the n-th thing it does to a store; the server is then started again. */
  it.each([1, 3, 20])('after %i batches, is never seen half and is whole after recover', async (steps) => {
    const dying = new AbortController();
    let left = steps;
    const killed = await open((deps) => ({
      linesPerChunk: 2,
      bulk: {
        ...deps.bulk,
        insertEvents: async (target, events) => {
          await deps.bulk.insertEvents(target, events);
          left -= 1;
          if (left === 0) dying.abort();
        },
      },
    }));
    const { row } = await killed.describe(many);
    await killed.imports.start(killed.actor, row.id);
    await expect(killed.work(dying.signal)).rejects.toThrow();
    expect(await everything(killed)).toEqual(NOTHING);
    expect((await killed.imports.get(killed.workspaceId, row.id)).row.state).toBe('running');
    expect(await killed.imports.recover(killed.workspaceId)).toBe(1);
    await killed.work();
    const { row: done } = await killed.imports.get(killed.workspaceId, row.id);
    expect(done).toMatchObject({
      state: 'committed',
      tries: 2,
      report: { linesIn: 50, productLines: 50, people: { new: 9, known: 0 } },
    });
    const [counts] = await killed.query<object>(
      'select count() as lines, uniqExact(line) as distinct from order_lines',
    );
    expect(counts).toEqual({ lines: 50, distinct: 50 });
    expect((await everything(killed)).people).toBe(9);
  });

  it('inside its last transaction, leaves nothing and is whole after recover', async () => {
    let dies = true;
    const killed = await open((deps) => ({
      audit: {
        record: async (tx, change) => {
          if (dies && change.action === 'import.committed') throw new Error('the power went');
          await deps.audit.record(tx, change);
        },
      },
    }));
    const { row } = await killed.describe(many);
    await killed.imports.start(killed.actor, row.id);
    await killed.work();
    expect(await everything(killed)).toEqual(NOTHING);
    const { row: failed } = await killed.imports.get(killed.workspaceId, row.id);
    expect(failed).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('Nothing was imported'),
    });
    dies = false;
    await killed.imports.start(killed.actor, row.id);
    await killed.work();
    expect((await killed.imports.get(killed.workspaceId, row.id)).row.state).toBe('committed');
  });

  it('three times, gives up and says so', async () => {
    const dying = new AbortController();
    dying.abort();
    const { row } = await room.describe(many);
    await room.imports.start(room.actor, row.id);
    for (let time = 0; time < 3; time += 1) {
      await expect(room.work(dying.signal)).rejects.toThrow();
      await room.imports.recover(room.workspaceId);
    }
    await room.work();
    expect((await room.imports.get(room.workspaceId, row.id)).row).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('3 times'),
    });
    expect(await everything(room)).toEqual(NOTHING);
  });

  it('is read again when somebody makes one of its people in the meantime', async () => {
    let meddled = false;
    const busy = await open((deps) => ({
      bulk: {
        ...deps.bulk,
        insertEvents: async (target, events) => {
          await deps.bulk.insertEvents(target, events);
          if (meddled) return;
          meddled = true;
          await deps.database.inWorkspace(target.workspaceId, (tx) =>
            deps.profilesWith(deps.ids).upsert(tx, [{ key: 'm', email: 'zoe@shop.fr', city: 'Brest' }]),
          );
        },
      },
    }));
    const { row } = await busy.importText(ORDERS);
    expect(row).toMatchObject({ state: 'committed', tries: 2, report: { people: { new: 1, known: 1 } } });
    const [zoe] = [...(await busy.inWorkspace((tx) => busy.profiles.byEmails(tx, ['zoe@shop.fr']))).values()];
    const events = await busy.query<{ id: string }>(
      "select distinct profile_id as id from events where order_id = '1'",
    );
    expect(events).toEqual([{ id: zoe?.id }]);
  });

  it('stops when it is asked to, also at its last moment', async () => {
    let importId = '';
    const asked = await open((deps) => ({
      bulk: {
        ...deps.bulk,
        insertEvents: async (target, events) => {
          await deps.bulk.insertEvents(target, events);
          await deps.database.inWorkspace(target.workspaceId, (tx) =>
            saveImport(tx, importId, { cancelRequested: true }),
          );
        },
      },
    }));
    importId = (await asked.describe(many)).row.id;
    await asked.imports.start(asked.actor, importId);
    await asked.work();
    const { row: stopped } = await asked.imports.get(asked.workspaceId, importId);
    expect(stopped).toMatchObject({ state: 'cancelled', failure: null });
    expect(await everything(asked)).toEqual(NOTHING);
  });

  it('can be cancelled before it starts', async () => {
    const { row } = await room.describe(many);
    const { row: cancelled } = await room.imports.cancel(room.actor, row.id);
    expect(cancelled).toMatchObject({ state: 'cancelled', guess: { preview: [] } });
    await expect(room.imports.start(room.actor, row.id)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('wrong input', () => {
  const refusal = (text: string | Buffer) =>
    room.describe(text).then(
      () => undefined,
      (error: unknown) => error,
    );

  it.each([
    ['a workbook', Buffer.from('PK\u0003\u0004xxxxxxxxxxxx'), 'not_csv'],
    ['UTF-16', Buffer.from('\ufeffa,b\n1,2', 'utf16le'), 'unknown_encoding'],
    ['JSON', '[{"a": 1, "b": 2}]', 'not_csv'],
    ['one column', 'only\n1\n', 'not_csv'],
    ['orders packed into cells', 'order_id,line_items\n1,id:1|name:x\n', 'packed_items'],
    ['nothing', '', 'empty_file'],
    ['a header alone', 'a,b\n', 'empty_file'],
    ['a damaged gzip file', gzipSync(ORDERS.repeat(100)).subarray(0, 120), 'broken_gzip'],
  ])('%s is refused with a reason', async (_what, bytes, reason) => {
    expect(await refusal(bytes)).toMatchObject({ code: 'unprocessable', details: { reason } });
  });

  it('a line of 200 MB fails with its number and leaves nothing', async () => {
    const { row } = await room.imports.create(room.actor);
    const huge = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from(ORDERS);
      for (let megabytes = 0; megabytes < 200; megabytes += 1) yield Buffer.alloc(1_000_000, 'x');
    };
    await room.imports.addFile(room.actor, row.id, { name: 'huge.csv', body: Readable.from(huge()) });
    await room.imports.start(room.actor, row.id);
    await room.work();
    const { row: failed } = await room.imports.get(room.workspaceId, row.id);
    expect(failed).toMatchObject({ state: 'failed', failure: expect.stringContaining('huge.csv, line 10') });
    expect(await everything(room)).toEqual(NOTHING);
  });

  it('a mapping to a column that is not there names it and the nearest', async () => {
    const { row } = await room.describe(ORDERS);
    await expect(
      room.imports.correct(room.actor, row.id, { columns: { email: 'e-mail' } }),
    ).rejects.toMatchObject({
      code: 'unprocessable',
      message: expect.stringContaining(
        'There is no column "e-mail" (mapped to email). The nearest is "email".',
      ),
    });
  });

  it('a file twice, or with other columns, is refused', async () => {
    const { row } = await room.describe(ORDERS);
    await expect(room.addText(row.id, 'again.csv', ORDERS)).rejects.toMatchObject({
      details: { reason: 'file_twice' },
    });
    await expect(room.addText(row.id, 'other.csv', 'a,b\n1,2\n')).rejects.toMatchObject({
      details: { reason: 'other_columns' },
    });
  });

  it('consents for nobody are refused', async () => {
    const { row } = await room.describe(ORDERS);
    await expect(room.imports.correct(room.actor, row.id, consentMapping)).rejects.toMatchObject({
      details: { reason: 'no_entity' },
    });
  });

  it('a second import waits for the first', async () => {
    const one = await room.describe(ORDERS);
    const two = await room.describe(ORDERS);
    await room.imports.start(room.actor, one.row.id);
    await expect(room.imports.start(room.actor, two.row.id)).rejects.toMatchObject({
      details: { reason: 'import_running' },
    });
    await room.work();
    await room.imports.start(room.actor, two.row.id);
  });

  it('is not seen from another workspace', async () => {
    const { row } = await room.describe(ORDERS);
    await expect(room.imports.get(room.stores.otherWorkspaceId, row.id)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
