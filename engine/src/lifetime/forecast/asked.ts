import { checkCount, checkFinite, checkLevel, engineError } from '../../errors/index.ts';
import { checkParameters, type PurchaseParameters } from '../models/parameters.ts';
import * as person from './person.ts';
import * as range from './range.ts';

const checkRow = ({ repeats, recency, age }: person.PersonRow): void => {
  checkCount('repeats', repeats);
  checkFinite('age', age);
  if (!(checkFinite('recency', recency) >= 0 && recency <= age))
    throw engineError('out_of_range', `recency must be in [0, age], got ${recency} of ${age}`);
  if (repeats === 0 && recency !== 0)
    throw engineError('out_of_range', `recency must be 0 without a repeat, got ${recency}`);
};

const checkAsked = (parameters: PurchaseParameters, row: person.PersonRow, horizon: number): void => {
  checkParameters(parameters);
  checkRow(row);
  if (!(checkFinite('horizon', horizon) >= 0))
    throw engineError('out_of_range', `horizon must be >= 0, got ${horizon}`, { horizon });
};

/**
 * The chance that the person has not left by `age`: by definition 1 for `nbd`, and without a repeat for `bg_nbd`. O(1).
 *
 * @throws EngineError `nan`, `not_finite`, `negative_count`, `out_of_range`
 * @example aliveAt(model.parameters, { repeats: 2, recency: 30, age: 39 })
 */
export const aliveAt: typeof person.aliveAt = (parameters, row) => {
  checkAsked(parameters, row, 0);
  return person.aliveAt(parameters, row);
};

/**
 * Expected purchases within `horizon` after `age` (a new customer: all zeros). BG/NBD: Fader, Hardie and Lee 2005, equation 10; Pareto/NBD:
 * Schmittlein et al. 1987, equation 22. 0.1 to 2 µs.
 *
 * @throws EngineError `nan`, `not_finite`, `negative_count`, `out_of_range`
 * @example expectedPurchases(model.parameters, { repeats: 2, recency: 30, age: 39 }, 39)
 */
export const expectedPurchases: typeof person.expectedPurchases = (parameters, row, horizon) => {
  checkAsked(parameters, row, horizon);
  return person.expectedPurchases(parameters, row, horizon);
};

/**
 * The chance of at least one purchase within `horizon`: what “still a customer” means where it can be checked.
 *
 * @throws EngineError `nan`, `not_finite`, `negative_count`, `out_of_range`
 * @example chanceToBuy(model.parameters, { repeats: 2, recency: 30, age: 39 }, 13)
 */
export const chanceToBuy: typeof person.chanceToBuy = (parameters, row, horizon) => {
  checkAsked(parameters, row, horizon);
  return person.chanceToBuy(parameters, row, horizon);
};

/**
 * P(purchases >= k within `horizon`); 1 for k = 0. 1 to 15 µs.
 *
 * @throws EngineError `nan`, `not_finite`, `negative_count`, `out_of_range`
 * @example chanceOfAtLeast(model.parameters, [{ repeats: 2, recency: 30, age: 39 }, 39], 3)
 */
export const chanceOfAtLeast: typeof range.chanceOfAtLeast = (parameters, future, k) => {
  checkAsked(parameters, ...future);
  return range.chanceOfAtLeast(parameters, future, checkCount('k', k));
};

/**
 * What one person may do: the central range of the number of purchases within `horizon` that has at least `coverage` of the chance. This is
 * the spread of the future, not the uncertainty of its mean. O(log purchases) tails.
 *
 * @throws EngineError `nan`, `not_finite`, `negative_count`, `out_of_range`, `probability_out_of_range` (coverage not in (0, 1))
 * @example purchaseRange(model.parameters, [{ repeats: 2, recency: 30, age: 39 }, 39], 0.8) // { low: 0, high: 4 }
 */
export const purchaseRange: typeof range.purchaseRange = (parameters, future, coverage) => {
  checkAsked(parameters, ...future);
  return range.purchaseRange(parameters, future, checkLevel('coverage', coverage));
};
