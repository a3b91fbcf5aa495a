import type { Tx } from '#platform/postgres';
import type { Job, Jobs } from './job.ts';

const ADD = `
  select graphile_worker.add_jobs(array_agg(row(
    job.name, job.payload, null, job.run_at, job.max_attempts, job.key, null, null
  )::graphile_worker.job_spec))
  from jsonb_to_recordset($1) as job (name text, payload json, run_at timestamptz, max_attempts smallint, key text)
  having count(*) > 0`;

const addAll = async (tx: Tx, jobs: readonly Job[]): Promise<void> => {
  if (jobs.length === 0) return;
  const specs = jobs.map(({ name, payload, key, runAt, maxAttempts }) => ({
    name,
    payload,
    run_at: runAt ?? null,
    max_attempts: maxAttempts ?? null,
    key: key === undefined ? null : `${payload.workspaceId}:${name}:${key}`,
  }));
  await tx.rows(ADD, [JSON.stringify(specs)]);
};

export const createJobs = (): Jobs => ({ addAll, add: (tx, job) => addAll(tx, [job]) });
