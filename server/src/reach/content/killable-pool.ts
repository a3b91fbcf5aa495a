import { type ResourceLimits, Worker } from 'node:worker_threads';
import { monotonicMs } from '#platform/clock';
import { createSlots } from '#platform/loop';

export interface KillablePoolOptions {
  /** A module that posts `ready`, then one reply per message, and stores its progress in `workerData.progress`. */
  readonly module: URL;
  readonly size: number;
  /** A worker that computes for so long without progress is ended: its own time, whatever else the machine does. */
  readonly stallMs: number;
  readonly heapMb: number;
}

export type PoolResult<Reply> =
  | { readonly kind: 'done'; readonly reply: Reply }
  /** The thread is gone, the process is not; `at` is the item it was working on. */
  | { readonly kind: 'killed'; readonly why: 'stalled' | 'memory' | 'crashed'; readonly at: number };

interface Lane {
  readonly worker: Worker;
  readonly progress: Int32Array;
  /** What the caller may remember about this thread; gone with it. */
  readonly memory: Set<string>;
}

export interface KillablePool<Request, Reply> {
  /** @param prepare makes the request for the thread that will get it. */
  readonly run: (prepare: (memory: Set<string>) => Request) => Promise<PoolResult<Reply>>;
  readonly stop: () => Promise<void>;
}

const POLL_MS = 20;
/** Beyond `stallMs`: a thread that neither computes nor answers for so long is ended too. */
const LONGEST_WAIT_MS = 5_000;

/** What the thread has computed so far; it answers in the middle of an endless loop too. */
const computedMs = async (worker: Worker): Promise<number> => {
  const { user, system } = await worker.cpuUsage();
  return (user + system) / 1_000;
};

const startLane = (options: KillablePoolOptions): Promise<Lane> =>
  new Promise((resolve, reject) => {
    const shared = new SharedArrayBuffer(4);
    const resourceLimits: ResourceLimits = {
      maxOldGenerationSizeMb: options.heapMb,
      maxYoungGenerationSizeMb: 16,
      stackSizeMb: 4,
    };
    const worker = new Worker(options.module, {
      workerData: { progress: shared },
      resourceLimits,
      // A template that escapes finds no environment, no arguments and no standard input.
      env: {},
      argv: [],
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdin: false,
    });
    worker.unref();
    worker.once('error', reject);
    worker.once('message', () => {
      worker.off('error', reject);
      resolve({ worker, progress: new Int32Array(shared), memory: new Set() });
    });
  });

/** Threads that are ended from outside, because nothing that runs inside one can promise to stop. */
export const createKillablePool = <Request, Reply>(
  options: KillablePoolOptions,
): KillablePool<Request, Reply> => {
  const idle: Lane[] = [];
  const slots = createSlots(options.size);
  const living = new Set<Worker>();

  const runOn = (lane: Lane, request: Request): Promise<PoolResult<Reply>> =>
    new Promise((resolve) => {
      const { worker, progress } = lane;
      let seen = -1;
      let since = monotonicMs();
      const killed = (why: 'stalled' | 'memory' | 'crashed'): void =>
        finish({ kind: 'killed', why, at: Atomics.load(progress, 0) });
      const onMessage = (reply: Reply): void => finish({ kind: 'done', reply });
      const onError = (error: NodeJS.ErrnoException): void =>
        killed(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crashed');
      const onExit = (): void => killed('crashed');
      let ended = false;
      const finish = (result: PoolResult<Reply>): void => {
        ended = true;
        clearInterval(watch);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        if (result.kind === 'done') {
          worker.unref();
          idle.push(lane);
        } else {
          living.delete(worker);
          // A late error of a thread that is being ended has nobody to go to.
          worker.on('error', () => undefined);
          void worker.terminate();
        }
        resolve(result);
      };
      let from: number | undefined;
      let asking = false;
      const askComputed = async (item: number): Promise<void> => {
        asking = true;
        try {
          const computed = await computedMs(worker);
          if (item !== seen || ended) return;
          from ??= computed;
          if (computed - from >= options.stallMs) killed('stalled');
        } catch {
          // The thread ended meanwhile: its exit says so.
        } finally {
          asking = false;
        }
      };
      const watch = setInterval(() => {
        const now = Atomics.load(progress, 0);
        if (now !== seen) {
          seen = now;
          since = monotonicMs();
          from = undefined;
        } else if (monotonicMs() - since >= options.stallMs + LONGEST_WAIT_MS) {
          killed('stalled');
        } else if (!asking) {
          void askComputed(now);
        }
      }, POLL_MS);
      worker.ref();
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      Atomics.store(progress, 0, 0);
      worker.postMessage(request);
    });

  return {
    run: async (prepare) => {
      await slots.acquire();
      try {
        const lane = idle.pop() ?? (await startLane(options));
        living.add(lane.worker);
        return await runOn(lane, prepare(lane.memory));
      } finally {
        slots.release();
      }
    },
    stop: async () => {
      idle.length = 0;
      await Promise.all([...living].map((worker) => worker.terminate()));
      living.clear();
    },
  };
};
