import { checkFinite, engineError } from '../../errors/index.ts';

/** What the caller knows of one bucket (an hour, a day) before anything is counted in it. */
export interface Bucket {
  /** Place in the season, 0 to `slots` - 1: the weekday of a day, the local hour of the week of an hour. */
  readonly slot: number;
  /** 0: none; 1 to `holidays`: a kind of special day (public holiday, sale, Christmas week). Days of a kind share a factor. */
  readonly holiday?: number;
  /**
   * How much there was to count, relative to a usual bucket (default 1): 23/24 for a day with 23 hours, the number of all searches
   * for one word's share, a known promotion. 0 masks the bucket for all series; else in [1e-9, 1e9], so that nothing overflows.
   */
  readonly exposure?: number;
}

/** Throws `out_of_range`, `nan` or `not_finite` where a bucket does not fit `slots` and `holidays`. */
export const checkBucket = (
  { slot, holiday = 0, exposure = 1 }: Bucket,
  { slots, holidays }: { readonly slots: number; readonly holidays: number },
): void => {
  if (!Number.isInteger(slot) || slot < 0 || slot >= slots)
    throw engineError('out_of_range', `slot must be a whole number in [0, ${slots}), got ${slot}`, { slot });
  if (!Number.isInteger(holiday) || holiday < 0 || holiday > holidays)
    throw engineError('out_of_range', `holiday must be a whole number in [0, ${holidays}], got ${holiday}`, {
      holiday,
    });
  if (!(checkFinite('exposure', exposure) === 0 || (exposure >= 1e-9 && exposure <= 1e9)))
    throw engineError('out_of_range', `exposure must be 0 or in [1e-9, 1e9], got ${exposure}`, { exposure });
};
