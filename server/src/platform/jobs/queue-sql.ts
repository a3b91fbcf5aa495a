/**
 * graphile-worker puts its private tables under row-level security without a policy: only their owner sees them. The
 * application is not the owner, so it gets a policy of its own. Jobs carry ids of workspaces, never their data.
 */
export const grantQueue = (role: string): string => `
  grant usage on schema graphile_worker to ${role};
  grant select, insert, update, delete on all tables in schema graphile_worker to ${role};
  grant usage, select on all sequences in schema graphile_worker to ${role};
  grant execute on all functions in schema graphile_worker to ${role};
  do $$
  declare t regclass;
  begin
    for t in select c.oid from pg_class c
      where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r' and c.relrowsecurity
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'application')
    loop
      execute format('create policy application on %s using (true) with check (true)', t);
    end loop;
  end $$;`;

/** Locks of workers that are gone: graphile-worker itself would wait for four hours. */
export const UNLOCK_ALL = `
  select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
  from (
    select locked_by from graphile_worker._private_jobs where locked_by is not null
    union
    select locked_by from graphile_worker._private_job_queues where locked_by is not null
  ) as held
  having count(*) > 0`;

/** Jobs waiting, and jobs that used up their attempts. */
export const COUNT_JOBS = `
  select count(*) filter (where is_available and run_at <= now())::int as ready,
         count(*) filter (where is_available and run_at > now())::int as later,
         count(*) filter (where locked_at is not null)::int as running,
         count(*) filter (where attempts >= max_attempts and locked_at is null)::int as failed
  from graphile_worker._private_jobs`;
