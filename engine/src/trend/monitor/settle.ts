import { contextOf, emptyExpectation, expectInto } from './baseline.ts';
import { componentCount } from './components.ts';
import { changeOf } from './describe.ts';
import { STAGES } from './doubt.ts';
import type { TrendMonitor } from './monitor.ts';
import { robustRate, seenOf } from './warm-up.ts';

/** The level since a change began becomes the usual one, and the evidence begins anew. O(window²). */
export const settleSeries = (monitor: TrendMonitor, series: number): void => {
  const { settings, level, evidence, suspect } = monitor;
  const found = changeOf(monitor, series);
  const start = found?.track.bucket[found.change.start] ?? 0;
  const seen = seenOf(monitor, series, start);
  const out = emptyExpectation();
  const factors = Float64Array.from({ length: settings.slots }, (_, slot) => {
    const at = { slot, holiday: 0, exposure: 1 };
    expectInto(monitor, series, { ...at, context: contextOf(monitor, at), out });
    return out.factor;
  });
  const width = componentCount(settings);
  monitor.swings.fill(0, series * width, (series + 1) * width);
  evidence.fill(0, series * width, (series + 1) * width);
  suspect[series] = 0;
  monitor.peaks.fill(0, series * STAGES, (series + 1) * STAGES);
  monitor.swing.fill(0, 2 * series, 2 * series + 2);
  if (seen.length === 0) return;
  const weight = Math.min(settings.memory, seen.length);
  level[2 * series] = weight * robustRate(seen, (slot) => factors[slot] as number);
  level[2 * series + 1] = weight;
};
