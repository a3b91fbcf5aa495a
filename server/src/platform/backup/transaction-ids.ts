import type pg from 'pg';
import { appError } from '#platform/errors';
import type { CatalogTable } from './catalog-read.ts';
import { qualified } from './dump-postgres.ts';

/*
 * Rows of logs carry the id of the transaction that wrote them (xid8): a reader takes rows below the oldest transaction
 * that is still running, in that order. A restored row would carry an id of another server, which here lies in the
 * future: nobody would ever read it. So the ids are renumbered 3, 4, 5 … in their order, and the server's own counter is
 * brought above them. Cursors are xid8 columns too and move with the rows.
 */

/** The first id that PostgreSQL gives to a transaction (transam.h, FirstNormalTransactionId). */
const FIRST = 3;
const CHUNK = 20_000;
/** Above this the counter would take hours to reach: about 5 µs each. */
const MOST = 200_000_000;

const number = (text: string | undefined): number => Number(text ?? 0);

/** Inside the restoring transaction. Returns the lowest id that this server may give out next. */
export const renumberTransactionIds = async (
  client: pg.Client,
  tables: readonly CatalogTable[],
): Promise<number> => {
  const columns = tables.flatMap((table) =>
    table.xidColumns.map((column) => ({ table, column: `"${column}"` })),
  );
  if (columns.length === 0) return 0;
  const all = columns
    .map(({ table, column }) => `select ${column} as old from ${qualified(table)}`)
    .join(' union ');
  await client.query(`create temp table renumbered on commit drop as
    select old, (row_number() over (order by old) + ${FIRST - 1})::text::xid8 as new
    from (${all}) as found where old is not null and old >= '${FIRST}'::xid8`);
  await client.query('create unique index on renumbered (old)');
  await client.query('analyze renumbered');
  for (const { table, column } of columns) {
    await client.query(
      `update ${qualified(table)} as t set ${column} = renumbered.new from renumbered where t.${column} = renumbered.old`,
    );
  }
  const { rows } = await client.query<{ highest: string }>(
    'select max(new)::text as highest from renumbered',
  );
  const next = number(rows[0]?.highest) + 1;
  if (next > MOST) {
    throw appError('unprocessable', {
      message: `The backup holds ${next} transactions' ids, more than can be restored.`,
    });
  }
  return next;
};

/** Outside of transactions: uses up ids until the next one is at least `next`. A sub-transaction that writes takes one. */
export const advanceTransactionIds = async (client: pg.Client, next: number): Promise<void> => {
  await client.query('create temp table if not exists used_up (n int)');
  for (;;) {
    const { rows } = await client.query<{ current: string }>('select pg_current_xact_id()::text as current');
    const missing = next - number(rows[0]?.current);
    if (missing <= 0) return;
    const count = Math.min(missing, CHUNK);
    await client.query(`do $$ begin
      for i in 1..${count} loop
        begin insert into used_up values (1); exception when others then raise; end;
      end loop;
      delete from used_up;
    end $$`);
  }
};
