/** A member of the exponential smoothing family: error, trend (additive, damped), season; Hyndman, Koehler, Ord and Snyder 2008. */
export interface SmoothingSpec {
  readonly error: 'additive' | 'multiplicative';
  readonly trend: boolean;
  readonly season: 'none' | 'additive' | 'multiplicative';
}

/** Smoothing parameters; each in its usual region (alpha in (0, 1), beta < alpha, gamma < 1 - alpha, phi in [0.8, 0.98]). */
export interface SmoothingParameters {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly phi: number;
}

/** ANN, AAdN, ANA, AAdA, MNM, MAdM: the members that stay stable on counts; undamped trends run away at long horizons. */
export const specs: readonly SmoothingSpec[] = [
  { error: 'additive', trend: false, season: 'none' },
  { error: 'additive', trend: true, season: 'none' },
  { error: 'additive', trend: false, season: 'additive' },
  { error: 'additive', trend: true, season: 'additive' },
  { error: 'multiplicative', trend: false, season: 'multiplicative' },
  { error: 'multiplicative', trend: true, season: 'multiplicative' },
];

/** Parameters that are optimised. */
export const freeParameters = ({ trend, season }: SmoothingSpec): number =>
  1 + (trend ? 2 : 0) + (season === 'none' ? 0 : 1);

/** Everything estimated, for AICc: parameters, first states (season minus one), variance. */
export const parameterCount = (spec: SmoothingSpec, period: number): number =>
  freeParameters(spec) + 1 + (spec.trend ? 1 : 0) + (spec.season === 'none' ? 0 : period - 1) + 1;

const between = (x: number, low: number, high: number): number => low + (high - low) / (1 + Math.exp(-x));

/** From the whole line to the region; order alpha, beta, phi, gamma. */
export const parametersAt = (x: Float64Array, { trend, season }: SmoothingSpec): SmoothingParameters => {
  const alpha = between(x[0] as number, 0.001, 0.99);
  let next = 1;
  const beta = trend ? alpha * between(x[next++] as number, 0.001, 0.99) : 0;
  const phi = trend ? between(x[next++] as number, 0.8, 0.98) : 1;
  const gamma = season === 'none' ? 0 : (1 - alpha) * between(x[next] as number, 0.001, 0.99);
  return { alpha, beta, gamma, phi };
};

/** Where the search begins: alpha 0.2, beta 0.05 alpha, phi 0.93, gamma 0.1. */
export const firstGuess = (spec: SmoothingSpec): Float64Array => {
  const guess = [-1.4];
  if (spec.trend) guess.push(-3, 0.9);
  if (spec.season !== 'none') guess.push(-2.1);
  return Float64Array.from(guess);
};

export const nameOf = ({ error, trend, season }: SmoothingSpec): string => {
  const letter = { none: 'N', additive: 'A', multiplicative: 'M' } as const;
  return `ETS(${letter[error]},${trend ? 'Ad' : 'N'},${letter[season]})`;
};
