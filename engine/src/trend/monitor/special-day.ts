import type { Watch } from '../../fitting/index.ts';
import { tellEvery } from '../watch.ts';
import type { GroupContext } from './baseline.ts';
import { onGrid, sayOf } from './group-sums.ts';
import { type FullBucket, HOLIDAY_SUMS, rowOf, type TrendMonitor } from './monitor.ts';

/**
 * Learns a special day: by group, how many times the usual was counted, and how much more the series differ than usual.
 * Expectations of `bucket` hold the factor known before (`context.holiday`), which is taken out. O(series).
 */
export const learnSpecialDay = (
  monitor: TrendMonitor,
  { holiday, context, bucket }: FullBucket & { readonly context: GroupContext; readonly bucket: number },
  watch: Watch | undefined,
): void => {
  const { settings, group, recentCount, recentMean, groupHoliday } = monitor;
  const { series, groupCount, holidays } = settings;
  const row = rowOf(monitor, bucket);
  const today = new Float64Array(4 * groupCount);
  const add = (at: number, value: number): void => {
    today[at] = (today[at] as number) + onGrid(value);
  };
  for (const pass of [0, 1]) {
    for (let i = 0; i < series; i++) {
      tellEvery(watch, i + pass * series, { stage: 'special day', of: 2 * series });
      const count = recentCount[row + i] as number;
      const g = group[i] as number;
      const mean = (recentMean[row + i] as number) / (context.holiday[g] as number);
      if (Number.isNaN(count) || !(mean >= 0)) continue;
      if (pass === 0) {
        add(4 * g, sayOf(mean) * Math.min(count, 10 * mean + 10));
        add(4 * g + 1, sayOf(mean) * mean);
      } else {
        const expected = (mean * ((today[4 * g] as number) + 1)) / ((today[4 * g + 1] as number) + 1);
        const off = Math.min(Math.abs(count - expected), 5 * expected + 5);
        add(4 * g + 2, (off * off - expected) / (1 + expected) ** 2);
        add(4 * g + 3, (expected / (1 + expected)) ** 2);
      }
    }
  }
  for (let g = 0; g < groupCount; g++) {
    const at = HOLIDAY_SUMS * (g * holidays + holiday - 1);
    if (today[4 * g + 1] === 0) continue;
    for (let k = 0; k < 4; k++)
      groupHoliday[at + k] = (groupHoliday[at + k] as number) + (today[4 * g + k] as number);
    groupHoliday[at + 4] = (groupHoliday[at + 4] as number) + 1;
  }
};
