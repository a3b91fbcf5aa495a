import { checkCount, checkLevel, engineError } from '../errors/index.ts';
import { normalUpperQuantile } from '../special/index.ts';
import type { Estimate } from './estimate.ts';

/**
 * A share with Wilson's score interval (1927; Newcombe 1998, method 3, no continuity correction): `successes` of `trials`
 * people, both whole; `confidence` in (0, 1), default 0.95. The ends are exactly 0 without a success and 1 without a failure. O(1).
 *
 * @throws EngineError `negative_count`, `count_above_total`, `empty_group` (0 trials), `probability_out_of_range`
 * @example wilsonInterval(1, 10) // { value: 0.1, low: 0.0179, high: 0.404 }
 */
export const wilsonInterval = (successes: number, trials: number, confidence = 0.95): Estimate => {
  checkCount('successes', successes);
  checkCount('trials', trials);
  checkLevel('confidence', confidence);
  if (trials === 0) throw engineError('empty_group', 'a share needs at least one person');
  if (successes > trials) {
    throw engineError('count_above_total', `${successes} successes of ${trials}`, { successes, trials });
  }
  const z = normalUpperQuantile((1 - confidence) / 2);
  const value = successes / trials;
  const squared = (z * z) / trials;
  const centre = (value + squared / 2) / (1 + squared);
  const half = (z / (1 + squared)) * Math.sqrt((value * (1 - value)) / trials + squared / (4 * trials));
  return {
    value,
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
};
