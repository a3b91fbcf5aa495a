import { makeWorld, type WorldOptions } from './world.ts';

const WEEKS = 8;

/**
 * What is often done instead: a day is a signal where its count lies `limit` robust deviations (median and MAD of the same weekday in
 * the eight weeks before, at least a Poisson's) from the median. False alarms per 1,000 series and month on a world without changes.
 */
export const ruleOfThumb = (world: WorldOptions, limit: number): number => {
  const { counts } = makeWorld(world);
  const { series, days } = world;
  const middle = (values: Float64Array): number => values.sort()[values.length >> 1] as number;
  let alarms = 0;
  for (let i = 0; i < series; i++) {
    for (let day = 7 * WEEKS; day < days; day++) {
      const count = counts[day * series + i] as number;
      const past = Float64Array.from(
        { length: WEEKS },
        (_, k) => counts[(day - 7 * (k + 1)) * series + i] as number,
      );
      const seen = past.filter((value) => !Number.isNaN(value));
      if (Number.isNaN(count) || seen.length < 4) continue;
      const usual = middle(seen);
      const spread = 1.4826 * middle(seen.map((value) => Math.abs(value - usual)));
      if (Math.abs(count - usual) > limit * Math.max(spread, Math.sqrt(usual), 1)) alarms += 1;
    }
  }
  return (1000 * alarms * 30) / (series * (days - 7 * WEEKS));
};
