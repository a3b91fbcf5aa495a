import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ManualClock } from '@mesure/server';

/** Tuesday 10 March 2026, 10:00 in Paris: every run begins then, whatever the day and the hour outside. */
export const demoStart = new Date('2026-03-10T09:00:00.000Z');

export interface DemoClock extends ManualClock {
  /** Remembers where time stands, so that the next start continues there. */
  readonly save: () => void;
}

/** The demo's time: stands still until it is moved, and never goes back. */
export const demoClockIn = (dataFolder: string, start: Date): DemoClock => {
  const file = join(dataFolder, 'demo-clock');
  let current = start.getTime();
  try {
    current = Math.max(current, Date.parse(readFileSync(file, 'utf8')));
  } catch {
    // The first start: there is nothing to continue.
  }
  return {
    now: () => new Date(current),
    set: (instant) => {
      current = Math.max(current, instant.getTime());
    },
    advance: (milliseconds) => {
      current += milliseconds;
    },
    save: () => writeFileSync(file, new Date(current).toISOString()),
  };
};
