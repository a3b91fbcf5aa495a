/** What the list is built from: per candidate its relevance in [0, 1] and what the controls add to it. */
export interface GreedyInput {
  readonly relevance: Float64Array;
  readonly count: number;
  /** Added to the relevance whatever else is in the list; absent for none. */
  readonly bonus?: Float64Array | undefined;
  /** Subtracted times the largest likeness with what is already in the list; absent for none. */
  readonly likeness?: { readonly weight: number; readonly of: (a: number, b: number) => number } | undefined;
}

/**
 * Positions of candidates, one after the other the one of largest relevance + bonus − weight × largest likeness with those before: Maximal
 * Marginal Relevance (Carbonell and Goldstein, SIGIR 1998) with λ = 1/(1 + weight). Equal values: the first candidate.
 * O(count × candidates), each pair's likeness asked once.
 */
export const greedyList = ({ relevance, count, bonus, likeness }: GreedyInput): Uint32Array => {
  const n = relevance.length;
  const list = new Uint32Array(Math.min(count, n));
  const taken = new Uint8Array(n);
  const nearest = new Float64Array(n);
  for (let place = 0; place < list.length; place++) {
    let best = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < n; k++) {
      if (taken[k] === 1) continue;
      const value =
        (relevance[k] as number) +
        (bonus ? (bonus[k] as number) : 0) -
        (likeness ? likeness.weight * (nearest[k] as number) : 0);
      if (value > most) {
        most = value;
        best = k;
      }
    }
    list[place] = best;
    taken[best] = 1;
    if (!likeness) continue;
    for (let k = 0; k < n; k++) {
      if (taken[k] === 1) continue;
      nearest[k] = Math.max(nearest[k] as number, likeness.of(best, k));
    }
  }
  return list;
};

/** Likeness of candidates' positions, the better one first; what is not a number counts as the same thing. */
export const likenessOfPlaces =
  (items: Uint32Array, likeness: (a: number, b: number) => number): ((a: number, b: number) => number) =>
  (a, b) => {
    const asked = likeness(items[Math.min(a, b)] as number, items[Math.max(a, b)] as number);
    return asked >= 0 && asked <= 1 ? asked : asked < 0 ? 0 : 1;
  };
