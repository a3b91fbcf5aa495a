import type { WasmMemory, WasmModule } from './web-assembly.ts';

/**
 * The second thread: the one file of the engine that knows Node. It offers what it has to do in shared memory:
 *
 * control[0] is the gate: 0 closed, 1 open, 2 taken by the helper, 3 done; control[1] counts jobs, so that the helper can sleep on
 * it; control[2] is 1 once it stands by; control[3] is the kernel's number; control[4…] its arguments.
 * A job is a set of tiles taken by a shared counter: a helper that comes late finds the gate closed, and nobody waits for it.
 */
const GATE = 0;
const JOBS = 1;
const READY = 2;
const KERNEL = 3;
const ARGUMENTS = 4;
export const CONTROL_WORDS = 20;

/** Runs in the other thread. Spins for a moment before it sleeps: jobs of one factorisation follow each other in microseconds. */
const SOURCE = `
const { workerData } = require('node:worker_threads');
const { module, memory, names, at } = workerData;
const { exports } = new WebAssembly.Instance(module, { env: { memory } });
const control = new Int32Array(memory.buffer, at, ${CONTROL_WORDS});
const kernels = names.map((name) => exports[name]);
let seen = 0;
Atomics.store(control, ${READY}, 1);
for (;;) {
  let spins = 0;
  while (Atomics.load(control, ${JOBS}) === seen && spins < 20000) spins++;
  Atomics.wait(control, ${JOBS}, seen);
  seen = Atomics.load(control, ${JOBS});
  if (Atomics.compareExchange(control, ${GATE}, 1, 2) !== 1) continue;
  const kernel = kernels[control[${KERNEL}]];
  kernel(...control.subarray(${ARGUMENTS}, ${ARGUMENTS} + kernel.length));
  Atomics.store(control, ${GATE}, 3);
  Atomics.notify(control, ${GATE});
}`;

interface WorkerThread {
  readonly unref: () => void;
  readonly terminate: () => Promise<unknown>;
}

interface WorkerThreads {
  readonly Worker: new (
    source: string,
    options: { readonly eval: true; readonly workerData: unknown },
  ) => WorkerThread;
}

interface Host {
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
}

export interface HelperThread {
  /** Opens a job for the helper, runs `own` here, and comes back when both are done. */
  readonly run: (kernel: number, helperArguments: readonly number[], own: () => void) => void;
  readonly ready: () => boolean;
  readonly close: () => void;
}

export interface HelperInput {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  readonly names: readonly string[];
  /** Byte address of `CONTROL_WORDS` words, zero. */
  readonly at: number;
}

/** undefined where there are no worker threads. */
export const startHelper = (input: HelperInput): HelperThread | undefined => {
  const found = (globalThis as Host).process?.getBuiltinModule?.('node:worker_threads');
  if (found === undefined) return undefined;
  const { Worker } = found as WorkerThreads;
  const control = new Int32Array(input.memory.buffer, input.at, CONTROL_WORDS);
  const worker = new Worker(SOURCE, { eval: true, workerData: input });
  worker.unref();
  return {
    run: (kernel, helperArguments, own) => {
      control[KERNEL] = kernel;
      for (let i = 0; i < helperArguments.length; i++) control[ARGUMENTS + i] = helperArguments[i] as number;
      Atomics.store(control, GATE, 1);
      Atomics.add(control, JOBS, 1);
      Atomics.notify(control, JOBS);
      own();
      if (Atomics.compareExchange(control, GATE, 1, 0) === 1) return;
      for (let spins = 0; Atomics.load(control, GATE) === 2; spins++)
        if (spins > 20_000) Atomics.wait(control, GATE, 2, 1);
      Atomics.store(control, GATE, 0);
    },
    ready: () => Atomics.load(control, READY) === 1,
    close: () => void worker.terminate(),
  };
};
