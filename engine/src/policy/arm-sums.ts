/**
 * What an action has learned, as numbers that add: two processes' sums are the sums of both, a discount multiplies them, a window
 * drops the oldest. Every model keeps its data so; what it predicts from is rebuilt from them.
 */
export interface ArmSums {
  readonly total: Float64Array;
  /** Window only: the sums of each closed period that still counts, oldest first. */
  readonly periods: Float64Array[];
  /** Window only: the open period. */
  current: Float64Array | null;
  /** Only when updates are given away: what came since the last time. */
  fresh: Float64Array | null;
}

export type Forget =
  | { readonly kind: 'nothing' }
  /** At the end of each period everything learned counts `keep` times as much; 0 < keep <= 1. */
  | { readonly kind: 'discount'; readonly keep: number }
  /** Only this many periods count, the open one included; >= 1. */
  | { readonly kind: 'window'; readonly periods: number };

export const createArmSums = (
  length: number,
  { forget, tracked }: { readonly forget: Forget; readonly tracked: boolean },
): ArmSums => ({
  total: new Float64Array(length),
  periods: [],
  current: forget.kind === 'window' ? new Float64Array(length) : null,
  fresh: tracked ? new Float64Array(length) : null,
});

/** The arrays that one observation is added to. */
export const targetsOf = ({ total, current, fresh }: ArmSums): Float64Array[] =>
  [total, current, fresh].filter((sums) => sums !== null);

/** into += factor × added. */
export const addScaled = (into: Float64Array, added: ArrayLike<number>, factor = 1): void => {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) + factor * (added[i] as number);
};

const recount = (sums: ArmSums): void => {
  // Added up again rather than taken away: no difference of large numbers, ever.
  sums.total.fill(0);
  for (const period of sums.periods) addScaled(sums.total, period);
  if (sums.current) addScaled(sums.total, sums.current);
};

/** Ends a period: discounts, or lets the window move on. */
export const closePeriod = (sums: ArmSums, forget: Forget): void => {
  if (forget.kind === 'discount') {
    for (let i = 0; i < sums.total.length; i++) sums.total[i] = (sums.total[i] as number) * forget.keep;
  }
  if (forget.kind === 'window' && sums.current) {
    sums.periods.push(sums.current);
    while (sums.periods.length > forget.periods - 1) sums.periods.shift();
    sums.current = new Float64Array(sums.total.length);
    recount(sums);
  }
};

/** Adds another process's sums, `age` closed periods old; false when they are too old to count. */
export const addAged = (
  sums: ArmSums,
  added: ArrayLike<number>,
  { forget, age }: { readonly forget: Forget; readonly age: number },
): boolean => {
  if (forget.kind !== 'window') {
    addScaled(sums.total, added, forget.kind === 'discount' ? forget.keep ** age : 1);
    return true;
  }
  const into = age === 0 ? sums.current : sums.periods.at(-age);
  // `at` counts from the end: an age beyond what is kept finds nothing.
  if (!into) return false;
  addScaled(into, added);
  addScaled(sums.total, added);
  return true;
};
