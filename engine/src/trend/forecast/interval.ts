import { quantileOf } from './quantile.ts';

/** By how much the intervals of a model are drawn out around the median; 1 as simulated. */
export interface Stretch {
  readonly for80: number;
  readonly for95: number;
}

export const AS_SIMULATED: Stretch = { for80: 1, for95: 1 };

/** Half of a count: an interval that is all in one point cannot be drawn out otherwise. */
const LEAST_HALF = 0.5;

const endOf = (sorted: Float64Array, level: number, stretch: number): number => {
  const end = quantileOf(sorted, level);
  if (stretch === 1) return end;
  const middle = quantileOf(sorted, 0.5);
  const half = Math.max(LEAST_HALF, Math.abs(end - middle));
  return Math.max(0, middle + (level < 0.5 ? -1 : 1) * stretch * half);
};

/** Ends of both intervals of sorted futures: rounded outwards, the wider one never inside the other. */
export const intervalsOf = (sorted: Float64Array, { for80, for95 }: Stretch) => {
  const low80 = Math.floor(endOf(sorted, 0.1, for80));
  const high80 = Math.ceil(endOf(sorted, 0.9, for80));
  return {
    low80,
    high80,
    low95: Math.min(low80, Math.floor(endOf(sorted, 0.025, for95))),
    high95: Math.max(high80, Math.ceil(endOf(sorted, 0.975, for95))),
  };
};

/** The stretch with which an interval between these levels would just have reached `value`. */
const reachOf = (sorted: Float64Array, tail: number, value: number): number => {
  const middle = quantileOf(sorted, 0.5);
  const end = quantileOf(sorted, value >= middle ? 1 - tail : tail);
  return Math.abs(value - middle) / Math.max(LEAST_HALF, Math.abs(end - middle));
};

/** What one bucket of the backtest says. */
export interface Residual {
  readonly origin: number;
  readonly value: number;
  /** Its simulated futures. */
  readonly sorted: Float64Array;
  readonly reach80: number;
  readonly reach95: number;
}

export const residualOf = (origin: number, value: number, sorted: Float64Array): Residual => ({
  origin,
  value,
  sorted,
  reach80: reachOf(sorted, 0.1, value),
  reach95: reachOf(sorted, 0.025, value),
});

/**
 * Split conformal (Lei et al. 2018, J. Am. Stat. Assoc. 113; Vovk et al. 2005): of n residuals the ceil((n + 1) level)th smallest, the
 * largest where n is too small for that. Never below 1: counts are lumpy, and too wide an interval is not mended here. If the next
 * residual is exchangeable with those, it lies within with a chance of at least the level; residuals of one forecast go together, so
 * of six forecasts this is a promise in the mean, not for each.
 */
export const stretchOf = (residuals: readonly Residual[]): Stretch => {
  const quantile = (level: number, reaches: readonly number[]): number => {
    if (reaches.length === 0) return 1;
    const rank = Math.min(reaches.length, Math.ceil((reaches.length + 1) * level));
    return Math.max(1, reaches.toSorted((a, b) => a - b)[rank - 1] as number);
  };
  return {
    for80: quantile(
      0.8,
      residuals.map(({ reach80 }) => reach80),
    ),
    for95: quantile(
      0.95,
      residuals.map(({ reach95 }) => reach95),
    ),
  };
};

/** Shares of the residuals within the intervals, each stretched as `of` says. */
export const coverageOf = (residuals: readonly Residual[], of: (residual: Residual) => Stretch) => {
  let [in80, in95] = [0, 0];
  for (const residual of residuals) {
    const { value, sorted } = residual;
    const ends = intervalsOf(sorted, of(residual));
    if (value >= ends.low80 && value <= ends.high80) in80 += 1;
    if (value >= ends.low95 && value <= ends.high95) in95 += 1;
  }
  const n = Math.max(1, residuals.length);
  return { coverage80: in80 / n, coverage95: in95 / n };
};

/** Coverage of each forecast by intervals recalibrated on all the others. */
export const crossCoverageOf = (residuals: readonly Residual[]) => {
  const stretches = new Map(
    [...new Set(residuals.map(({ origin }) => origin))].map((origin) => [
      origin,
      stretchOf(residuals.filter((residual) => residual.origin !== origin)),
    ]),
  );
  return coverageOf(residuals, ({ origin }) => stretches.get(origin) ?? AS_SIMULATED);
};
