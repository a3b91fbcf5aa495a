import { engineError } from '../../errors/index.ts';
import { readModelFile, takeArray, writeModelFile } from '../../model-file/index.ts';
import { componentCount } from './components.ts';
import { DOUBT_SUMS, STAGES } from './doubt.ts';
import { ECHO_SUMS } from './echo.ts';
import { HOLIDAY_SUMS, type TrendMonitor } from './monitor.ts';
import type { MonitorSettings } from './settings.ts';

const KIND = 'trend-monitor';
const VERSION = 2;

/** Everything the monitor knows; loaded again, it goes on to the bit. O(bytes). @example saveMonitor(monitor) */
export const saveMonitor = ({ kind, settings, ...arrays }: TrendMonitor): Uint8Array =>
  writeModelFile({ kind, version: VERSION, about: { ...settings }, arrays: arrays });

const lengthsOf = (settings: MonitorSettings) => {
  const { series, slots, window, groupCount, holidays } = settings;
  return {
    clock: 1,
    group: series,
    seen: series,
    level: 2 * series,
    season: 2 * series * slots,
    spread: 2 * series,
    zeros: 2 * series,
    echo: ECHO_SUMS * series,
    swing: 2 * series,
    evidence: series * componentCount(settings),
    swings: series * componentCount(settings),
    suspect: series,
    peaks: STAGES * series,
    groupDoubt: DOUBT_SUMS * groupCount,
    opened: series,
    recentCount: series * window,
    recentMean: series * window,
    recentBucket: 3 * window,
    groupSeason: 2 * groupCount * slots,
    groupSpread: 2 * groupCount,
    groupZeros: 2 * groupCount,
    groupEcho: ECHO_SUMS * groupCount,
    groupHoliday: HOLIDAY_SUMS * groupCount * holidays,
  };
};

/**
 * Reads what `saveMonitor` wrote; the arrays are copied, since a monitor is moved on in place. O(bytes).
 *
 * @throws EngineError `version_mismatch`, `damaged`
 * @example observeBucket(loadMonitor(bytes), bucket, counts)
 */
export const loadMonitor = (bytes: Uint8Array): TrendMonitor => {
  const { about, arrays } = readModelFile(bytes, { kind: KIND, versions: [VERSION] });
  const settings = about as unknown as MonitorSettings;
  const f64 = (name: string): Float64Array => takeArray(arrays, name, Float64Array).slice();
  const f32 = (name: string): Float32Array => takeArray(arrays, name, Float32Array).slice();
  const u32 = (name: string): Uint32Array => takeArray(arrays, name, Uint32Array).slice();
  const i32 = (name: string): Int32Array => takeArray(arrays, name, Int32Array).slice();
  const monitor: TrendMonitor = {
    kind: KIND,
    settings,
    clock: i32('clock'),
    group: u32('group'),
    seen: u32('seen'),
    level: f64('level'),
    season: f64('season'),
    spread: f64('spread'),
    zeros: f64('zeros'),
    echo: f64('echo'),
    swing: f64('swing'),
    evidence: f64('evidence'),
    swings: f64('swings'),
    suspect: u32('suspect'),
    peaks: f64('peaks'),
    groupDoubt: f64('groupDoubt'),
    opened: i32('opened'),
    recentCount: f32('recentCount'),
    recentMean: f32('recentMean'),
    recentBucket: f64('recentBucket'),
    groupSeason: f64('groupSeason'),
    groupSpread: f64('groupSpread'),
    groupZeros: f64('groupZeros'),
    groupEcho: f64('groupEcho'),
    groupHoliday: f64('groupHoliday'),
  };
  for (const [name, length] of Object.entries(lengthsOf(settings)))
    if (monitor[name as keyof ReturnType<typeof lengthsOf>].length !== length)
      throw engineError('damaged', 'the monitor does not fit its settings', { name, length });
  return monitor;
};
