import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { createRandom } from '../../random/index.ts';
import {
  AS_SIMULATED,
  coverageOf,
  crossCoverageOf,
  type Residual,
  residualOf,
  type Stretch,
  stretchOf,
} from './interval.ts';
import type { Backtest, Dynamics } from './model.ts';
import { naiveQuantile, seasonalNaiveOf } from './naive.ts';
import { quantileOf } from './quantile.ts';
import { simulatePaths } from './simulate.ts';

const LEVELS = [0.025, 0.1, 0.5, 0.9, 0.975];

const pinball = (level: number, off: number): number => (off >= 0 ? level * off : (level - 1) * off);

export interface BacktestInput {
  readonly values: Float64Array;
  readonly period: number;
  readonly horizon: number;
  readonly origins: readonly number[];
  readonly seed: number | string;
  /** What is known at an origin: parameters from before the first origin, states from all before this one. */
  readonly dynamicsAt: (origin: number, watch: Watch | undefined) => Dynamics;
}

export interface BacktestOutcome extends Backtest {
  readonly stretch: Stretch;
}

/** Rolling origins, both methods on the same buckets; missing ones are left out. O(origins × horizon × paths). */
export const backtest = (input: BacktestInput, watch?: Watch): BacktestOutcome => {
  const { values, period, horizon, origins, seed, dynamicsAt } = input;
  const training = seasonalNaiveOf(values.subarray(0, origins[0]), period).differences;
  const scale = training.reduce((sum, difference) => sum + Math.abs(difference), 0) / training.length;
  const sums = { mase: 0, pinball: 0, naiveMase: 0, naivePinball: 0 };
  const residuals: Residual[] = [];
  for (const [k, origin] of origins.entries()) {
    const own = watchPart(watch, k / origins.length, (k + 1) / origins.length);
    tell(own, 'backtest', 0);
    const random = createRandom(seed, `origin/${origin}`);
    const paths = simulatePaths(
      dynamicsAt(origin, watchPart(own, 0, 0.4)),
      { horizon, length: origin, random },
      watchPart(own, 0.4, 1),
    );
    const naive = seasonalNaiveOf(values.subarray(0, origin), period);
    for (let ahead = 0; ahead < horizon && origin + ahead < values.length; ahead++) {
      const value = values[origin + ahead] as number;
      const other = LEVELS.map((level) => naiveQuantile(naive, ahead, level));
      if (Number.isNaN(value) || Number.isNaN(other[2])) continue;
      const sorted = paths[ahead] as Float64Array;
      sums.mase += Math.abs(value - quantileOf(sorted, 0.5));
      sums.naiveMase += Math.abs(value - (other[2] as number));
      LEVELS.forEach((level, which) => {
        sums.pinball += pinball(level, value - quantileOf(sorted, level)) / LEVELS.length;
        sums.naivePinball += pinball(level, value - (other[which] as number)) / LEVELS.length;
      });
      residuals.push(residualOf(origin, value, sorted));
    }
  }
  const n = Math.max(1, residuals.length);
  // A training without any difference between seasons has no scale of its own; the losses then stand in counts.
  const unit = n * (scale > 0 ? scale : 1);
  return {
    origins: origins.length,
    horizon,
    model: { mase: sums.mase / unit, pinball: sums.pinball / unit },
    naive: { mase: sums.naiveMase / unit, pinball: sums.naivePinball / unit },
    ...crossCoverageOf(residuals),
    simulated: coverageOf(residuals, () => AS_SIMULATED),
    stretch: stretchOf(residuals),
  };
};
