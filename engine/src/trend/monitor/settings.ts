import {
  checkCount,
  checkFinite,
  checkLength,
  checkLevel,
  checkPositive,
  engineError,
} from '../../errors/index.ts';

export interface MonitorOptions {
  /** Number of series, from 1. */
  readonly series: number;
  /** Length series: number of each series' group from 0 (category, region): its season, dispersion and special days are shared. */
  readonly groups?: ArrayLike<number>;
  /** Places of a season (default 7, days of the week; 168 for hours). */
  readonly slots?: number;
  /** Kinds of special days (default 0). */
  readonly holidays?: number;
  /**
   * Expected share of wrong ones on the list of a bucket (default 0.1); e-BH, whatever the dependence of the series among each other.
   * It holds where each series' counts follow the law given their past; see README.md for what happens where they do not.
   */
  readonly falseDiscoveryRate?: number;
  /** Changes smaller than this share are not news (default 0.05). */
  readonly tolerance?: number;
  /** `rise` leaves drops out (default `both`). */
  readonly directions?: 'both' | 'rise';
  /** Buckets in which a signal may begin at about equal prior chance (default 8 weeks): the promises of errors are per horizon. */
  readonly horizon?: number;
  /** Buckets after which an observation weighs 1/e in the level (default 8 weeks). Slower drifts than this are seen as drifts. */
  readonly memory?: number;
  /** Observed buckets before a series is judged (default 4 weeks of days, 2 of hours). */
  readonly warmUp?: number;
  /** Buckets of evidence after which a changed level becomes the usual one (default 3 weeks of days, 1 of hours). */
  readonly settle?: number;
}

export interface MonitorSettings extends Required<Omit<MonitorOptions, 'groups'>> {
  /** Latest buckets kept of each series, to say since when. */
  readonly window: number;
  readonly groupCount: number;
}

/** Longest season, warm-up and settling: more than a year of hours. */
const MOST_BUCKETS = 10_000;
const MOST_BYTES = 2 ** 33;

/** About what a monitor's columns hold. */
const bytesOf = ({ series, slots, window, groupCount, holidays }: MonitorSettings): number =>
  series * (8 * window + 16 * slots + 280) + groupCount * (16 * slots + 40 * holidays + 128);

const wholeAtLeast = (name: string, value: number, least: number): number => {
  if (checkCount(name, value) < least)
    throw engineError('out_of_range', `${name} must be at least ${least}, got ${value}`, { name, value });
  return value;
};

const bucketsAtLeast = (name: string, value: number, least: number): number => {
  if (wholeAtLeast(name, value, least) > MOST_BUCKETS)
    throw engineError('out_of_range', `${name} must be at most ${MOST_BUCKETS}, got ${value}`, {
      name,
      value,
    });
  return value;
};

/** Fills in what was not said, and checks all. Throws `negative_count`, `out_of_range`, `length_mismatch`, `probability_out_of_range`, `out_of_memory`. */
export const resolveSettings = (options: MonitorOptions): MonitorSettings => {
  const series = wholeAtLeast('series', options.series, 1);
  const slots = bucketsAtLeast('slots', options.slots ?? 7, 1);
  const weeks = slots > 28 ? slots : 7;
  const warmUp = bucketsAtLeast('warmUp', options.warmUp ?? (slots > 28 ? 2 * slots : 28), 2);
  const tolerance = checkFinite('tolerance', options.tolerance ?? 0.05);
  if (tolerance < 0) throw engineError('out_of_range', `tolerance must be >= 0, got ${tolerance}`);
  let groupCount = 1;
  if (options.groups) {
    checkLength('groups', options.groups.length, series);
    for (let i = 0; i < series; i++)
      groupCount = Math.max(groupCount, 1 + checkCount(`groups[${i}]`, options.groups[i] as number));
    if (groupCount > series)
      throw engineError(
        'out_of_range',
        `groups must be numbered from 0 without gaps, found ${groupCount - 1}`,
      );
  }
  const settle = bucketsAtLeast('settle', options.settle ?? (slots > 28 ? slots : 21), 2);
  const directions = options.directions ?? 'both';
  if (directions !== 'both' && directions !== 'rise')
    throw engineError('out_of_range', `directions must be “both” or “rise”, got ${String(directions)}`);
  const settings: MonitorSettings = {
    series,
    slots,
    holidays: bucketsAtLeast('holidays', options.holidays ?? 0, 0),
    falseDiscoveryRate: checkLevel('falseDiscoveryRate', options.falseDiscoveryRate ?? 0.1),
    tolerance,
    directions,
    horizon: wholeAtLeast('horizon', options.horizon ?? 8 * weeks, 2),
    memory: checkPositive('memory', options.memory ?? 8 * weeks),
    warmUp,
    settle,
    window: Math.max(warmUp, 2 * settle, slots > 28 ? 2 * slots : 56),
    groupCount,
  };
  if (bytesOf(settings) > MOST_BYTES)
    throw engineError('out_of_memory', `a monitor of ${series} series needs ${bytesOf(settings)} bytes`, {
      bytes: bytesOf(settings),
      limit: MOST_BYTES,
    });
  return settings;
};
