/** How the lists of all people together treat the catalogue. */
export interface Coverage {
  /** Distinct items in any list. */
  readonly items: number;
  /** Of the candidates. */
  readonly share: number;
  /** Gini index of how often each candidate is shown: 0 all alike, near 1 a few items have all places. */
  readonly gini: number;
}

/** From how often each candidate was shown. O(candidates log candidates). */
export const coverageOf = (shown: Float64Array, candidate: Uint8Array): Coverage => {
  const counts = shown.filter((_, item) => candidate[item] === 1).sort();
  let total = 0;
  let ranked = 0;
  let items = 0;
  for (let k = 0; k < counts.length; k++) {
    const count = counts[k] as number;
    total += count;
    ranked += (2 * (k + 1) - counts.length - 1) * count;
    if (count > 0) items += 1;
  }
  return {
    items,
    share: counts.length > 0 ? items / counts.length : 0,
    gini: total > 0 ? ranked / (counts.length * total) : 0,
  };
};

/** Bits of surprise per item: -log2 of the share of people who had it (Vargas and Castells, RecSys 2011); at least half a person has. */
export const surpriseOf = (
  item: Uint32Array,
  { items, people }: { readonly items: number; readonly people: number },
): Float64Array => {
  const had = new Float64Array(items);
  for (let pair = 0; pair < item.length; pair++)
    had[item[pair] as number] = (had[item[pair] as number] as number) + 1;
  return had.map((count) => -Math.log2(Math.max(0.5, count) / Math.max(1, people)));
};
