import type { Arena } from './arena.ts';

/** A function of the WebAssembly module. */
export type Export = (...args: readonly number[]) => number;

/** How the drivers of kernels see the machine. */
export interface Machine {
  readonly arena: Arena;
  readonly exports: Readonly<Record<string, Export>>;
  /** One working space per thread. */
  readonly scratch: readonly [number, number];
  /** Runs a kernel's tiles on all threads; the counter comes as the last argument, and a working space before it where asked. */
  readonly job: (name: string, args: readonly number[], space?: boolean | readonly [number, number]) => void;
  /** The address of an array in the kernels' memory, copied in when it lies elsewhere; inside a scope. */
  readonly place: (values: ArrayBufferView) => number;
  /** Copies a placed array back out, when it lies elsewhere. */
  readonly fetch: (at: number, values: ArrayBufferView) => void;
}
