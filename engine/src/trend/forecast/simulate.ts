import type { Random } from '../../random/index.ts';
import type { Dynamics } from './model.ts';
import { expectNext, moveOn } from './smooth.ts';

const PATHS = 500;

/**
 * Futures: paths × horizon, each from errors drawn of the past ones (bootstrap), so that their skewness is kept. Not below 0.
 * Column by column: the paths of a bucket beside each other, sorted. O(paths × horizon log paths).
 */
export const simulatePaths = (
  dynamics: Dynamics,
  { horizon, length, random }: { readonly horizon: number; readonly length: number; readonly random: Random },
): readonly Float64Array[] => {
  const columns = Array.from({ length: horizon }, () => new Float64Array(PATHS));
  for (let path = 0; path < PATHS; path++) {
    if (dynamics.kind === 'intermittent') {
      const { chance, size, sizes } = dynamics.fit;
      for (const column of columns)
        column[path] = random.chance(chance)
          ? size * (sizes[random.integer(0, sizes.length - 1)] as number)
          : 0;
      continue;
    }
    const { smoothing, errors } = dynamics;
    const { level, trend, season } = dynamics.state;
    const state = { level, trend, season: season.slice() };
    columns.forEach((column, ahead) => {
      const place = (length + ahead) % smoothing.period;
      const mean = expectNext(smoothing, state, place);
      const error = errors[random.integer(0, errors.length - 1)] as number;
      column[path] = Math.max(0, smoothing.spec.error === 'additive' ? mean + error : mean * (1 + error));
      moveOn(smoothing, state, { place, error });
    });
  }
  for (const column of columns) column.sort();
  return columns;
};
