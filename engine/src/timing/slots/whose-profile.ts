/** Kinds of people by when they answer: factors on the rate of each cell. */
export interface Profiles {
  /** Length K, sums to 1: how many people are like it. */
  readonly weights: Float64Array;
  /** K × cells, > 0. */
  readonly factors: Float64Array;
}

/** Nobody differs in more than level: what there is before anything is learned. */
export const onlyOne = (cells: number): Profiles => ({
  weights: Float64Array.of(1),
  factors: new Float64Array(cells).fill(1),
});

/** A person's cells, length cells: engagement found, and expected of somebody average. */
export interface OwnCells {
  readonly found: Float64Array;
  readonly expected: Float64Array;
}

export interface Spreads {
  /** Of people's cells around what is expected of them; Infinity: none. */
  readonly shape: number;
  /** Of people's levels. */
  readonly personShape: number;
}

export interface Whose {
  /** Length K: the chance that the person is of each kind. */
  readonly chance: Float64Array;
  /** Length K: the person's level, if of that kind. */
  readonly level: Float64Array;
  /** ln of the likelihood of the person's cells, without what no profile moves. */
  readonly logLikelihood: number;
}

/**
 * How much of a cell speaks for the person rather than for the hour: a cell of expected engagement E varies by 1/E from chance and by
 * 1/shape from the hour, so it counts shape/(shape + E). Without this a person who is always sent at one hour would pass for somebody
 * who answers at any.
 */
export const partOf = (shape: number, expected: number): number => 1 / (1 + expected / shape);

/**
 * With several kinds the hours are what tells them apart, and every engagement counts in full: discounted by a shape that still holds the
 * differences between kinds, none would ever be found.
 */
export const spreadsFor = ({ weights }: Profiles, spreads: Spreads): Spreads =>
  weights.length > 1 ? { ...spreads, shape: Infinity } : spreads;

/**
 * Which kind a person is: Poisson counts of cells at level × profile × expectation, the level a Gamma of mean 1 that is integrated out. A
 * cell can be left out. The result is overwritten by the next call. O(K × cells).
 */
export const createWhose = ({ weights, factors }: Profiles, cells: number) => {
  const count = weights.length;
  const logWeights = weights.map(Math.log);
  const logFactors = factors.map(Math.log);
  const out = { chance: new Float64Array(count), level: new Float64Array(count), logLikelihood: 0 };
  return ({ found, expected }: OwnCells, { shape, personShape }: Spreads, without = -1): Whose => {
    let all = personShape;
    for (let c = 0; c < cells; c++)
      if (c !== without) all += partOf(shape, expected[c] as number) * (found[c] as number);
    let most = -Infinity;
    for (let k = 0; k < count; k++) {
      let log = logWeights[k] as number;
      let mean = personShape;
      for (let c = 0; c < cells; c++) {
        const e = expected[c] as number;
        if (e === 0 || c === without) continue;
        const part = partOf(shape, e);
        mean += part * e * (factors[k * cells + c] as number);
        log += part * (found[c] as number) * (logFactors[k * cells + c] as number);
      }
      log -= all * Math.log(mean);
      out.chance[k] = log;
      out.level[k] = all / mean;
      most = Math.max(most, log);
    }
    let sum = 0;
    for (let k = 0; k < count; k++) {
      out.chance[k] = Math.exp((out.chance[k] as number) - most);
      sum += out.chance[k] as number;
    }
    for (let k = 0; k < count; k++) out.chance[k] = (out.chance[k] as number) / sum;
    out.logLikelihood = most + Math.log(sum);
    return out;
  };
};

/** Level × profile of a cell, over the kinds that a person may be: what the expectation of somebody average is multiplied by. O(K). */
export const tiltAt = (
  { chance, level }: Whose,
  { factors }: Profiles,
  { cell, cells }: { readonly cell: number; readonly cells: number },
): number => {
  let sum = 0;
  for (let k = 0; k < chance.length; k++)
    sum += (chance[k] as number) * (level[k] as number) * (factors[k * cells + cell] as number);
  return sum;
};
