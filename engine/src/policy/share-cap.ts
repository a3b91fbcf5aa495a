/** Averages of an action's probability, over the decisions in which it was allowed. */
export interface ShareSums {
  /** In the period before; null when there was none (no cap then), 0 for an action that is new. */
  previous: number | null;
  decisions: number;
  /** Σ p of this period. */
  sum: number;
}

export const createShareSums = (previous: number | null): ShareSums => ({ previous, decisions: 0, sum: 0 });

/** Ends the period; an action that was never allowed in it keeps what it had. */
export const closeShares = (shares: ShareSums): void => {
  if (shares.decisions > 0) shares.previous = shares.sum / shares.decisions;
  shares.decisions = 0;
  shares.sum = 0;
};

export type Capped = 'no' | 'yes' | 'relaxed';

/**
 * Keeps p in place between `low` and `high`, its sum 1, the shape of p kept where it can be: p_k = clamp(c p_k, low_k, high_k) with the one c
 * that sums to 1 (the nearest in Kullback–Leibler divergence), found by bisection to rounding. 'relaxed' when the bounds exclude
 * each other: then all are at the bound and scaled. 0 <= low <= high <= 1. O(60 K) when something binds, O(K) when not.
 *
 * @example
 * const p = Float64Array.of(0.9, 0.1);
 * boundShares({ p, low: Float64Array.of(0.4, 0.4), high: Float64Array.of(0.6, 0.6) }); // 'yes', p = [0.6, 0.4]
 */
export const boundShares = ({
  p,
  low,
  high,
}: {
  readonly p: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}): Capped => {
  let lowest = 0;
  let highest = 0;
  let binds = false;
  for (let k = 0; k < p.length; k++) {
    lowest += low[k] as number;
    highest += high[k] as number;
    binds ||= (p[k] as number) < (low[k] as number) || (p[k] as number) > (high[k] as number);
  }
  if (!binds) return 'no';
  if (lowest >= 1 || highest <= 1) {
    const [bound, total] = lowest >= 1 ? [low, lowest] : [high, highest];
    for (let k = 0; k < p.length; k++) p[k] = total > 0 ? (bound[k] as number) / total : 1 / p.length;
    return lowest === 1 || highest === 1 ? 'yes' : 'relaxed';
  }
  // Something tiny under every p, so that an action of probability 0 can take over what nobody else may have.
  const clamp = (k: number, c: number): number =>
    Math.min(high[k] as number, Math.max(low[k] as number, c * Math.max(p[k] as number, 1e-12)));
  let down = 0;
  let up = 2e12;
  for (let round = 0; round < 120; round++) {
    const c = down === 0 ? up * 2 ** -20 : Math.sqrt(down * up);
    if (c === down || c === up || up < 1e-30) break;
    let sum = 0;
    for (let k = 0; k < p.length; k++) sum += clamp(k, c);
    if (sum < 1) down = c;
    else up = c;
  }
  let sum = 0;
  for (let k = 0; k < p.length; k++) {
    p[k] = clamp(k, up);
    sum += p[k] as number;
  }
  for (let k = 0; k < p.length; k++) p[k] = (p[k] as number) / sum;
  return 'yes';
};

/**
 * The bounds that keep the running averages of the period within `cap` of the period before, after this decision; a floor wins over a cap.
 */
export const shareBounds = (
  { previous, decisions, sum }: ShareSums,
  { cap, floor }: { readonly cap: number; readonly floor: number },
): { readonly low: number; readonly high: number } => {
  if (previous === null || cap >= 1) return { low: floor, high: 1 };
  const low = Math.min(1, (previous - cap) * (decisions + 1) - sum);
  const high = Math.max(0, (previous + cap) * (decisions + 1) - sum);
  const lowest = Math.max(floor, low);
  return { low: lowest, high: Math.min(1, Math.max(high, lowest)) };
};
