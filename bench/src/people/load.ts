import { parseArgs } from 'node:util';
import { readConfig } from '../../../server/src/config.ts';
import { createReplicateProfiles, emailKey, nameKey } from '../../../server/src/know/profiles/index.ts';
import { createLog } from '../../../server/src/platform/log/index.ts';
import { createDatabase, type Database } from '../../../server/src/platform/postgres/index.ts';
import { openStores } from '../../../server/src/stores.ts';
import { cities, domains, firstNames, lastNames } from './names.ts';

export interface LoadOptions {
  /** A data folder that was set up and whose server is stopped. */
  readonly folder: string;
  readonly people: number;
  /** The event store’s copy too, which takes as long again. Without it segments do not see these people. */
  readonly replicate: boolean;
  readonly say: (line: string) => void;
}

const BATCH = 100_000;

/** A choice that falls with its place: `u` squared, from a hash of the person’s number. The same people each time. */
const chosen = (list: string, salt: number, power = 2): string =>
  `(${list})[1 + floor(cardinality(${list}) * power((hashint8extended(n, ${salt}) & 1048575) / 1048576.0, ${power}))::int]`;

/**
 * As the application role, under row-level security, in statements of 100,000. Keys are what the application would
 * write: those of the names come from it; what joins them is here.
 */
const INSERT = `
  insert into profile (workspace_id, id, external_id, email, email_key, first_name, last_name, name_key, list_key, language,
    country, city, traits, created_at, updated_at)
  select app_workspace(), uuidv7(), 'C' || lpad(n::text, 7, '0'),
    case when mailed then address || domain end, case when mailed then address || domain_key end,
    first_name, last_name, first_key || ' ' || last_key, last_key || ' ' || first_key,
    case when n % 4 = 0 then 'en' else 'fr' end, case when n % 4 = 0 then 'GB' else 'FR' end, city,
    jsonb_build_object('plan', case when n % 9 = 0 then 'gold' else 'free' end, 'points', n % 1000),
    date_trunc('milliseconds', at), date_trunc('milliseconds', at)
  from (
    select n, n % 10 <> 3 as mailed, first[1] as first_name, first[2] as first_key, last[1] as last_name, last[2] as last_key,
      replace(first[2], ' ', '-') || '.' || replace(last[2], ' ', '-') || n || '@' as address,
      domain[1] as domain, domain[2] as domain_key, city, timestamptz '2026-01-01' - (n % 1000000) * interval '37 seconds' as at
    from (
      select n, string_to_array(${chosen('$3::text[]', 1)}, '|') as first, string_to_array(${chosen('$4::text[]', 2)}, '|') as last,
        string_to_array(${chosen('$5::text[]', 3, 3)}, '|') as domain, ${chosen('$6::text[]', 4)} as city
      from generate_series($1::bigint, $2::bigint) as n
    ) as picked
  ) as person`;

/** An index that is made afterwards is sorted once; one that is kept up over a million rows is most of the work. */
const withoutIndexes = async (owner: Database, load: () => Promise<void>): Promise<void> => {
  const indexes = await owner.inSystem((tx) =>
    tx.rows<{ name: string; definition: string }>(
      `select indexname as name, indexdef as definition from pg_indexes
       where schemaname = 'public' and tablename = 'profile' and indexname <> 'profile_pkey'`,
    ),
  );
  await owner.inSystem(async (tx) => {
    for (const { name } of indexes) await tx.run(`drop index ${name}`);
  });
  await load();
  await owner.inSystem(async (tx) => {
    for (const { definition } of indexes) await tx.run(definition);
    await tx.run('analyze profile');
  });
};

/** Takes the copy as made: the replication of the next start finds nothing to do. */
const PASS_OVER = `
  insert into profile_replica (workspace_id, change_xid, change_id, removal_xid, removal_id)
  select app_workspace(), pg_current_xact_id(), max, pg_current_xact_id(), max
  from (select 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid as max) as highest
  on conflict (workspace_id) do update set change_xid = excluded.change_xid, change_id = excluded.change_id,
    removal_xid = excluded.removal_xid, removal_id = excluded.removal_id`;

/** Fills a data folder without people with made-up ones. */
export const loadPeople = async ({ folder, people, replicate, say }: LoadOptions): Promise<void> => {
  const read = readConfig({ MESURE_DATA_FOLDER: folder, MESURE_LOG_LEVEL: 'error' });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const stores = await openStores(read.config, createLog({ level: 'error' }));
  const owner = createDatabase({ url: stores.ownerUrl, poolSize: 1 });
  try {
    const { database, clickhouse } = stores;
    const { id: workspaceId } = await database.inSystem((tx) =>
      tx.one<{ id: string }>('select id from workspace order by created_at limit 1'),
    );
    const [somebody] = await database.inWorkspace(workspaceId, (tx) =>
      tx.rows('select 1 from profile where workspace_id = app_workspace() limit 1'),
    );
    if (somebody !== undefined)
      throw new Error(`There are people in ${folder} already. Take an empty folder.`);
    const withKey = (names: readonly string[], key: (name: string) => string) =>
      names.map((name) => `${name}|${key(name)}`);
    const lists = [
      withKey(firstNames, nameKey),
      withKey(lastNames, nameKey),
      withKey(domains, (domain) => emailKey(`a@${domain}`).slice(2)),
      cities,
    ];
    const started = performance.now();
    const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
    await withoutIndexes(owner, async () => {
      for (let from = 1; from <= people; from += BATCH) {
        const to = Math.min(people, from + BATCH - 1);
        await database.inWorkspace(workspaceId, (tx) => tx.run(INSERT, [from, to, ...lists]));
      }
      say(`${people} people, ${seconds()}`);
    });
    say(`their indexes, ${seconds()}`);
    if (replicate) {
      await createReplicateProfiles({ database, clickhouse }).catchUp(workspaceId);
      say(`copied to the event store, ${seconds()}`);
    } else await database.inWorkspace(workspaceId, (tx) => tx.run(PASS_OVER));
  } finally {
    await owner.close();
    await stores.close();
  }
};

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string' },
      people: { type: 'string', default: '1000000' },
      replicate: { type: 'boolean', default: false },
    },
  });
  if (values.folder === undefined)
    throw new Error('Give the data folder: --folder DATA [--people 1000000] [--replicate]');
  await loadPeople({
    folder: values.folder,
    people: Number(values.people),
    replicate: values.replicate,
    say: (line) => void process.stderr.write(`${line}\n`),
  });
}
