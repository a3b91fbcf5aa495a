import { quantileOf } from './quantile.ts';

/** The last known value of the same place in the season: what every forecast has to beat. */
export interface SeasonalNaive {
  readonly period: number;
  /** Length period: the last value of each place, from the bucket after the last; NaN where none was seen. */
  readonly last: Float64Array;
  /** Sorted differences between one season and the next. */
  readonly differences: Float64Array;
}

export const seasonalNaiveOf = (values: Float64Array, period: number): SeasonalNaive => {
  const seen = new Float64Array(period).fill(Number.NaN);
  const differences: number[] = [];
  values.forEach((value, t) => {
    if (Number.isNaN(value)) return;
    const before = seen[t % period] as number;
    if (!Number.isNaN(before)) differences.push(value - before);
    seen[t % period] = value;
  });
  const last = seen.map((_, ahead) => seen[(values.length + ahead) % period] as number);
  return { period, last, differences: Float64Array.from(differences).sort() };
};

/** Quantile of the value `ahead` buckets on (0 is the next): differences grow with the root of the seasons between. */
export const naiveQuantile = (
  { period, last, differences }: SeasonalNaive,
  ahead: number,
  level: number,
): number => {
  const seasons = 1 + Math.floor(ahead / period);
  const spread = level === 0.5 ? 0 : quantileOf(differences, level) * Math.sqrt(seasons);
  return Math.max(0, (last[ahead % period] as number) + spread);
};
