import type { Log } from '#platform/log';
import { createLoop, type Loop } from '#platform/loop';
import type { App } from './app.ts';

export interface Loops {
  readonly start: () => void;
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
  /** Nothing moves from PostgreSQL to ClickHouse while the work runs. */
  readonly whileStill: <T>(work: () => Promise<T>) => Promise<T>;
}

// Work found in this process wakes its loop at once; these pauses bound how long another process's work waits.
const pausesMs = { ship: 1000, replicate: 2000, prune: 3_600_000, settle: 60_000, sizes: 60_000 } as const;

/** What goes on in the background, over every workspace. */
export const createLoops = (app: App, log: Log): Loops => {
  const overWorkspaces = async (step: (workspaceId: string) => Promise<boolean>): Promise<boolean> => {
    let worked = false;
    for (const workspaceId of await app.access.listWorkspaceIds())
      worked = (await step(workspaceId)) || worked;
    return worked;
  };
  const { turn } = app;
  const loops: readonly Loop[] = [
    createLoop({
      name: 'ship',
      idleMs: pausesMs.ship,
      log,
      tick: () => turn(() => overWorkspaces(async (id) => (await app.collect.shipper.tick(id)).shipped > 0)),
    }),
    createLoop({
      name: 'replicate',
      idleMs: pausesMs.replicate,
      log,
      tick: () => turn(() => overWorkspaces(async (id) => (await app.replicateProfiles.tick(id)).copied > 0)),
    }),
    createLoop({ name: 'settle', idleMs: pausesMs.settle, log, tick: () => app.collect.settle.tick() }),
    createLoop({
      name: 'sizes',
      idleMs: pausesMs.sizes,
      log,
      tick: () => overWorkspaces(async (id) => (await app.segmentSizes.record(id)).recorded > 0),
    }),
    createLoop({
      name: 'prune',
      idleMs: pausesMs.prune,
      log,
      tick: () => overWorkspaces(async (id) => (await app.collect.shipper.prune(id)).removed > 0),
    }),
  ];
  const stopping = new AbortController();
  let workers: Promise<unknown> | undefined;
  return {
    whileStill: turn,
    start: () => {
      for (const loop of loops) loop.start();
      workers = Promise.all([
        app.campaigns.worker.run(stopping.signal),
        app.delivery.worker.run(stopping.signal),
      ]);
    },
    wake: () => {
      for (const loop of loops) loop.wake();
      app.campaigns.worker.wake();
      app.delivery.worker.wake();
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([...loops.map((loop) => loop.stop()), workers]);
    },
  };
};
