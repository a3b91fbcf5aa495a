import type { Log } from '#platform/log';

export interface LoopOptions {
  readonly name: string;
  /** One step. True: there was work, look again at once. False: rest until the pause is over or somebody wakes the loop. */
  readonly tick: (signal: AbortSignal) => Promise<boolean>;
  /** Pause after a step that found nothing. Grows to four times that while nothing is found: an idle server rests. */
  readonly idleMs: number;
  /** Longest pause after repeated failures; the pause doubles from one second. */
  readonly longestPauseMs?: number;
  readonly log: Log;
}

export interface Loop {
  readonly start: () => void;
  /** Ends the pause now. Cheap, may be called at any time. */
  readonly wake: () => void;
  /** Lets the running step finish and starts no other. */
  readonly stop: () => Promise<void>;
}

const IDLE_GROWTH = 1.25;
const LONGEST_IDLE = 4;

/** Repeats one step until it is stopped. A failing step is logged and tried again after a growing pause: it never ends the loop. */
export const createLoop = (options: LoopOptions): Loop => {
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let endPause: (() => void) | undefined;
  let wakened = false;

  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      if (wakened || stopping.signal.aborted) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, milliseconds);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    let failures = 0;
    let idle = 1;
    while (!stopping.signal.aborted) {
      wakened = false;
      try {
        const worked = await options.tick(stopping.signal);
        failures = 0;
        if (worked) idle = 1;
        else {
          await pause(options.idleMs * idle);
          idle = wakened ? 1 : Math.min(idle * IDLE_GROWTH, LONGEST_IDLE);
        }
      } catch (error) {
        failures += 1;
        const milliseconds = Math.min(1000 * 2 ** (failures - 1), options.longestPauseMs ?? 30_000);
        options.log.error(
          { loop: options.name, failures, err: error },
          'a step failed; it will be tried again',
        );
        await pause(milliseconds);
      }
    }
  };

  return {
    start: () => {
      running ??= run();
    },
    wake: () => {
      wakened = true;
      endPause?.();
    },
    stop: async () => {
      stopping.abort();
      endPause?.();
      await running;
    },
  };
};
