import { setTimeout as pause } from 'node:timers/promises';

/** Asks until there is an answer. Throws with `what` when there is none in time. */
export const until = async <T>(
  what: string,
  ask: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  options: { readonly withinMs?: number; readonly everyMs?: number } = {},
): Promise<T> => {
  const { withinMs = 60_000, everyMs = 50 } = options;
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs / 1000} s: ${what}`);
    await pause(everyMs);
  }
};
