import { tell, type Watch } from '../../fitting/index.ts';
import { createRandom } from '../../random/index.ts';
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
  readonly dynamicsAt: (origin: number) => Dynamics;
}

export interface BacktestOutcome extends Backtest {
  /** For each bucket forecast: |value - median| over the half width of the 95 % interval on that side. */
  readonly reach: Float64Array;
}

/** Rolling origins, both methods on the same buckets; missing ones are left out. O(origins × horizon × paths). */
export const backtest = (input: BacktestInput, watch?: Watch): BacktestOutcome => {
  const { values, period, horizon, origins, seed, dynamicsAt } = input;
  const training = seasonalNaiveOf(values.subarray(0, origins[0]), period).differences;
  const scale = training.reduce((sum, difference) => sum + Math.abs(difference), 0) / training.length;
  const sums = { mase: 0, pinball: 0, naiveMase: 0, naivePinball: 0, in80: 0, in95: 0 };
  const reach: number[] = [];
  for (const [k, origin] of origins.entries()) {
    tell(watch, 'backtest', k / origins.length);
    const random = createRandom(seed, `origin/${origin}`);
    const paths = simulatePaths(dynamicsAt(origin), { horizon, length: origin, random });
    const naive = seasonalNaiveOf(values.subarray(0, origin), period);
    for (let ahead = 0; ahead < horizon && origin + ahead < values.length; ahead++) {
      const value = values[origin + ahead] as number;
      const other = LEVELS.map((level) => naiveQuantile(naive, ahead, level));
      if (Number.isNaN(value) || Number.isNaN(other[2])) continue;
      const own = LEVELS.map((level) => quantileOf(paths[ahead] as Float64Array, level)) as [
        number,
        number,
        number,
        number,
        number,
      ];
      sums.mase += Math.abs(value - own[2]);
      sums.naiveMase += Math.abs(value - (other[2] as number));
      LEVELS.forEach((level, k) => {
        sums.pinball += pinball(level, value - (own[k] as number)) / LEVELS.length;
        sums.naivePinball += pinball(level, value - (other[k] as number)) / LEVELS.length;
      });
      if (value >= Math.floor(own[1]) && value <= Math.ceil(own[3])) sums.in80 += 1;
      if (value >= Math.floor(own[0]) && value <= Math.ceil(own[4])) sums.in95 += 1;
      const half = value >= own[2] ? own[4] - own[2] : own[2] - own[0];
      const off = Math.abs(value - own[2]);
      reach.push(off === 0 ? 0 : off / Math.max(half, 0.5));
    }
  }
  const n = Math.max(1, reach.length);
  // A training without any difference between seasons has no scale of its own; the losses then stand in counts.
  const unit = n * (scale > 0 ? scale : 1);
  return {
    origins: origins.length,
    horizon,
    model: { mase: sums.mase / unit, pinball: sums.pinball / unit },
    naive: { mase: sums.naiveMase / unit, pinball: sums.naivePinball / unit },
    coverage80: sums.in80 / n,
    coverage95: sums.in95 / n,
    reach: Float64Array.from(reach).sort(),
  };
};
