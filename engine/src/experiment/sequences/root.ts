/** Doublings before the search gives up: 2^200 is beyond every sum. */
const MOST_DOUBLINGS = 200;

/**
 * The smallest s >= 0 (to the last bit, or `cap` when it is not reached below) at which `logE`, increasing in s there, reaches the
 * limit. For mixtures whose value at 0 is below the limit.
 */
export const boundaryWhere = (logE: (s: number) => number, limit: number, cap = Infinity): number => {
  let low = 0;
  let high = 1;
  for (let step = 0; high < cap && logE(high) < limit && step < MOST_DOUBLINGS; step++) {
    low = high;
    high *= 2;
  }
  if (high >= cap) {
    if (!(logE(cap) >= limit)) return cap;
    high = cap;
  }
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (logE(middle) >= limit) high = middle;
    else low = middle;
  }
  return high;
};
