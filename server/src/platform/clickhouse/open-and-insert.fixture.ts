import { openChdb } from './chdb.ts';

/** A process for the test to kill: inserts row after row and prints the number of each once it is acknowledged. */
const [, , folder = ''] = process.argv;
const clickhouse = await openChdb({ folder, memoryBytes: 2_000_000_000 });
await clickhouse.command(`create table kept (id UInt32) engine = MergeTree order by id
  settings fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 100`);
for (let id = 1; ; id += 1) {
  await clickhouse.insert({ table: 'kept', rows: [{ id }], token: String(id) });
  console.log(id);
}
