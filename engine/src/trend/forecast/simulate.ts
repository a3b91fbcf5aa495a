import { type Watch, watchPart } from '../../fitting/index.ts';
import type { Random } from '../../random/index.ts';
import { tellEvery } from '../watch.ts';
import type { Dynamics } from './model.ts';
import { expectNext, moveOn } from './smooth.ts';

const PATHS = 500;
/** Between two looks at the watch: some 5 ms. */
const STEPS_A_LOOK = 50_000;
const COLUMNS_A_LOOK = 64;

/**
 * Futures: paths × horizon, each from errors drawn of the past ones (bootstrap), so that their skewness is kept. Not below 0.
 * Column by column: the paths of a bucket beside each other, sorted. O(paths × horizon log paths).
 */
export const simulatePaths = (
  dynamics: Dynamics,
  { horizon, length, random }: { readonly horizon: number; readonly length: number; readonly random: Random },
  watch?: Watch,
): readonly Float64Array[] => {
  const columns = Array.from({ length: horizon }, () => new Float64Array(PATHS));
  const each = Math.max(1, Math.floor(STEPS_A_LOOK / horizon));
  for (let path = 0; path < PATHS; path++) {
    tellEvery(watch, path, { stage: 'futures', of: 2 * PATHS, each });
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
  for (const [ahead, column] of columns.entries()) {
    tellEvery(watchPart(watch, 0.5, 1), ahead, { stage: 'futures', of: horizon, each: COLUMNS_A_LOOK });
    column.sort();
  }
  return columns;
};
