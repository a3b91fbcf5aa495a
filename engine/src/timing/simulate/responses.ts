import { createRandom, type Random } from '../../random/index.ts';
import { WEEK_HOURS } from '../local-time/index.ts';
import { habitShares } from './people.ts';

/** What a send at a time does to a person: known, because made. */
export interface SimulatedResponses {
  readonly slots: number;
  /** Engagement of a send, for each person, kind of day and slot: people × 2 slots. */
  readonly chance: Float64Array;
}

export interface ResponseSettings {
  readonly habit: Uint8Array;
  readonly slots: number;
  readonly seed: number | string;
  /** Mean engagement at an average hour of a weekday; 0.1 unless said. */
  readonly rate?: number;
  /** How much better or worse a weekend send does at the same hour, as a factor; 0.6 unless said. */
  readonly weekend?: number;
  /** 0: the hour does not matter; 1 unless said. */
  readonly habitMatters?: number;
}

/** Engagement: the person's level × the day's × an hour's factor between 0.3 and 2 that follows the habit. */
export const simulateResponses = ({
  habit,
  slots,
  seed,
  rate = 0.1,
  weekend = 0.6,
  habitMatters = 1,
}: ResponseSettings): SimulatedResponses => {
  const random = createRandom(seed, 'responses');
  const shares = habitShares(0.3);
  const cells = 2 * slots;
  const width = 24 / slots;
  const chance = new Float64Array(habit.length * cells);
  habit.forEach((of, u) => {
    const level = rate * random.gamma(3, 1 / 3);
    for (const day of [0, 1]) {
      const raw = new Float64Array(slots);
      for (let h = day === 0 ? 0 : 120; h < (day === 0 ? 120 : WEEK_HOURS); h++) {
        const slot = Math.floor((h % 24) / width);
        raw[slot] = (raw[slot] as number) + (shares[of * WEEK_HOURS + h] as number);
      }
      const most = Math.max(...raw);
      for (let s = 0; s < slots; s++) {
        const hour = 0.3 + (1.7 * (raw[s] as number)) / most;
        const factor = habitMatters * hour + (1 - habitMatters);
        chance[u * cells + day * slots + s] = Math.min(0.9, level * factor * (day === 1 ? weekend : 1));
      }
    }
  });
  return { slots, chance };
};

/** One send: did it engage? */
export const respond = (
  { slots, chance }: SimulatedResponses,
  { person, day, slot }: { readonly person: number; readonly day: number; readonly slot: number },
  random: Random,
): number => (random.chance(chance[person * 2 * slots + day * slots + slot] as number) ? 1 : 0);
