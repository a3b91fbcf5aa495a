import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '#platform/log';
import { createTestStores, type TestStores } from '#testing';
import type { JobHandlers } from './job.ts';
import { createJobs } from './job-store.ts';
import { startWorkers, type Workers } from './workers.ts';

let stores: TestStores;
const jobs = createJobs();
const running: Workers[] = [];
beforeAll(async () => {
  stores = await createTestStores();
});
afterEach(async () => {
  for (const workers of running.splice(0)) await workers.stop();
});
afterAll(() => stores.close());

const begin = async (handlers: JobHandlers): Promise<Workers> => {
  const workers = await startWorkers({
    url: stores.databaseUrl,
    handlers,
    log: createLog({ level: 'silent' }),
  });
  running.push(workers);
  return workers;
};

describe('jobs', () => {
  it('exist only when their transaction commits, and get their payload', async () => {
    const { workspaceId } = stores;
    const seen: unknown[] = [];
    const done = Promise.withResolvers<void>();
    await stores.database
      .inWorkspace(workspaceId, async (tx) => {
        await jobs.add(tx, { name: 'test.note', payload: { workspaceId, n: 0 } });
        throw new Error('no');
      })
      .catch(() => undefined);
    await stores.database.inWorkspace(workspaceId, (tx) =>
      jobs.addAll(
        tx,
        [1, 2, 3].map((n) => ({ name: 'test.note', payload: { workspaceId, n } })),
      ),
    );
    await begin({
      'test.note': async (payload) => {
        seen.push(payload);
        if (seen.length === 3) done.resolve();
      },
    });
    await done.promise;
    expect(seen).toHaveLength(3);
    expect(seen).toEqual(expect.arrayContaining([1, 2, 3].map((n) => ({ workspaceId, n }))));
  });

  it('with one key are one job of their workspace', async () => {
    const add = (workspaceId: string, n: number): Promise<void> =>
      stores.database.inWorkspace(workspaceId, (tx) =>
        jobs.add(tx, { name: 'test.once', key: 'same', payload: { workspaceId, n } }),
      );
    await add(stores.workspaceId, 1);
    await add(stores.workspaceId, 2);
    await add(stores.otherWorkspaceId, 3);
    const seen: unknown[] = [];
    const done = Promise.withResolvers<void>();
    await begin({
      'test.once': async (payload) => {
        seen.push((payload as { n: number }).n);
        if (seen.length === 2) done.resolve();
      },
    });
    await done.promise;
    expect(seen.sort()).toEqual([2, 3]);
  });

  it('of a killed worker run again as soon as another starts alone', async () => {
    const { workspaceId } = stores;
    await stores.database.inSystem(async (tx) => {
      await jobs.add(tx, { name: 'test.crashed', payload: { workspaceId } });
      await tx.run(
        `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gone', attempts = 1
         where task_id = (select id from graphile_worker._private_tasks where identifier = 'test.crashed')`,
      );
    });
    const done = Promise.withResolvers<void>();
    await begin({ 'test.crashed': async () => done.resolve() });
    await done.promise;
  });

  it('are signalled and waited for at a stop', async () => {
    const { workspaceId } = stores;
    const started = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    let finished = false;
    const workers = await begin({
      'test.slow': async () => {
        started.resolve();
        await release.promise;
        finished = true;
      },
    });
    await stores.database.inWorkspace(workspaceId, (tx) =>
      jobs.add(tx, { name: 'test.slow', payload: { workspaceId } }),
    );
    await started.promise;
    expect((await workers.counts()).running).toBe(1);
    running.length = 0;
    const stopped = workers.stop();
    release.resolve();
    await stopped;
    expect(finished).toBe(true);
  });

  it('are logged by id and kind of error, never by its words', async () => {
    const lines: string[] = [];
    const done = Promise.withResolvers<void>();
    const log = createLog({ level: 'silent' });
    log.level = 'debug';
    const keep = (fields: unknown, message: string): void => {
      lines.push(JSON.stringify([fields, message]));
      if (/Failed task/i.test(message)) done.resolve();
    };
    const listening = Object.assign(Object.create(log) as typeof log, {
      debug: keep,
      info: keep,
      warn: keep,
      error: keep,
    });
    const workers = await startWorkers({
      url: stores.databaseUrl,
      log: listening,
      handlers: {
        'test.fails': async () => {
          throw new TypeError('no such address: jeanne@example.test');
        },
      },
    });
    running.push(workers);
    const { workspaceId } = stores;
    await stores.database.inWorkspace(workspaceId, (tx) =>
      jobs.add(tx, { name: 'test.fails', payload: { workspaceId }, maxAttempts: 1 }),
    );
    await done.promise;
    expect(lines.join('\n')).toMatch(/TypeError/);
    expect(lines.join('\n')).not.toMatch(/jeanne/);
  });
});
