/** A number and the interval in which the truth lies, at the confidence that was asked. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * a - b of two independent estimates from their own intervals: MOVER (Zou and Donner 2008), which with Wilson's intervals is
 * Newcombe's method 10 (1998). O(1).
 *
 * @example differenceOf(wilsonInterval(56, 70), wilsonInterval(48, 80)) // 0.2 [0.052, 0.334]
 */
export const differenceOf = (a: Estimate, b: Estimate): Estimate => {
  const value = a.value - b.value;
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  };
};

/** x (2p - x) for an end x of p's interval: p² less the squared distance. */
const product = (end: number, value: number): number => end * (2 * value - end);

/** The lower end of a/b (Donner and Zou 2012, equation 9); the upper one is the reciprocal of the lower end of b/a. */
const lowerRatio = (a: Estimate, b: Estimate): number => {
  if (a.low <= 0) return 0;
  const both = a.value * b.value;
  const denominator = product(b.high, b.value);
  const numerator = product(a.low, a.value);
  // The form of the same number that does not cancel.
  return numerator / (both + Math.sqrt(Math.max(0, both * both - numerator * denominator)));
};

/**
 * a / b of two independent estimates >= 0 from their own intervals: MOVER-R (Donner and Zou 2012). `high` is Infinity where b
 * may be 0; null when both are 0: such a ratio is undefined. O(1).
 *
 * @example ratioOf(wilsonInterval(48, 80), wilsonInterval(56, 70)) // 0.75 [0.60, 0.93]
 */
export const ratioOf = (a: Estimate, b: Estimate): Estimate | null => {
  if (a.value === 0 && b.value === 0) return null;
  const inverse = lowerRatio(b, a);
  return {
    value: b.value === 0 ? Number.POSITIVE_INFINITY : a.value / b.value,
    low: lowerRatio(a, b),
    high: inverse === 0 ? Number.POSITIVE_INFINITY : 1 / inverse,
  };
};
