import type { ClickHouse } from '#platform/clickhouse';

export interface Settle {
  /**
   * One step of maintenance: merges one month of events (or the profiles) that still lies in several parts. Reads that
   * must not count a repeated row twice are several times faster on settled months. False: everything is settled.
   */
  readonly tick: () => Promise<boolean>;
}

interface Partition {
  readonly name: string;
  readonly partition: string;
}

export const createSettle = (clickhouse: ClickHouse): Settle => ({
  tick: async () => {
    const [found] = await clickhouse.query<Partition>({
      sql: `select table as name, partition_id as partition from system.parts
            where database = currentDatabase() and active and table in ('events', 'profiles')
            group by table, partition_id having count() > 1 order by sum(rows) desc limit 1`,
      lane: 'batch',
    });
    if (found === undefined) return false;
    // Both come from the engine's own catalogue; a partition id cannot be a bound value.
    const partition = found.partition.replace(/[^0-9a-z]/gi, '');
    const table = found.name === 'profiles' ? 'profiles' : 'events';
    await clickhouse.command(`optimize table ${table} partition id '${partition}' final`);
    return true;
  },
});
