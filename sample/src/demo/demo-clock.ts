import { join } from 'node:path';
import type { ManualClock } from '@mesure/server';
import { savedFile, saveFile } from './saved-file.ts';

/** Tuesday 10 March 2026, 10:00 in Paris: every run begins then, whatever the day and the hour outside. */
export const demoStart = new Date('2026-03-10T09:00:00.000Z');

export interface DemoClock extends ManualClock {
  /** From now on time passes as it does outside. */
  readonly run: () => void;
  /** Remembers where time stands, so that the next start continues there. */
  readonly save: () => void;
}

/** The demo's time: stands still until it is moved or runs, and never goes back. */
export const demoClockIn = (dataFolder: string, start: Date): DemoClock => {
  const file = join(dataFolder, 'demo-clock');
  const saved = Date.parse(savedFile(file) ?? '');
  let current = Math.max(start.getTime(), Number.isNaN(saved) ? 0 : saved);
  let runningSinceMs: number | undefined;
  const now = () =>
    new Date(current + (runningSinceMs === undefined ? 0 : performance.now() - runningSinceMs));
  return {
    now,
    set: (instant) => {
      current += Math.max(0, instant.getTime() - now().getTime());
    },
    advance: (milliseconds) => {
      current += milliseconds;
    },
    run: () => {
      runningSinceMs ??= performance.now();
    },
    save: () => saveFile(file, now().toISOString()),
  };
};
