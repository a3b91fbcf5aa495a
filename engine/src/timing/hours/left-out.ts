import { murmur3 } from '../../random/index.ts';
import { hourOfWeek, WEEK_HOURS } from '../local-time/index.ts';
import type { HourHistory } from './history.ts';
import { addSums, createMasses, type Masses, PARTS } from './kernels.ts';
import type { LeftOut } from './mix.ts';
import type { WeekMasses } from './week-masses.ts';

/** Takes about this share of the people, the same ones each time, whatever their numbers have in common. */
export const isSampled = (person: number, share: number): boolean =>
  share >= 1 ||
  (murmur3(Uint8Array.of(person, person >> 8, person >> 16, person >> 24), 1)[0] ?? 0) < share * 2 ** 32;

/** The masses of one person, scaled, into `into`. */
export const loadPerson = (
  { start, hour, weight }: WeekMasses,
  { person, scale }: { readonly person: number; readonly scale: number },
  into: Masses,
): number => {
  let total = 0;
  into.count = 0;
  for (let i = start[person] as number; i < (start[person + 1] as number); i++) {
    into.hour[into.count] = hour[i] as number;
    into.mass[into.count] = scale * (weight[i] as number);
    total += into.mass[into.count] as number;
    into.count++;
  }
  return total;
};

/** A unit of the level: a group, or everybody. */
interface Unit {
  readonly total: number;
  /** 168 × PARTS, for the unit's masses. */
  readonly sums: Float64Array;
  readonly normalisers: Float64Array;
}

/** One row for each hour of the week of a person, with the whole person left out of the unit. O(hours² PARTS). */
export const leavePersonOut = ({ total, sums, normalisers }: Unit, own: Masses, into: LeftOut): void => {
  let mass = 0;
  for (let j = 0; j < own.count; j++) mass += own.mass[j] as number;
  for (let i = 0; i < own.count; i++) {
    const at = own.hour[i] as number;
    const place = into.rows * PARTS;
    into.sums.set(sums.subarray(at * PARTS, (at + 1) * PARTS), place);
    addSums({ masses: own, normalisers }, { at, sign: -1 }, { out: into.sums, place });
    // Rounding may leave a little less than nothing of a unit of one person.
    for (let k = 0; k < PARTS; k++) into.sums[place + k] = Math.max(0, into.sums[place + k] as number);
    into.mass[into.rows] = Math.max(0, total - mass);
    into.weight[into.rows] = own.mass[i] as number;
    into.rows++;
  }
};

/**
 * One row for each event of a person, with everything of the event's own day left out: what comes in one sitting says nothing about
 * other days. People of one day give no row. O(hours² PARTS + events × events a day × PARTS).
 */
export const createLeaveDayOut = (history: HourHistory, masses: WeekMasses) => {
  const own = createMasses();
  const day = createMasses();
  const sums = new Float64Array(WEEK_HOURS * PARTS);
  const known = new Uint8Array(WEEK_HOURS);
  const dayOf = (i: number): number => Math.floor((history.hour[i] as number) / 24);
  return (person: number, normalisers: Float64Array, into: LeftOut): void => {
    const from = history.start[person] as number;
    const to = history.start[person + 1] as number;
    if (to - from < 2 || dayOf(from) === dayOf(to - 1)) return;
    const total = loadPerson(masses, { person, scale: 1 }, own);
    known.fill(0);
    for (let first = from, last = from; first < to; first = last) {
      while (last < to && dayOf(last) === dayOf(first)) last++;
      day.count = 0;
      let mass = 0;
      for (let i = first; i < last; i++, day.count++) {
        day.hour[day.count] = hourOfWeek(history.hour[i] as number);
        day.mass[day.count] = history.weight[i] as number;
        mass += history.weight[i] as number;
      }
      for (let i = 0; i < day.count && into.rows < into.mass.length; i++) {
        const at = day.hour[i] as number;
        if (known[at] === 0) {
          known[at] = 1;
          sums.fill(0, at * PARTS, (at + 1) * PARTS);
          addSums({ masses: own, normalisers }, { at, sign: 1 }, { out: sums, place: at * PARTS });
        }
        const place = into.rows * PARTS;
        into.sums.set(sums.subarray(at * PARTS, (at + 1) * PARTS), place);
        addSums({ masses: day, normalisers }, { at, sign: -1 }, { out: into.sums, place });
        for (let k = 0; k < PARTS; k++) into.sums[place + k] = Math.max(0, into.sums[place + k] as number);
        into.mass[into.rows] = Math.max(0, total - mass);
        into.weight[into.rows] = day.mass[i] as number;
        into.rows++;
      }
    }
  };
};
