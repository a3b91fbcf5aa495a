import { checkCount, checkFinite, checkPositive, engineError } from '../../errors/index.ts';
import { logAddExp } from '../../special/index.ts';

export interface HarmDetectorOptions {
  /** Harm up to here is acceptable, >= 0, in the effect's unit: the null is “every period's effect is -margin or more”. */
  readonly margin?: number;
  /** The drops below -margin worth hearing of, > 0; a few sizes. They share the evidence equally. */
  readonly drops: readonly number[];
  /** On average at least this many periods pass between alarms while nothing is wrong. */
  readonly periodsBetweenFalseAlarms: number;
}

/** The versioned, serialisable state. */
export interface HarmDetectorState {
  readonly version: 1;
  readonly periods: number;
  /** Per drop: ln of the Shiryaev–Roberts sum and of the CUSUM maximum, and when the latter began. */
  readonly logSum: readonly number[];
  readonly logMaximum: readonly number[];
  readonly since: readonly number[];
}

export interface HarmReading {
  readonly kind: 'harm' | 'quiet';
  /** ln of the e-detector. */
  readonly logE: number;
  readonly threshold: number;
  /** First period (1, 2, …) of the window with most evidence of harm. */
  readonly since: number;
  readonly state: HarmDetectorState;
}

const NOTHING = -Infinity;

const emptyState = (drops: number): HarmDetectorState => ({
  version: 1,
  periods: 0,
  logSum: Array.from({ length: drops }, () => NOTHING),
  logMaximum: Array.from({ length: drops }, () => NOTHING),
  since: Array.from({ length: drops }, () => 1),
});

/**
 * An e-detector for effects that turn bad later: each period (a day, a week) brings its own effect and standard error, from people of
 * that period only; evidence of a drop is summed over all moments it may have begun at, so that a good start does not hide a bad
 * present. Alarm when it passes the wanted number of periods. The effects count as normal (some hundreds of people a period). O(drops)
 * a period. Source: Shin, Ramdas, Rinaldo 2022, arXiv 2203.03532, e-SR detector, Theorem 2.4 (average run length 1/α).
 *
 * @throws EngineError `out_of_range`, `empty_input`, `nan`, `not_finite`, `version_mismatch`, `length_mismatch`
 * @example
 * const detector = createHarmDetector({ drops: [0.01, 0.03], periodsBetweenFalseAlarms: 365 });
 * let reading = detector.add({ effect: 0.002, standardError: 0.01 });
 * reading = detector.add({ effect: -0.05, standardError: 0.01 }, reading.state); // kind: 'harm'
 */
export const createHarmDetector = (
  options: HarmDetectorOptions,
): {
  readonly add: (
    period: { readonly effect: number; readonly standardError: number },
    state?: HarmDetectorState,
  ) => HarmReading;
} => {
  const margin = options.margin ?? 0;
  if (!(margin >= 0)) throw engineError('out_of_range', `margin must be >= 0, got ${margin}`);
  if (options.drops.length === 0) throw engineError('empty_input', 'no drops to look for');
  for (const drop of options.drops) checkPositive('a drop', drop);
  const threshold = Math.log(checkPositive('periodsBetweenFalseAlarms', options.periodsBetweenFalseAlarms));
  const share = -Math.log(options.drops.length);
  return {
    add: ({ effect, standardError }, state = emptyState(options.drops.length)) => {
      if (state.version !== 1)
        throw engineError('version_mismatch', `harm detector: version ${String(state.version)}, need 1`);
      if (state.logSum.length !== options.drops.length)
        throw engineError('length_mismatch', 'harm detector: the state has another number of drops');
      checkFinite('effect', effect);
      const variance = checkPositive('standardError', standardError) ** 2;
      const periods = checkCount('periods', state.periods) + 1;
      // For every effect >= -margin the factor exp(d x - d²/2) of x = (-margin - effect)/se has mean 1 at most.
      const factors = options.drops.map((drop) => (drop * (-margin - effect - drop / 2)) / variance);
      const logSum = factors.map((factor, i) => factor + logAddExp(state.logSum[i] as number, 0));
      const restart = state.logMaximum.map((value) => value < 0);
      const logMaximum = factors.map((factor, i) => factor + Math.max(state.logMaximum[i] as number, 0));
      const since = state.since.map((at, i) => (restart[i] ? periods : at));
      let logE = NOTHING;
      for (const value of logSum) logE = logAddExp(logE, value + share);
      let best = 0;
      logMaximum.forEach((value, i) => {
        if (value > (logMaximum[best] as number)) best = i;
      });
      return {
        kind: logE >= threshold ? 'harm' : 'quiet',
        logE,
        threshold,
        since: since[best] as number,
        state: { version: 1, periods, logSum, logMaximum, since },
      };
    },
  };
};
