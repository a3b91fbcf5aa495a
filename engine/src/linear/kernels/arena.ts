import { engineError } from '../../errors/index.ts';

/** Where the arrays begin; below lie the counters that threads share. */
const FIRST = 4096;

/** Hands out pieces of one fixed memory, last in first out. */
export interface Arena {
  /** Byte address of `bytes` bytes, aligned to a cache line. @throws EngineError `out_of_memory` */
  readonly take: (bytes: number) => number;
  readonly scope: <T>(work: () => T) => T;
}

export const createArena = (size: number): Arena => {
  let next = FIRST;
  return {
    take: (bytes) => {
      const at = next;
      const end = Math.ceil((at + bytes) / 64) * 64;
      if (end > size) {
        throw engineError('out_of_memory', `no room for ${bytes} bytes in ${size}: ask for more megabytes`, {
          bytes,
          size,
          used: at,
        });
      }
      next = end;
      return at;
    },
    scope: (work) => {
      const mark = next;
      try {
        return work();
      } finally {
        next = mark;
      }
    },
  };
};
