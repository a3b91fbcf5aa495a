import { createRandom } from '../../random/index.ts';
import { hourOfWeek, instantOf, WEEK_HOURS, zoneOf } from '../local-time/index.ts';

/** People of known habits, for tests and result tables. */
export interface SimulatedPeople {
  readonly person: Uint32Array;
  readonly atMs: Float64Array;
  /** Per person: 0 commuter, 1 night owl, 2 weekend only, 3 nobody in particular. */
  readonly habit: Uint8Array;
  /** 4 × 168: shares of the hours by habit, noise included. */
  readonly truth: Float64Array;
}

export interface SimulatedSettings {
  readonly people: number;
  readonly days: number;
  /** Mean events of a person; they differ by a factor of some five. */
  readonly events: number;
  readonly seed: number | string;
  readonly zone?: string;
  readonly fromMs?: number;
  /** Share of events that follow no habit; 0.3 unless said. 1: nobody differs. */
  readonly noise?: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const bump = (hour: number, centre: number, width: number): number => {
  const apart = Math.abs(hour - centre);
  return Math.exp(-(Math.min(apart, 24 - apart) ** 2) / (2 * width * width));
};

const HABITS: readonly ((day: number, hour: number) => number)[] = [
  (day, hour) => (day < 5 ? bump(hour, 7.5, 0.8) + 0.6 * bump(hour, 18, 1) : 0.05),
  (day, hour) => bump(hour, 23, 1.5) * (day < 5 ? 1 : 0.7),
  (day, hour) => (day < 5 ? 0 : bump(hour, 11, 2) + 0.5 * bump(hour, 16, 2)),
];

const shared = (day: number, hour: number): number =>
  (day < 5 ? 1 : 0.8) * (0.05 + bump(hour, 12.5, 3) + 0.8 * bump(hour, 20, 2));

const sharesOf = (density: (day: number, hour: number) => number): Float64Array => {
  const raw = Float64Array.from({ length: WEEK_HOURS }, (_, h) => density(Math.floor(h / 24), h % 24));
  const sum = raw.reduce((a, b) => a + b, 0);
  return raw.map((each) => each / sum);
};

/** Shares of the hours of the week by habit, 4 × 168. */
export const habitShares = (noise = 0.3): Float64Array => {
  const common = sharesOf(shared);
  const out = new Float64Array(4 * WEEK_HOURS);
  [...HABITS.map(sharesOf), common].forEach((own, habit) => {
    for (let h = 0; h < WEEK_HOURS; h++)
      out[habit * WEEK_HOURS + h] = (1 - noise) * (own[h] as number) + noise * (common[h] as number);
  });
  return out;
};

/** Draws events hour by hour of a local week; two per hour merge in the fit, as real ones would. */
export const simulatePeople = (settings: SimulatedSettings): SimulatedPeople => {
  const { people, days, events, seed, zone: name = 'Europe/Paris', noise = 0.3 } = settings;
  const fromMs = settings.fromMs ?? Date.UTC(2025, 0, 6);
  const random = createRandom(seed, 'people');
  const zone = zoneOf(name);
  const truth = habitShares(noise);
  const habit = Uint8Array.from({ length: people }, () => random.weighted([0, 1, 2, 3], [3, 2, 2, 3]));
  const person: number[] = [];
  const atMs: number[] = [];
  // Cumulative over all the hours of the span, by habit.
  const hours = days * 24;
  const first = Math.floor(fromMs / DAY_MS) * 24;
  const ends = Array.from({ length: 4 }, (_, of) => {
    let sum = 0;
    return Float64Array.from({ length: hours }, (_, i) => {
      sum += truth[of * WEEK_HOURS + hourOfWeek(first + i)] as number;
      return sum;
    });
  });
  for (let u = 0; u < people; u++) {
    const end = ends[habit[u] as number] as Float64Array;
    const count = random.poisson(random.gamma(1, events));
    for (let k = 0; k < count; k++) {
      const point = random.uniform() * (end[hours - 1] as number);
      let low = 0;
      let high = hours - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (point < (end[middle] as number)) high = middle;
        else low = middle + 1;
      }
      person.push(u);
      atMs.push(instantOf(zone, (first + low + random.uniform()) * HOUR_MS).atMs);
    }
  }
  return { person: Uint32Array.from(person), atMs: Float64Array.from(atMs), habit, truth };
};
