/** Observations of each of some groups (items, say), which lie in larger ones (categories). */
export interface GroupedValues {
  /** Per group: how many, their sum, and the sum of their squares. */
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
  /** What a group's mean is drawn to. */
  readonly towards: (group: number) => number;
}

const withinVariance = ({ count, sum, squares }: GroupedValues): number => {
  let spread = 0;
  let degrees = 0;
  for (let g = 0; g < count.length; g++) {
    const n = count[g] as number;
    if (n < 2) continue;
    spread += (squares[g] as number) - (sum[g] as number) ** 2 / n;
    degrees += n - 1;
  }
  return degrees > 0 ? Math.max(0, spread / degrees) : 0;
};

/** Variance of the groups' true means about what they are drawn to, by moments: E[n (mean - m)²] = σ² + n τ². */
const betweenVariance = ({ count, sum, towards }: GroupedValues, within: number): number => {
  let excess = 0;
  let total = 0;
  for (let g = 0; g < count.length; g++) {
    const n = count[g] as number;
    if (n === 0) continue;
    excess += n * ((sum[g] as number) / n - towards(g)) ** 2 - within;
    total += n;
  }
  return total > 0 ? Math.max(0, excess / total) : 0;
};

/**
 * Means of groups, each drawn to its larger group's by as many observations as the data say: σ² / τ², the variance within over
 * that of the true means (Efron and Morris 1973; unequal sizes by moments). Groups that do not differ beyond chance all get
 * what they are drawn to. O(groups).
 */
export const shrunkMeans = (values: GroupedValues): Float64Array => {
  const within = withinVariance(values);
  const between = betweenVariance(values, within);
  return values.count.map((n, g) => {
    const target = values.towards(g);
    if (n === 0 || between === 0) return target;
    const prior = within / between;
    return ((values.sum[g] as number) + prior * target) / (n + prior);
  });
};
