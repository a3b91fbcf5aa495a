import { checkAllFinite, checkCount, checkLength, engineError } from '../../errors/index.ts';

/**
 * Events as columns of one length: event k says that `person[k]` did something with `item[k]` at `atMs[k]`. Numbers of people and
 * items are indices from 0, without a unit and without a meaning of their order; at most 2³² of each.
 */
export interface TasteEvents {
  /** Number of people; `person` holds indices below it. */
  readonly people: number;
  /** Number of items; `item` holds indices below it. */
  readonly items: number;
  readonly person: Uint32Array;
  readonly item: Uint32Array;
  /** Instants: milliseconds since 1970-01-01T00:00Z, fractions allowed. In any order. */
  readonly atMs: Float64Array;
  /** Pieces, or strength in any one unit of the shop's; below 0 for a return or a cancellation, 0 is no event. 1 where absent. */
  readonly weight?: Float64Array;
  /**
   * The same number for events of one order or session, whose instant is its earliest line's. Where absent, events of one instant are
   * one order. Orders are compared within a person and item only: a number that two people share joins nothing.
   */
  readonly order?: Uint32Array;
  /** How much of the event is the person's own taste, in [0, 1]: a gift is 0. 1 where absent. */
  readonly own?: Float32Array;
}

const checkBelow = (name: string, values: Uint32Array, limit: number): void => {
  for (let k = 0; k < values.length; k++) {
    const value = values[k] as number;
    // Columns of another type, from callers without types, may hold what is no index.
    if (value >= limit || value >>> 0 !== value)
      throw engineError('out_of_range', `${name}[${k}] is ${value}, there are ${limit}`, {
        name,
        index: k,
      });
  }
};

/** Indices are of 32 bits. */
const MOST = 2 ** 32;

const checkSize = (name: string, size: number): void => {
  if (checkCount(name, size) > MOST)
    throw engineError('out_of_range', `${name} must be at most 2^32, got ${size}`, { name, size });
};

/**
 * Throws `negative_count` and `out_of_range` for numbers of people and items, `length_mismatch` for columns of different lengths, `out_of_range` for an index outside the people or items,
 * `nan`/`not_finite` for instants and weights, `probability_out_of_range` for `own`. One pass over the columns.
 */
export const checkEvents = (events: TasteEvents): void => {
  const { person, item, atMs, weight, order, own } = events;
  checkSize('people', events.people);
  checkSize('items', events.items);
  checkLength('item', item.length, person.length);
  checkLength('atMs', atMs.length, person.length);
  if (weight) checkLength('weight', weight.length, person.length);
  if (order) checkLength('order', order.length, person.length);
  if (own) checkLength('own', own.length, person.length);
  checkBelow('person', person, events.people);
  checkBelow('item', item, events.items);
  checkAllFinite('atMs', atMs);
  if (weight) checkAllFinite('weight', weight);
  if (own) {
    for (let k = 0; k < own.length; k++) {
      const share = own[k] as number;
      if (!(share >= 0 && share <= 1))
        throw engineError('probability_out_of_range', `own[${k}] must be in [0, 1], got ${share}`, {
          index: k,
        });
    }
  }
};
