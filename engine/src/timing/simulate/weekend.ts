import { createRandom } from '../../random/index.ts';
import { type SlotEffect, slotEffect } from '../slots/index.ts';
import { respond, type SimulatedResponses } from './responses.ts';

/** One campaign, read in two ways; the truth is known because it was made. */
export interface WeekendBias {
  /** Of the hour alone: personal slot against the fixed one on the same working day. */
  readonly truth: number;
  /** Engagement of people sent at their best hour of the week, weekends too, less that of people sent at the fixed hour of a working day. */
  readonly naive: number;
  readonly naiveError: number;
  /** From slots drawn evenly within the working day. */
  readonly randomised: SlotEffect;
}

/**
 * A third of the people get the fixed slot on a working day, a third their best cell of the week (which is the weekend for some), a third an
 * evenly drawn slot of a working day; `sends` each.
 */
export const simulateWeekendBias = (
  responses: SimulatedResponses,
  {
    fixedSlot,
    sends,
    seed,
  }: { readonly fixedSlot: number; readonly sends: number; readonly seed: number | string },
): WeekendBias => {
  const { slots, chance } = responses;
  const cells = 2 * slots;
  const people = chance.length / cells;
  const random = createRandom(seed, 'weekend');
  const best = (u: number, to: number): number => {
    let at = 0;
    // The weekend's own level is not known to who moves sends: cells are ranked within their kind of day, by how much better they are.
    const excess = (cell: number): number => {
      const from = cell < slots ? 0 : slots;
      let sum = 0;
      for (let s = 0; s < slots; s++) sum += chance[u * cells + from + s] as number;
      return (chance[u * cells + cell] as number) / sum;
    };
    for (let cell = 1; cell < to; cell++) if (excess(cell) > excess(at)) at = cell;
    return at;
  };
  const arms = { fixed: [0, 0], shifted: [0, 0] };
  const squares = { fixed: 0, shifted: 0 };
  const log = {
    person: [] as number[],
    slot: [] as number[],
    engaged: [] as number[],
    personal: [] as number[],
  };
  let truth = 0;
  for (let u = 0; u < people; u++) {
    const own = best(u, slots);
    const week = best(u, cells);
    truth += ((chance[u * cells + own] as number) - (chance[u * cells + fixedSlot] as number)) / people;
    const arm = u % 3;
    let hits = 0;
    for (let k = 0; k < sends; k++) {
      const cell = arm === 0 ? fixedSlot : arm === 1 ? week : random.integer(0, slots - 1);
      const y = respond(responses, { person: u, day: cell < slots ? 0 : 1, slot: cell % slots }, random);
      hits += y;
      if (arm !== 2) continue;
      log.person.push(u);
      log.slot.push(cell);
      log.engaged.push(y);
      for (let s = 0; s < slots; s++) log.personal.push(s === own ? 1 : 0);
    }
    const name = arm === 0 ? 'fixed' : 'shifted';
    if (arm === 2) continue;
    arms[name][0] = (arms[name][0] as number) + hits / sends;
    arms[name][1] = (arms[name][1] as number) + 1;
    squares[name] += (hits / sends) ** 2;
  }
  const mean = (name: 'fixed' | 'shifted'): number => (arms[name][0] as number) / (arms[name][1] as number);
  const variance = (name: 'fixed' | 'shifted'): number => {
    const n = arms[name][1] as number;
    return (squares[name] / n - mean(name) ** 2) / n;
  };
  const n = log.slot.length;
  return {
    truth,
    naive: mean('shifted') - mean('fixed'),
    naiveError: Math.sqrt(variance('fixed') + variance('shifted')),
    randomised: slotEffect(
      {
        slots,
        person: log.person,
        day: new Uint8Array(n),
        slot: log.slot,
        engaged: Float64Array.from(log.engaged),
        propensity: new Float64Array(n).fill(1 / slots),
        personal: Float64Array.from(log.personal),
        randomised: new Uint8Array(n).fill(1),
      },
      { fixedSlot, adaptive: false },
    ),
  };
};
