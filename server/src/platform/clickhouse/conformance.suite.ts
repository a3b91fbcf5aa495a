import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAppError } from '#platform/errors';
import { clickHouseCodeOf } from './failure.ts';
import { migrateClickHouse } from './migrate.ts';
import type { ClickHouse } from './port.ts';

export interface ConformanceSubject {
  readonly clickhouse: ClickHouse;
  readonly close: () => Promise<void>;
}

/** What every engine behind the port must do. Called for chDB in-process, for chDB over HTTP, and for a real server. */
export const clickHouseConformance = (name: string, open: () => Promise<ConformanceSubject>): void => {
  describe(`ClickHouse: ${name}`, () => {
    let subject: ConformanceSubject;
    let ch: ClickHouse;
    const facts = `facts_${randomBytes(6).toString('hex')}`;
    const view = `${facts}_view`;
    const [mine, theirs] = [randomUUID(), randomUUID()];

    beforeAll(async () => {
      subject = await open();
      ch = subject.clickhouse;
      await ch.command(`create table ${facts} (
        w UUID, id UInt64, at DateTime64(3, 'UTC'), name LowCardinality(String), price Decimal(18, 6),
        text Map(LowCardinality(String), String), tags Array(String), lines Array(Decimal(18, 4))
      ) engine = ReplacingMergeTree order by (w, id) partition by toYYYYMM(at)
        settings non_replicated_deduplication_window = 100`);
      await ch.command(`create view ${view} as select * from ${facts} final`);
    });
    afterAll(async () => {
      await ch.command(`drop view if exists ${view}`);
      await ch.command(`drop table if exists ${facts}`);
      await subject.close();
    });

    const row = (over: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
      w: mine,
      id: 1,
      at: new Date('2026-03-29T01:30:00.123Z'),
      name: 'order',
      price: '0.123456',
      text: {},
      tags: [],
      lines: [],
      ...over,
    });
    const count = async (): Promise<number> =>
      (await ch.query<{ n: number }>({ sql: `select count() as n from ${facts}` }))[0]?.n ?? -1;

    it('gives its version', async () => {
      expect(await ch.version()).toMatch(/^2\d\.\d+/);
    });

    it('stores what it is given and gives it back in the promised types', async () => {
      const odd = `L'été "1\\2"\t\n; -- {x:Int8} é🎁`;
      await ch.insert({
        table: facts,
        token: 'values',
        rows: [
          row({
            name: odd,
            text: { "k'1": odd },
            tags: [odd, ''],
            lines: ['1.5', '-0.0001'],
            id: '9007199254740991',
          }),
        ],
      });
      expect(
        await ch.query({ sql: `select * from ${facts} where name = {name:String}`, params: { name: odd } }),
      ).toEqual([
        {
          w: mine,
          id: 9007199254740991,
          at: '2026-03-29T01:30:00.123Z',
          name: odd,
          price: '0.123456',
          text: { "k'1": odd },
          tags: [odd, ''],
          lines: ['1.5', '-0.0001'],
        },
      ]);
      await ch.command(`truncate table ${facts}`);
    });

    it('binds values of every kind, and nothing that they contain is read as SQL', async () => {
      const nasty = `'); drop table ${facts}; -- \\' {a:String} \`"`;
      const params = {
        text: nasty,
        list: ['a', nasty, ''],
        numbers: [1, 2.5, -3],
        map: { [nasty]: nasty },
        id: mine,
        at: new Date('2026-01-02T03:04:05.678Z'),
        day: new Date('2026-01-02T00:00:00Z'),
        price: '12345678901.123456',
        big: '18446744073709551615',
        yes: true,
        nothing: null,
        table: facts,
        ids: [mine, theirs],
      };
      const sql = `select {text:String} as text, {list:Array(String)} as list, {numbers:Array(Float64)} as numbers,
        {map:Map(String, String)} as map, {id:UUID} as id, {at:DateTime64(3,'UTC')} as at, {day:Date} as day,
        {price:Decimal(18, 6)} as price, toString({big:UInt64}) as big, {yes:Bool} as yes, {nothing:Nullable(String)} as nothing,
        'not {text:String}' as quoted, /* {nowhere:String} */ (select count() from {table:Identifier}) as n,
        has({ids:Array(UUID)}, {id:UUID}) as inside -- {nowhere:String}`;
      expect(await ch.query({ sql, params })).toEqual([
        {
          text: nasty,
          list: ['a', nasty, ''],
          numbers: [1, 2.5, -3],
          map: { [nasty]: nasty },
          id: mine,
          at: '2026-01-02T03:04:05.678Z',
          day: '2026-01-02',
          price: '12345678901.123456',
          big: '18446744073709551615',
          yes: true,
          nothing: null,
          quoted: 'not {text:String}',
          n: 0,
          inside: 1,
        },
      ]);
      expect(
        await ch.query({ sql: 'select number from numbers(9) limit {n:UInt32}', params: { n: 2 } }),
      ).toHaveLength(2);
      await expect(ch.query({ sql: 'select {missing:String}' })).rejects.toThrow(/missing/);
    });

    it('filters every read of a table: aliases, sub-queries, unions in parentheses, views, joins', async () => {
      await ch.insert({
        table: facts,
        token: 'filters',
        rows: [row({ id: 1 }), row({ id: 2, w: theirs }), row({ id: 3, name: "it's" })],
      });
      const filters = { [facts]: `w = '${mine}' and name != 'it\\'s'` };
      const reads = [
        `select id from ${facts}`,
        `select f.id as id from ${facts} as f final`,
        `select id from (select id from ${facts})`,
        `with found as (select id from ${facts}) select id from found`,
        `(select id from ${facts} where id < 0 union all select id from ${facts}) union distinct (select id from ${facts} except select toUInt64(99))`,
        `select id from ${view}`,
        `select a.id as id from ${facts} as a join ${view} as b on a.id = b.id where a.id in (select id from ${facts})`,
      ];
      for (const sql of reads) expect([sql, await ch.query({ sql, filters })]).toEqual([sql, [{ id: 1 }]]);
      expect(await ch.query({ sql: `select count() as n from ${facts}` })).toEqual([{ n: 3 }]);
      await ch.command(`truncate table ${facts}`);
    });

    it('inserts a batch once for its token, however often it is sent, also after other batches', async () => {
      const batch = { table: facts, rows: [row({ id: 1 }), row({ id: 2, at: '2026-04-01T00:00:00Z' })] };
      await ch.insert({ ...batch, token: "import'1:0" });
      await ch.insert({ ...batch, token: 'import2:0', rows: [row({ id: 3 })] });
      await ch.insert({ ...batch, token: "import'1:0" });
      expect(await count()).toBe(3);
      await ch.insert({ ...batch, rows: [], token: 'none' });
      await ch.command(`truncate table ${facts}`);
    });

    it('refuses a row with an unknown column or a bad value, and keeps nothing of its batch', async () => {
      await expect(
        ch.insert({ table: facts, token: 'bad1', rows: [row({}), row({ colour: 'red' })] }),
      ).rejects.toThrow();
      await expect(
        ch.insert({ table: facts, token: 'bad2', rows: [row({}), row({ w: 'no uuid' })] }),
      ).rejects.toThrow();
      expect(await count()).toBe(0);
    });

    it('gives errors with the code of the engine', async () => {
      const error = await ch
        .query({ sql: 'select nothing_like_it from system.one' })
        .catch((caught: unknown) => caught);
      expect(isAppError(error)).toBe(true);
      expect(clickHouseCodeOf(error)).toBe(47);
    });

    it('stops a query at its time, and settings of one query do not stay', async () => {
      const endless = ch.query({
        sql: 'select count() from numbers(1000000000000) where not ignore(sipHash64(number))',
        maxSeconds: 1,
      });
      await expect(endless).rejects.toMatchObject({
        code: 'unavailable',
        details: { reason: 'query_timeout' },
      });
      const sql = "select value from system.settings where name = 'max_execution_time'";
      expect(await ch.query({ sql })).toEqual([{ value: '30' }]);
    });

    it('answers a look-up while a heavy query runs in another lane', async () => {
      let heavyEnded = false;
      const heavy = ch
        .query({
          sql: 'select count() from numbers(1000000000000) where not ignore(sipHash64(number))',
          maxSeconds: 3,
          lane: 'batch',
        })
        .catch(() => undefined)
        .finally(() => {
          heavyEnded = true;
        });
      expect(await ch.query({ sql: 'select {n:UInt8} as n', params: { n: 1 }, lane: 'interactive' })).toEqual(
        [{ n: 1 }],
      );
      expect(heavyEnded).toBe(false);
      await heavy;
    });

    describe('migrations', () => {
      let folder: string;
      const table = `${facts}_migrated`;
      beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), 'mesure-clickhouse-migrations-'));
      });
      afterAll(async () => {
        await ch.command(`drop table if exists ${table}`);
        await ch.command('drop table if exists schema_migration');
        await rm(folder, { recursive: true });
      });

      it('apply once, in order, and make every table durable', async () => {
        await writeFile(
          join(folder, '0001-first.sql'),
          `-- A semicolon; inside a line ends nothing.\ncreate table if not exists ${table} (a Int8, b String default ';')\nengine = MergeTree order by a;\n\ninsert into ${table} (a) select 1 where not exists (select 1 from ${table});\n`,
        );
        expect(await migrateClickHouse(ch, folder)).toEqual({ applied: ['0001-first.sql'] });
        expect(await migrateClickHouse(ch, folder)).toEqual({ applied: [] });
        expect(await ch.query({ sql: `select a, b from ${table}` })).toEqual([{ a: 1, b: ';' }]);
        const [found] = await ch.query<{ sql: string }>({
          sql: 'select create_table_query as sql from system.tables where database = currentDatabase() and name = {table:String}',
          params: { table },
        });
        for (const setting of [
          'non_replicated_deduplication_window',
          'fsync_after_insert',
          'fsync_part_directory',
        ]) {
          expect(found?.sql).toContain(`${setting} = `);
        }
        for (const token of ['x', 'x']) await ch.insert({ table, token, rows: [{ a: 2, b: '' }] });
        expect(await ch.query({ sql: `select count() as n from ${table}` })).toEqual([{ n: 2 }]);
      });

      it('refuse a store of a newer version, and name the file that fails', async () => {
        await writeFile(join(folder, '0002-broken.sql'), 'create nonsense;\n');
        await expect(migrateClickHouse(ch, folder)).rejects.toThrow(/0002-broken\.sql failed/);
        await rm(join(folder, '0002-broken.sql'));
        await rm(join(folder, '0001-first.sql'));
        await expect(migrateClickHouse(ch, folder)).rejects.toThrow(
          /newer version of Mesure \(it knows 0001-first\.sql/,
        );
      });
    });
  });
};
