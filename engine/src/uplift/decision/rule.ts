/** Shares that a rule may treat: none, every twentieth, all. */
const SHARES: readonly number[] = Array.from({ length: 21 }, (_, k) => k / 20);

/**
 * Probability that each person is treated when the `share` with the highest scores is: 1 above the cut, 0 below; equal scores at the cut
 * share what is left. O(n log n).
 */
export const topShare = (scores: Float64Array, share: number, sorted = scores.toSorted()): Float64Array => {
  const n = scores.length;
  const wanted = share * n;
  const cut = sorted[Math.min(n - 1, Math.max(0, n - Math.ceil(wanted)))] as number;
  let above = 0;
  let equal = 0;
  for (let i = 0; i < n; i++) {
    const s = scores[i] as number;
    if (s > cut) above++;
    else if (s === cut) equal++;
  }
  const part = Math.min(1, Math.max(0, (wanted - above) / equal));
  return scores.map((s) => (s > cut ? 1 : s === cut ? part : 0));
};

/** The share that earns most on these people; of equal ones the one nearest to treating everybody. */
export const bestShare = (
  groups: readonly { readonly scores: Float64Array; readonly effects: Float64Array }[],
): number => {
  const sorted = groups.map(({ scores }) => scores.toSorted());
  let best = 1;
  let most = -Infinity;
  for (const share of SHARES.toReversed()) {
    let sum = 0;
    groups.forEach(({ scores, effects }, g) => {
      const treated = topShare(scores, share, sorted[g]);
      for (let i = 0; i < effects.length; i++) sum += (treated[i] as number) * (effects[i] as number);
    });
    if (sum > most) {
      most = sum;
      best = share;
    }
  }
  return best;
};
