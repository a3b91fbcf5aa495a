import { logRatio } from '../counts/index.ts';

/** Counts and what was expected of them, oldest first. */
export interface Track {
  readonly bucket: readonly number[];
  readonly count: readonly number[];
  readonly mean: readonly number[];
  readonly size: number;
  readonly zeros: number;
  /** Counts that say as much as one independent one; 1 without swings. */
  readonly repeat: number;
}

/** A change that goes on until now. */
export interface Change {
  /** `step`: at once; `ramp`: growing from bucket to bucket, on the log scale. */
  readonly form: 'step' | 'ramp';
  /** Places in the track. */
  readonly start: number;
  readonly earliest: number;
  readonly latest: number;
  /** ln likelihood against no change; 0 where nothing speaks for a change. */
  readonly gain: number;
}

/** ln likelihood lost at the ends of a 95 % interval: half of 1.96². */
const HALF_CHI_SQUARE = 1.92;
const FACTOR_LIMIT = 100;

const factorBetween = (factor: number, direction: 'rise' | 'drop'): number =>
  direction === 'rise'
    ? Math.min(FACTOR_LIMIT, Math.max(1, factor))
    : Math.max(1 / FACTOR_LIMIT, Math.min(1, factor));

/** Growth per bucket with which the expected counts from `start` on sum to those found; by halving, to 1e-4. */
const slopeFrom = (track: Track, start: number, counts: number): number => {
  let low = -1;
  let high = 1;
  for (let step = 0; step < 14; step++) {
    const slope = (low + high) / 2;
    let sum = 0;
    for (let t = start; t < track.mean.length; t++)
      sum += (track.mean[t] as number) * Math.exp(slope * (t - start + 1));
    if (sum > counts) high = slope;
    else low = slope;
  }
  return (low + high) / 2;
};

const gainOf = (track: Track, start: number, factorAt: (steps: number) => number): number => {
  const law = { mean: 0, size: track.size, zeros: track.zeros };
  let gain = 0;
  for (let t = start; t < track.mean.length; t++) {
    law.mean = track.mean[t] as number;
    gain += logRatio(law, track.count[t] as number, factorAt(t - start + 1));
  }
  return gain;
};

/**
 * The likeliest change of one form that goes on until the last bucket, its start by maximum likelihood over all starts, with those
 * starts that lose at most 1.92 as its 95 % interval (Hinkley 1970, Biometrika 57). O(length²).
 */
export const likeliestChange = (track: Track, form: Change['form'], direction: 'rise' | 'drop'): Change => {
  const length = track.mean.length;
  const gains = new Float64Array(length);
  let counts = 0;
  let means = 0;
  let best = length - 1;
  for (let start = length - 1; start >= 0; start--) {
    counts += track.count[start] as number;
    means += track.mean[start] as number;
    if (form === 'step') {
      const factor = factorBetween(counts / means, direction);
      gains[start] = gainOf(track, start, () => factor);
    } else {
      const slope = slopeFrom(track, start, counts);
      gains[start] = gainOf(track, start, (steps) => factorBetween(Math.exp(slope * steps), direction));
    }
    if ((gains[start] as number) > (gains[best] as number)) best = start;
  }
  const near = (start: number): boolean =>
    (gains[start] as number) >= (gains[best] as number) - HALF_CHI_SQUARE * track.repeat;
  let [earliest, latest] = [best, best];
  for (let start = 0; start < length; start++) {
    if (!near(start)) continue;
    earliest = Math.min(earliest, start);
    latest = Math.max(latest, start);
  }
  return { form, start: best, earliest, latest, gain: gains[best] as number };
};
