import { checkCount, engineError } from '../../errors/index.ts';
import { countLowerTail, countUpperTail } from '../counts/index.ts';
import { contextOf, emptyExpectation, expectInto } from './baseline.ts';
import { type Change, likeliestChange, type Track } from './change.ts';
import { componentsOf } from './components.ts';
import { doubtsOf, STAGES, worthOf } from './doubt.ts';
import { bucketAt, rowOf, type TrendMonitor } from './monitor.ts';

export interface TrendSignal {
  readonly series: number;
  readonly direction: 'rise' | 'drop';
  /** `spike`: two buckets at most so far · `shift`: a new level · `drift`: growing (or shrinking) from bucket to bucket. */
  readonly shape: 'spike' | 'shift' | 'drift';
  /** Bucket in which this was said. */
  readonly bucket: number;
  /** First bucket of the change: likeliest, and 95 % interval of its likelihood. Not before the kept window. */
  readonly since: { readonly estimate: number; readonly earliest: number; readonly latest: number };
  /** Counts since then (each kept to 7 digits), and what the baseline expected. */
  readonly observed: number;
  readonly expected: number;
  /**
   * observed/expected with an interval of 95 % for a fixed start. The start was chosen where the change looks largest, and only large
   * changes are signals: the truth tends to lie nearer to 1.
   */
  readonly ratio: { readonly estimate: number; readonly low: number; readonly high: number };
  /** ln of the e-value against “as expected until now”; -Infinity just after a level settled. */
  readonly logE: number;
  /**
   * ln of what that evidence is worth on the list: the same where the group's counts follow the law, less where as much evidence came
   * back by itself before (promotions, orders in bulk). Much less means: this series' law is not the monitor's.
   */
  readonly logWorth: number;
  /** Swings that came back by themselves: share left after one bucket (0: none found) and standard deviation relative to the mean. */
  readonly swings: { readonly keep: number; readonly deviation: number };
  /** Chance of the latest count, or one further out, had nothing changed. */
  readonly chance: number;
}

const SHORT = 2;
/** A drift needs some buckets and a clearly better likelihood than a step with as many parameters. */
const DRIFT_BUCKETS = 5;
const DRIFT_GAIN = 0.5;

/** False on a kind of special day that was seen too rarely to know its factor. */
const isKnown = (monitor: TrendMonitor, bucket: number, series: number): boolean => {
  const at = bucketAt(monitor, bucket);
  return at.holiday === 0 || contextOf(monitor, at).known[monitor.group[series] as number] === 1;
};

const sumFrom = (values: readonly number[], start: number): number => {
  let sum = 0;
  for (let t = start; t < values.length; t++) sum += values[t] as number;
  return sum;
};

/** A track with the law of its latest bucket. */
interface LawfulTrack extends Track {
  readonly error: number;
  readonly keep: number;
  readonly variance: number;
}

/** The judged buckets of a series that are kept, with its present law. */
const trackOf = (monitor: TrendMonitor, series: number): LawfulTrack => {
  const { settings, clock, recentCount, recentMean } = monitor;
  const now = (clock[0] as number) - 1;
  const out = emptyExpectation();
  const at = bucketAt(monitor, now);
  expectInto(monitor, series, { ...at, context: contextOf(monitor, at), out });
  const track = { bucket: [] as number[], count: [] as number[], mean: [] as number[] };
  for (let bucket = Math.max(0, now - settings.window + 1); bucket <= now; bucket++) {
    const place = rowOf(monitor, bucket) + series;
    const mean = recentMean[place] as number;
    if (!(mean > 0) || !isKnown(monitor, bucket, series)) continue;
    track.bucket.push(bucket);
    track.count.push(recentCount[place] as number);
    track.mean.push(mean);
  }
  const { size, zeros, error, keep, variance } = out;
  // Counts of one swing say the same thing more than once.
  const mean = sumFrom(track.mean, 0) / Math.max(1, track.mean.length);
  const repeat = 1 + (2 * keep * variance) / ((1 - keep) * (1 / mean + 1 / size));
  return { ...track, size, zeros, error, keep, variance, repeat: track.mean.length > 0 ? repeat : 1 };
};

/** Mean evidence of the components on the side that has more of it. */
const sideOf = ({ settings, evidence }: TrendMonitor, series: number) => {
  const factors = componentsOf(settings);
  let [rise, drop] = [0, 0];
  factors.forEach((factor, k) => {
    const found = evidence[series * factors.length + k] as number;
    if (factor > 1) rise += found;
    else drop += found;
  });
  return {
    direction: rise >= drop ? ('rise' as const) : ('drop' as const),
    logE: Math.log((rise + drop) / factors.length),
  };
};

/** Which way a series went, and its likeliest change; undefined where nothing was judged yet. */
export const changeOf = (monitor: TrendMonitor, series: number) => {
  const track = trackOf(monitor, series);
  if (track.count.length === 0) return undefined;
  const side = sideOf(monitor, series);
  const step = likeliestChange(track, 'step', side.direction);
  const ramp = likeliestChange(track, 'ramp', side.direction);
  const long = track.count.length - ramp.start >= DRIFT_BUCKETS;
  const change: Change = long && ramp.gain > step.gain + DRIFT_GAIN ? ramp : step;
  return { track, change, ...side };
};

/** Normal on the log scale: the count's own variance at the ratio found, and the error of the level. */
const intervalOf = (track: LawfulTrack, start: number): TrendSignal['ratio'] => {
  const observed = sumFrom(track.count, start);
  const expected = sumFrom(track.mean, start);
  // Without a count, the rate at which none has a chance of 2.5 %.
  if (observed === 0) return { estimate: 0, low: 0, high: Math.min(1, -Math.log(0.025) / expected) };
  const estimate = observed / expected;
  let variance = 0;
  for (let t = start; t < track.mean.length; t++) {
    const mean = estimate * (track.mean[t] as number);
    variance += mean + (mean * mean) / track.size;
  }
  // Independent parts add up; of swings, those within one spell go together.
  const spells = (track.variance * 2 * track.keep) / (1 - track.keep);
  for (let t = start; t < track.mean.length; t++)
    variance += spells * (estimate * (track.mean[t] as number)) ** 2;
  const width = 1.96 * Math.sqrt(variance / observed ** 2 + track.error ** 2);
  return { estimate, low: estimate * Math.exp(-width), high: estimate * Math.exp(width) };
};

/**
 * What a series' evidence says, whether it is on the list or not; undefined before it was judged. O(window²), about a millisecond.
 *
 * @throws EngineError `out_of_range`, `negative_count`, `nan`
 * @example describeSeries(monitor, 17)?.since.estimate
 */
export const describeSeries = (monitor: TrendMonitor, series: number): TrendSignal | undefined => {
  const { series: all } = monitor.settings;
  if (checkCount('series', series) >= all)
    throw engineError('out_of_range', `series must be below ${all}, got ${series}`, { series });
  const found = changeOf(monitor, series);
  if (!found) return undefined;
  const { track, change, direction, logE } = found;
  const last = track.count.length - 1;
  const law = { mean: track.mean[last] as number, size: track.size, zeros: track.zeros };
  const count = track.count[last] as number;
  const long = last - change.start + 1 > SHORT;
  return {
    series,
    direction,
    shape: change.form === 'ramp' ? 'drift' : long ? 'shift' : 'spike',
    bucket: (monitor.clock[0] as number) - 1,
    since: {
      estimate: track.bucket[change.start] as number,
      earliest: track.bucket[change.earliest] as number,
      latest: track.bucket[change.latest] as number,
    },
    observed: sumFrom(track.count, change.start),
    expected: sumFrom(track.mean, change.start),
    ratio: intervalOf(track, change.start),
    logE,
    logWorth: Math.log(
      worthOf(doubtsOf(monitor.groupDoubt), monitor.group[series] as number, {
        peaks: monitor.peaks,
        from: STAGES * series,
        evidence: Math.exp(logE),
      }),
    ),
    swings: { keep: track.keep, deviation: Math.sqrt(track.keep > 0 ? track.variance : 0) },
    chance: direction === 'rise' ? countUpperTail(law, count) : countLowerTail(law, count),
  };
};
