import { engineError } from '../../errors/index.ts';
import type { Interactions, TasteHistory } from './interactions.ts';

/**
 * The pairs of one person, as views: nothing is copied. Throws `out_of_range` for somebody who is not there.
 *
 * @example model.score(historyOf(interactions, 7), scores)
 */
export const historyOf = (interactions: Interactions, person: number): TasteHistory => {
  if (!(Number.isInteger(person) && person >= 0 && person < interactions.people))
    throw engineError('out_of_range', `there is no person ${person} among ${interactions.people}`, {
      person,
    });
  const from = interactions.start[person];
  const to = interactions.start[person + 1];
  return {
    item: interactions.item.subarray(from, to),
    weight: interactions.weight.subarray(from, to),
    own: interactions.own.subarray(from, to),
    lastOwn: interactions.lastOwn.subarray(from, to),
    firstAtMs: interactions.firstAtMs.subarray(from, to),
    lastAtMs: interactions.lastAtMs.subarray(from, to),
    orders: interactions.orders.subarray(from, to),
  };
};
