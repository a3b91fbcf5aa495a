import type { Watch } from '../../fitting/index.ts';
import { tellEvery } from '../watch.ts';
import type { TrendMonitor } from './monitor.ts';

/** A series with this many expected counts has half its possible say in its group, so that no giant speaks for all. */
const HALF_SAY = 50;
/** Addends stand on this grid, so that their sums are exact and do not depend on the order of the series. */
const GRID = 2 ** -20;

export const onGrid = (value: number): number => Math.round(value / GRID) * GRID;

/** Weight of a series with so many expected counts in its group's factors. */
export const sayOf = (expected: number): number => HALF_SAY / (HALF_SAY + expected);

/** Adds the pair of sums of `from` at 2 `series` to that of `to` at 2 `group`. */
const addPair = (to: Float64Array, from: Float64Array, [group, series]: readonly [number, number]): void => {
  to[2 * group] = (to[2 * group] as number) + onGrid(from[2 * series] as number);
  to[2 * group + 1] = (to[2 * group + 1] as number) + onGrid(from[2 * series + 1] as number);
};

/** Sums the judged series' season of `slot`, dispersion and zeros by group. O(series). */
export const sumGroups = (monitor: TrendMonitor, slot: number, watch: Watch | undefined): void => {
  const {
    settings,
    group,
    seen,
    season,
    spread,
    zeros,
    groupSeason,
    groupSpread,
    groupZeros,
    echo,
    groupEcho,
  } = monitor;
  const { series, slots, warmUp, groupCount } = settings;
  for (let g = 0; g < groupCount; g++) {
    groupSeason.fill(0, 2 * (g * slots + slot), 2 * (g * slots + slot) + 2);
  }
  groupSpread.fill(0);
  groupZeros.fill(0);
  groupEcho.fill(0);
  for (let i = 0; i < series; i++) {
    tellEvery(watch, i, { stage: 'groups', of: series });
    if ((seen[i] as number) < warmUp) continue;
    const g = group[i] as number;
    const pair = [g, i] as const;
    addPair(groupSpread, spread, pair);
    addPair(groupZeros, zeros, pair);
    addPair(groupEcho, echo, [2 * g, 2 * i]);
    addPair(groupEcho, echo, [2 * g + 1, 2 * i + 1]);
    const cell = 2 * (i * slots + slot);
    const to = 2 * (g * slots + slot);
    const expected = season[cell + 1] as number;
    const say = sayOf(expected);
    groupSeason[to] = (groupSeason[to] as number) + onGrid(say * (season[cell] as number));
    groupSeason[to + 1] = (groupSeason[to + 1] as number) + onGrid(say * expected);
  }
};
