import type pg from 'pg';

export interface CatalogTable {
  readonly schema: string;
  readonly name: string;
  /** Columns that can be written: generated ones are left out. */
  readonly columns: readonly string[];
  readonly xidColumns: readonly string[];
  /** Row-level security holds the owner too: read workspace by workspace. */
  readonly forced: boolean;
}

/** Bookkeeping of migrations is not data: the restored system has its own. */
const TABLES = `
  select n.nspname as schema, c.relname as name, c.relforcerowsecurity as forced,
         array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as columns,
         coalesce(array_agg(a.attname::text) filter (where a.atttypid = 'xid8'::regtype), '{}') as "xidColumns"
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'graphile_worker')
    and (n.nspname, c.relname) not in (('public', 'schema_migration'), ('graphile_worker', 'migrations'))
  group by n.nspname, c.relname, c.relforcerowsecurity
  order by n.nspname, c.relname`;

export const readTables = async (client: pg.ClientBase): Promise<CatalogTable[]> =>
  (await client.query<CatalogTable>(TABLES)).rows;

export const readSequences = async (
  client: pg.ClientBase,
): Promise<{ schema: string; name: string; lastValue: string | null }[]> =>
  (
    await client.query<{ schema: string; name: string; lastValue: string | null }>(`
      select schemaname as schema, sequencename as name, last_value::text as "lastValue" from pg_sequences
      where schemaname in ('public', 'graphile_worker') order by 1, 2`)
  ).rows;

export interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

export const readForeignKeys = async (client: pg.ClientBase): Promise<ForeignKey[]> =>
  (
    await client.query<ForeignKey>(`
      select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
      from pg_constraint
      where contype = 'f' and conparentid = 0 and connamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace)
      order by 1, 2`)
  ).rows;

export interface AppliedRow {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
}

export const readApplied = async (client: pg.ClientBase): Promise<AppliedRow[]> =>
  (await client.query<AppliedRow>('select number, name, sha256 from schema_migration order by number')).rows;

export const readWorkspaceIds = async (client: pg.ClientBase): Promise<string[]> =>
  (await client.query<{ id: string }>('select id from workspace order by id')).rows.map(({ id }) => id);
