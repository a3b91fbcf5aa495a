/**
 * Tilts of the likelihood that each look for a wrong probability: actions drawn more often than said (> 0) or less often.
 */
const TILTS = [-2, -0.7, -0.25, -0.08, -0.025, 0.025, 0.08, 0.25, 0.7, 2] as const;
const GROWTH = TILTS.map((tilt) => Math.expm1(tilt));
const LARGE = 1e200;

/** Per action and tilt, in sums that add between processes. */
export interface DrawSums {
  decisions: number;
  /** Σ (1{drawn} - p). */
  excess: number;
  /** Σ p (1 - p). */
  variance: number;
  drawn: number;
  /** Σ p. */
  expected: number;
  /** Σ ln(1 + p (e^tilt - 1)) per tilt. */
  readonly logMean: Float64Array;
  /** The part of it that is still a product: logarithms are slow. */
  readonly product: Float64Array;
}

export const createDrawSums = (): DrawSums => ({
  decisions: 0,
  excess: 0,
  variance: 0,
  drawn: 0,
  expected: 0,
  logMean: new Float64Array(TILTS.length),
  product: new Float64Array(TILTS.length).fill(1),
});

/** One decision in which the action had probability `p`. O(10), no allocation, hardly a logarithm. */
export const countDraw = (sums: DrawSums, p: number, drawn: boolean): void => {
  sums.decisions++;
  sums.excess += (drawn ? 1 : 0) - p;
  sums.variance += p * (1 - p);
  sums.expected += p;
  if (drawn) sums.drawn++;
  const { product, logMean } = sums;
  for (let t = 0; t < product.length; t++) {
    const next = (product[t] as number) * (1 + p * (GROWTH[t] as number));
    if (next < LARGE && next > 1 / LARGE) product[t] = next;
    else {
      logMean[t] = (logMean[t] as number) + Math.log(next);
      product[t] = 1;
    }
  }
};

/** Numbers for a saved state: [decisions, excess, variance, drawn, expected, logMean…]. The products are taken into the sums first. */
export const drawSumsToNumbers = (sums: DrawSums): number[] => {
  const { logMean, product } = sums;
  for (let t = 0; t < product.length; t++) {
    logMean[t] = (logMean[t] as number) + Math.log(product[t] as number);
    product[t] = 1;
  }
  return [sums.decisions, sums.excess, sums.variance, sums.drawn, sums.expected, ...logMean];
};

export const addDrawNumbers = (sums: DrawSums, numbers: readonly number[]): void => {
  const [decisions = 0, excess = 0, variance = 0, drawn = 0, expected = 0, ...logMean] = numbers;
  sums.decisions += decisions;
  sums.excess += excess;
  sums.variance += variance;
  sums.drawn += drawn;
  sums.expected += expected;
  for (let t = 0; t < sums.logMean.length; t++)
    sums.logMean[t] = (sums.logMean[t] as number) + (logMean[t] ?? 0);
};

/** What the running check says about one action. */
export interface DrawReport {
  readonly decisions: number;
  readonly drawn: number;
  /** Σ p: how often it should have been drawn. */
  readonly expected: number;
  /** (drawn - expected)/√Σ p (1 - p); 0 while nothing varied. For reading; the verdict is the e-value's. */
  readonly z: number;
  /**
   * Mean over ten tilts of Π e^(tilt·1{drawn}) / (1 + p (e^tilt - 1)): each is a martingale of mean 1 when actions are drawn with the
   * probabilities said, whatever the policy learns in between; so P(it ever exceeds 1/α) <= α (Ville), at any number of looks.
   */
  readonly eValue: number;
}

/** O(10). */
export const reportDraws = (sums: DrawSums): DrawReport => {
  let eValue = 0;
  for (let t = 0; t < TILTS.length; t++) {
    const log = (sums.logMean[t] as number) + Math.log(sums.product[t] as number);
    eValue += Math.exp((TILTS[t] as number) * sums.drawn - log) / TILTS.length;
  }
  return {
    decisions: sums.decisions,
    drawn: sums.drawn,
    expected: sums.expected,
    z: sums.variance > 0 ? sums.excess / Math.sqrt(sums.variance) : 0,
    eValue,
  };
};
