/** The first call of a key goes through at once; those of the pause after it become one call at its end. */
export const createCoalescer = (pauseMs: number) => {
  const pauses = new Map<string, { readonly timer: NodeJS.Timeout; again: (() => void) | undefined }>();

  const openPause = (key: string): void => {
    const timer = setTimeout(() => {
      const { again } = pauses.get(key) ?? {};
      pauses.delete(key);
      if (!again) return;
      openPause(key);
      again();
    }, pauseMs);
    timer.unref();
    pauses.set(key, { timer, again: undefined });
  };

  return {
    call: (key: string, deed: () => void): void => {
      const pause = pauses.get(key);
      if (pause) {
        pause.again = deed;
        return;
      }
      openPause(key);
      deed();
    },
    /** What still waits is forgotten. */
    close: (): void => {
      for (const { timer } of pauses.values()) clearTimeout(timer);
      pauses.clear();
    },
  };
};
