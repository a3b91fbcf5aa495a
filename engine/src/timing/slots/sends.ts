import { checkLength, checkProbability, checkPropensity, engineError } from '../../errors/index.ts';
import { tell, type Watch } from '../../fitting/index.ts';

/** Monday to Friday, or the weekend: what makes days differ most. Sends are placed within a day and never moved to another. */
export type DayKind = 0 | 1;

/** What was sent and what came of it, as columns of one length. */
export interface SlotSends {
  readonly person: ArrayLike<number>;
  /** 0 Monday to Friday, 1 the weekend, on the person's clock. */
  readonly day: ArrayLike<number>;
  /** 0 … slots - 1: slot s of 12 begins at local hour 2 s. */
  readonly slot: ArrayLike<number>;
  /** In [0, 1]: 1 for a click or an order within the time you allow for it. Not opens. */
  readonly engaged: ArrayLike<number>;
  /** In (0, 1], as logged; without it sends count as evenly drawn. */
  readonly propensity?: ArrayLike<number>;
  /** 1 for sends of the permanent randomised share, on which the spreads are learned; without it, on all. */
  readonly randomised?: ArrayLike<number>;
}

/** Sends and engagement per person and cell (people × 2 slots; cell = day × slots + slot). */
export interface SlotCounts {
  readonly people: number;
  readonly slots: number;
  readonly sends: Float32Array;
  readonly engaged: Float32Array;
}

/** @throws EngineError `out_of_range` unless slots divides 24 */
export const checkSlots = (slots: number): number => {
  if (Number.isInteger(slots) && slots >= 2 && slots <= 24 && 24 % slots === 0) return slots;
  throw engineError('out_of_range', `slots must divide the 24 hours of a day, got ${slots}`, { slots });
};

export const indexBelow = (name: string, value: number, most: number): number => {
  if (Number.isInteger(value) && value >= 0 && value < most) return value;
  throw engineError('unknown_key', `${name} is ${value} of ${most}`, { name });
};

/**
 * Adds up sends by person and cell. Outcomes 0 and 1 add up exactly, whatever the order of the rows. O(sends), 192 B a person.
 *
 * @throws EngineError `length_mismatch`, `unknown_key`, `out_of_range`, `probability_out_of_range`,
 * `propensity_out_of_range`, `nan`, `cancelled`
 * @example countSends({ person: [0], day: [0], slot: [4], engaged: [1] }, { people: 1, slots: 12 }).engaged[4] // 1
 */
export const countSends = (
  { person, day, slot, engaged, propensity, randomised }: SlotSends,
  { people, slots }: { readonly people: number; readonly slots: number },
  watch?: Watch,
): SlotCounts => {
  checkSlots(slots);
  const n = person.length;
  checkLength('day', day.length, n);
  checkLength('slot', slot.length, n);
  checkLength('engaged', engaged.length, n);
  if (propensity) checkLength('propensity', propensity.length, n);
  if (randomised) checkLength('randomised', randomised.length, n);
  const counts: SlotCounts = {
    people,
    slots,
    sends: new Float32Array(people * 2 * slots),
    engaged: new Float32Array(people * 2 * slots),
  };
  for (let k = 0; k < n; k++) {
    if ((k & 0xffff) === 0) tell(watch, 'sends', k / n);
    const u = indexBelow('person', person[k] as number, people);
    if (propensity) checkPropensity('propensity', propensity[k] as number);
    const kind = indexBelow('day', day[k] as number, 2);
    const at = u * 2 * slots + kind * slots + indexBelow('slot', slot[k] as number, slots);
    counts.sends[at] = (counts.sends[at] as number) + 1;
    counts.engaged[at] = (counts.engaged[at] as number) + checkProbability('engaged', engaged[k] as number);
  }
  return counts;
};
