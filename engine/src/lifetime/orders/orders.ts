import { checkAllFinite, checkCount, checkLength, engineError } from '../../errors/index.ts';

/** Orders as columns of one length, in any order. */
export interface Orders {
  /** People are 0 to people - 1; somebody may have no order. */
  readonly people: number;
  readonly person: Uint32Array;
  /** Milliseconds since 1970. */
  readonly atMs: Float64Array;
  /** What was paid, in any unit; negative for returns. Without it nothing can be said about value. */
  readonly amount?: Float64Array;
}

/** @throws EngineError `negative_count`, `length_mismatch`, `nan`, `not_finite`, `out_of_range` */
export const checkOrders = ({ people, person, atMs, amount }: Orders): void => {
  checkCount('people', people);
  checkLength('atMs', atMs.length, person.length);
  checkAllFinite('atMs', atMs);
  if (amount) {
    checkLength('amount', amount.length, person.length);
    checkAllFinite('amount', amount);
  }
  for (let k = 0; k < person.length; k++) {
    if ((person[k] as number) >= people)
      throw engineError('out_of_range', `person[${k}] is ${person[k]} of ${people} people`, { index: k });
  }
};
