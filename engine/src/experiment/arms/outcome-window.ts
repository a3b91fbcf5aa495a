import { checkFinite, checkLength, checkPositive, engineError } from '../../errors/index.ts';

export interface WindowInput {
  /** When each person was first eligible; any unit of time, the same everywhere. */
  readonly eligibleAt: ArrayLike<number>;
  /** Events: whose (index into `eligibleAt`), when, how much. */
  readonly person: ArrayLike<number>;
  readonly at: ArrayLike<number>;
  readonly value: ArrayLike<number>;
  /** Length of the window; it starts at first eligibility, the same for both arms. */
  readonly window: number;
  readonly now: number;
}

export interface WindowedOutcomes {
  /** One per person: the sum within [eligible, eligible + window), 0 without an event; NaN-free, meaningful where `complete`. */
  readonly outcomes: Float64Array;
  /** 1 where the window is over. Only those may be analysed: the others would count as zeros that are not yet earned. */
  readonly complete: Uint8Array;
  readonly completePeople: number;
  readonly eventsOutside: number;
}

/**
 * One outcome per person over a fixed window from first eligibility: half-open, the same length for everybody, so that people who
 * came early do not weigh more. O(people + events).
 *
 * @throws EngineError `length_mismatch`, `out_of_range`, `unknown_key` for an event of nobody, `nan`, `not_finite`
 * @example
 * outcomesInWindow({ eligibleAt: [0, 5], person: [0, 0, 1], at: [1, 9, 6], value: [10, 99, 20], window: 7, now: 8 })
 * // outcomes [10, 20], complete [1, 0]
 */
export const outcomesInWindow = (input: WindowInput): WindowedOutcomes => {
  const { eligibleAt, person, at, value, now } = input;
  const window = checkPositive('window', input.window);
  checkFinite('now', now);
  checkLength('at', at.length, person.length);
  checkLength('value', value.length, person.length);
  const outcomes = new Float64Array(eligibleAt.length);
  const complete = new Uint8Array(eligibleAt.length);
  let completePeople = 0;
  for (let i = 0; i < eligibleAt.length; i++) {
    if (checkFinite(`eligibleAt[${i}]`, eligibleAt[i] as number) + window > now) continue;
    complete[i] = 1;
    completePeople += 1;
  }
  let eventsOutside = 0;
  for (let e = 0; e < person.length; e++) {
    const who = person[e] as number;
    const start = eligibleAt[who];
    if (start === undefined)
      throw engineError('unknown_key', `event ${e} is of the person ${who}, who was never eligible`, {
        event: e,
      });
    const since = checkFinite(`at[${e}]`, at[e] as number) - start;
    const amount = checkFinite(`value[${e}]`, value[e] as number);
    if (since >= 0 && since < window) outcomes[who] = (outcomes[who] as number) + amount;
    else eventsOutside += 1;
  }
  return { outcomes, complete, completePeople, eventsOutside };
};
