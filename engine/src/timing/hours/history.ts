import { checkFinite, checkLength, checkPositive, engineError } from '../../errors/index.ts';
import { tell, type Watch } from '../../fitting/index.ts';
import { localHour } from '../local-time/index.ts';
import { type CheckedPeople, checkPeople, type TimingPeople } from './people.ts';

/** What people did, as columns of one length: clicks and orders rather than opens, which mail clients make by themselves. */
export interface TimingEvents {
  readonly person: ArrayLike<number>;
  /** Ms since 1970. */
  readonly atMs: Float64Array;
  /** In [0, 1e12]; 1 unless said. */
  readonly weight?: ArrayLike<number>;
  /** Indices into the people's `zones`: where the person was then; the person's own zone unless said. For people who moved or travel. */
  readonly zone?: ArrayLike<number>;
}

export interface TimingInput {
  readonly people: TimingPeople;
  readonly events: TimingEvents;
}

/** An event counts 1 at `nowMs` and half of that a half-life before; later events count 1. */
export interface EventDecay {
  readonly nowMs: number;
  readonly halfLifeDays: number;
}

/** Events on people's own clocks, those of person u at `start[u]` to `start[u + 1]`, hours ascending, each hour once. */
export interface HourHistory {
  readonly people: number;
  readonly start: Uint32Array;
  /** Hours since 1970-01-01 00:00 on the person's clock. */
  readonly hour: Int32Array;
  readonly weight: Float64Array;
}

const DAY_MS = 86_400_000;
/** Events between two words to the watch: some 3 ms of work, and what Intl takes for a zone. */
const TOLD_EVERY = 0x3fff;

/** Beyond it weights would not add up in single precision, in which they are kept. */
const MOST_WEIGHT = 1e12;

const countPeople = ({ person }: TimingEvents, people: number): Uint32Array => {
  const start = new Uint32Array(people + 1);
  for (let k = 0; k < person.length; k++) {
    const u = person[k] as number;
    if (!(Number.isInteger(u) && u >= 0 && u < people))
      throw engineError('unknown_key', `event ${k} is of person ${u} of ${people}`, { index: k });
    start[u + 1] = (start[u + 1] as number) + 1;
  }
  for (let u = 0; u < people; u++) start[u + 1] = (start[u + 1] as number) + (start[u] as number);
  return start;
};

const weightsFrom = ({ atMs, weight }: TimingEvents, decay: EventDecay | undefined) => {
  if (!decay && !weight) return () => 1;
  if (weight) checkLength('weight', weight.length, atMs.length);
  if (decay) {
    checkFinite('nowMs', decay.nowMs);
    checkPositive('halfLifeDays', decay.halfLifeDays);
  }
  return (k: number): number => {
    const given = weight ? checkFinite('weight', weight[k] as number) : 1;
    if (given < 0) throw engineError('negative_weight', `weight[${k}] is below 0: ${given}`, { index: k });
    if (given > MOST_WEIGHT)
      throw engineError('out_of_range', `weight[${k}] is above ${MOST_WEIGHT}: ${given}`, { index: k });
    if (!decay) return given;
    const age = Math.max(0, decay.nowMs - (atMs[k] as number)) / DAY_MS;
    return given * 0.5 ** (age / decay.halfLifeDays);
  };
};

/** The largest weights of a run's hours, one place an hour: for runs that have more events than a sort likes. */
const mergeRun = (hour: Int32Array, weight: Float64Array, [from, to]: readonly [number, number]): number => {
  let [least, most] = [hour[from] as number, hour[from] as number];
  for (let i = from; i < to; i++) {
    least = Math.min(least, hour[i] as number);
    most = Math.max(most, hour[i] as number);
  }
  const largest = new Float64Array(most - least + 1);
  for (let i = from; i < to; i++) {
    const at = (hour[i] as number) - least;
    largest[at] = Math.max(largest[at] as number, weight[i] as number);
  }
  let end = from;
  for (let at = 0; at < largest.length; at++) {
    if (largest[at] === 0) continue;
    hour[end] = least + at;
    weight[end] = largest[at] as number;
    end++;
  }
  return end;
};

/**
 * Sorts hours from..to with their weights and returns where they end: insertion for the usual few, by index for many, and by hour (three
 * centuries have 2.6 million) for very many, whose equal hours are merged on the way.
 */
const sortRun = (hour: Int32Array, weight: Float64Array, [from, to]: readonly [number, number]): number => {
  if (to - from > 20_000) return mergeRun(hour, weight, [from, to]);
  if (to - from > 64) {
    const order = Uint32Array.from({ length: to - from }, (_, i) => from + i).sort(
      (a, b) => (hour[a] as number) - (hour[b] as number),
    );
    const hours = Int32Array.from(order, (i) => hour[i] as number);
    const weights = Float64Array.from(order, (i) => weight[i] as number);
    hour.set(hours, from);
    weight.set(weights, from);
    return to;
  }
  for (let i = from + 1; i < to; i++) {
    const h = hour[i] as number;
    const w = weight[i] as number;
    let j = i - 1;
    for (; j >= from && (hour[j] as number) > h; j--) {
      hour[j + 1] = hour[j] as number;
      weight[j + 1] = weight[j] as number;
    }
    hour[j + 1] = h;
    weight[j + 1] = w;
  }
  return to;
};

/** Each hour once, with its largest weight: ten clicks in an hour are one visit, and the order of the rows cannot matter. */
const mergeHours = (
  { start, hour, weight }: Omit<HourHistory, 'people'>,
  watch: Watch | undefined,
): HourHistory => {
  const people = start.length - 1;
  let told = 0;
  let filled = 0;
  let from = 0;
  for (let u = 0; u < people; u++) {
    const to = start[u + 1] as number;
    if (to - told > TOLD_EVERY || (u & 0x3fff) === 0) {
      tell(watch, 'hours', 0.6 + (0.4 * to) / Math.max(1, hour.length));
      told = to;
    }
    const end = sortRun(hour, weight, [from, to]);
    const first = filled;
    for (let i = from; i < end; i++) {
      const w = weight[i] as number;
      if (w === 0) continue;
      if (filled > first && hour[filled - 1] === hour[i]) {
        weight[filled - 1] = Math.max(weight[filled - 1] as number, w);
        continue;
      }
      hour[filled] = hour[i] as number;
      weight[filled] = w;
      filled++;
    }
    from = to;
    start[u + 1] = filled;
  }
  return { people, start, hour: hour.slice(0, filled), weight: weight.slice(0, filled) };
};

/** `collectHours` for people who are checked already. */
export const collectChecked = (
  { people, events }: { readonly people: CheckedPeople; readonly events: TimingEvents },
  decay?: EventDecay,
  watch?: Watch,
): HourHistory => {
  const n = events.person.length;
  checkLength('atMs', events.atMs.length, n);
  if (events.zone) checkLength('zone', events.zone.length, n);
  const start = countPeople(events, people.count);
  const weightOf = weightsFrom(events, decay);
  const next = start.slice();
  const hour = new Int32Array(n);
  const weight = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    if ((k & TOLD_EVERY) === 0) tell(watch, 'hours', (0.6 * k) / n);
    const u = events.person[k] as number;
    const at = next[u] as number;
    next[u] = at + 1;
    const zone = events.zone ? people.zoneAt(u, events.zone[k] as number) : people.zoneOf(u);
    hour[at] = localHour(zone, events.atMs[k] as number);
    weight[at] = weightOf(k);
  }
  return mergeHours({ start, hour, weight }, watch);
};

/**
 * Puts events on people's own clocks. Several of one person within an hour count once, with the largest weight. The order of the rows
 * does not matter. About 0.3 µs an event.
 *
 * @throws EngineError `length_mismatch`, `unknown_key` (a person, group or zone), `nan`, `not_finite`, `negative_weight`, `out_of_range`
 * (instants outside 1900 to 2200, weights above 1e12), `empty_input` (no zone), `negative_count`
 * @example
 * collectHours({
 *   people: { count: 1, zones: ['Europe/Paris'] },
 *   events: { person: [0], atMs: Float64Array.of(Date.UTC(2025, 6, 7, 6)) },
 * }).hour // one hour, a Monday at 08:00
 */
export const collectHours = (
  { people, events }: TimingInput,
  decay?: EventDecay,
  watch?: Watch,
): HourHistory => collectChecked({ people: checkPeople(people), events }, decay, watch);
