import type { ClickHouse } from '#platform/clickhouse';
import type { Manifest } from './manifest.ts';

export interface ClickHouseTable {
  readonly name: string;
  readonly sortingKey: string;
  readonly columns: readonly string[];
}

export const readClickHouseTables = (clickhouse: ClickHouse): Promise<ClickHouseTable[]> =>
  clickhouse.query<ClickHouseTable>({
    sql: `
      select t.name as name, any(t.sorting_key) as sortingKey, arrayMap(p -> p.2, arraySort(groupArray((c.position, c.name)))) as columns
      from system.tables as t
      join system.columns as c on c.database = t.database and c.table = t.name
      where t.database = currentDatabase() and t.engine like '%MergeTree' and t.name != 'schema_migration'
        and c.default_kind not in ('MATERIALIZED', 'ALIAS', 'EPHEMERAL')
      group by t.name order by t.name`,
  });

export const readPartitions = (
  clickhouse: ClickHouse,
  table: string,
): Promise<{ partition: string; count: number }[]> =>
  clickhouse.query({
    sql: 'select _partition_id as partition, count() as count from {table:Identifier} group by partition order by partition',
    params: { table },
  });

export const readClickHouseMigrations = (
  clickhouse: ClickHouse,
): Promise<Manifest['clickhouse']['migrations']> =>
  clickhouse.query({ sql: 'select number, name, sha256 from schema_migration final order by number' });

export const countRows = async (clickhouse: ClickHouse, table: string): Promise<number> => {
  const [found] = await clickhouse.query<{ n: number }>({
    sql: 'select count() as n from {table:Identifier}',
    params: { table },
  });
  return found?.n ?? 0;
};
