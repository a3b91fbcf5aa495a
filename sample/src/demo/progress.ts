/** Phases on the error stream, each with its seconds; the output stream is for the result. */
export interface Phases {
  readonly run: <T>(name: string, work: (report: (detail: string) => void) => Promise<T>) => Promise<T>;
  readonly seconds: () => Readonly<Record<string, number>>;
}

export const createPhases = (): Phases => {
  const seconds: Record<string, number> = {};
  const live = process.stderr.isTTY;
  return {
    seconds: () => ({ ...seconds }),
    run: async (name, work) => {
      const started = performance.now();
      const line = (detail: string) => `${live ? '\r\u001B[K' : ''}${name}${detail ? ` · ${detail}` : ''}`;
      process.stderr.write(live ? line('…') : `${name} …\n`);
      let last = '';
      const result = await work((detail) => {
        last = detail;
        if (live) process.stderr.write(line(detail));
      });
      const took = (performance.now() - started) / 1000;
      seconds[name] = Number(took.toFixed(2));
      process.stderr.write(`${line(last)} (${took.toFixed(1)} s)\n`);
      return result;
    },
  };
};
