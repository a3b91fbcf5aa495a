import { tell, type Watch } from '../../fitting/index.ts';
import { hourOfWeek, WEEK_HOURS } from '../local-time/index.ts';
import type { HourHistory } from './history.ts';

/** Each person's events by hour of the week, hours ascending: CSR. */
export interface WeekMasses {
  readonly start: Uint32Array;
  readonly hour: Uint8Array;
  readonly weight: Float32Array;
}

/** O(events + people). */
export const weekMassesOf = ({ people, start, hour, weight }: HourHistory, watch?: Watch): WeekMasses => {
  const starts = new Uint32Array(people + 1);
  const hours = new Uint8Array(hour.length);
  const weights = new Float32Array(hour.length);
  const masses = new Float64Array(WEEK_HOURS);
  const seen = new Uint8Array(WEEK_HOURS);
  let filled = 0;
  for (let u = 0; u < people; u++) {
    if ((u & 0xfff) === 0) tell(watch, 'weeks', u / people);
    let count = 0;
    for (let i = start[u] as number; i < (start[u + 1] as number); i++) {
      const h = hourOfWeek(hour[i] as number);
      if (masses[h] === 0) seen[count++] = h;
      masses[h] = (masses[h] as number) + (weight[i] as number);
    }
    const own = seen.subarray(0, count).sort();
    for (const h of own) {
      hours[filled] = h;
      weights[filled] = masses[h] as number;
      masses[h] = 0;
      filled++;
    }
    starts[u + 1] = filled;
  }
  return { start: starts, hour: hours.slice(0, filled), weight: weights.slice(0, filled) };
};
