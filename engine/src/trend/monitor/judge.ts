import type { Watch } from '../../fitting/index.ts';
import { tellEvery } from '../watch.ts';
import { emptyExpectation, expectInto, type GroupContext } from './baseline.ts';
import { componentsOf } from './components.ts';
import { countReturn, doubtsOf, forgetReturns, heighten, STAGES, stageOf, worthOf } from './doubt.ts';
import { foresee, swingOn } from './echo.ts';
import { bettingOf, weigh } from './evidence.ts';
import { type Discounts, discountsOf, learn, learnNeighbours, learnZeros, noneOf } from './learn.ts';
import { type FullBucket, rowOf, type TrendMonitor } from './monitor.ts';

/** From this evidence on a series learns nothing more: what is being looked at shall not become usual. */
const SUSPECT = 2;
/** Evidence that has fallen to this share of its peak speaks for the way back: the change is over. */
const FALL = 1e-3;

/** What one bucket made of all series. */
export interface Judged {
  /** Series whose evidence could be on a list, and ln of what it is worth. */
  readonly candidates: number[];
  readonly logE: number[];
  /** Series whose warm-up just ended, whose change is over, and whose change has become the usual level. */
  readonly started: number[];
  readonly over: number[];
  readonly settled: number[];
  readonly judged: number;
  readonly discounts: Discounts;
}

export interface JudgeInput extends FullBucket {
  readonly counts: ArrayLike<number>;
  readonly context: GroupContext;
}

/** Judges all series by one bucket, and lets them learn it. O(series × components). */
export const judgeSeries = (monitor: TrendMonitor, at: JudgeInput, watch: Watch | undefined): Judged => {
  const { settings, group, seen, suspect, opened, peaks, groupDoubt, recentCount, recentMean } = monitor;
  const { series, slots, warmUp, horizon, tolerance, memory, settle, window, falseDiscoveryRate } = settings;
  const now = (monitor.clock[0] as number) - 1;
  const { counts, context, holiday, exposure, slot } = at;
  const row = rowOf(monitor, now);
  const rowBefore = now === 0 ? row : rowOf(monitor, now - 1);
  const factors = componentsOf(settings);
  const width = factors.length;
  const betting = bettingOf(factors, horizon, tolerance);
  const discounts = discountsOf(memory);
  const doubts = doubtsOf(groupDoubt);
  const judgedBy = new Float64Array(settings.groupCount);
  const law = emptyExpectation();
  const expecting = { ...at, out: law };
  // Objects for all series: an allocation for each point would cost as much as the arithmetic.
  const step = { count: 0, none: 0, slot, exposure, law, discounts, betting, fresh: false };
  const neighbours = { bucket: now, size: 1, keep: discounts.spread, late: false };
  const returned: number[] = [];
  const made = { candidates: [] as number[], logE: [] as number[], started: [] as number[] };
  const ended = { over: [] as number[], settled: [] as number[] };
  let judged = 0;
  for (let i = 0; i < series; i++) {
    tellEvery(watch, i, { stage: 'counts', of: series });
    const count = counts[i] as number;
    const own = group[i] as number;
    const live = (seen[i] as number) >= warmUp;
    if (live) {
      judged++;
      judgedBy[own] = (judgedBy[own] as number) + 1;
    }
    recentMean[row + i] = Number.NaN;
    recentCount[row + i] = exposure > 0 ? count : Number.NaN;
    if (Number.isNaN(count) || exposure === 0) continue;
    if (!live) {
      if (holiday > 0) continue;
      seen[i] = (seen[i] as number) + 1;
      if (seen[i] === warmUp) made.started.push(i);
      continue;
    }
    expectInto(monitor, i, expecting);
    recentMean[row + i] = law.mean;
    step.count = count;
    step.fresh = now === 0 || Number.isNaN(recentCount[rowBefore + i]);
    neighbours.size = law.size;
    foresee(monitor, i, step);
    if (context.known[own] === 1) {
      const found = weigh(monitor, i * width, step);
      const stood = suspect[i] as number;
      const back = found < SUSPECT || found < FALL * (peaks[STAGES * i + STAGES - 1] as number);
      suspect[i] = back ? 0 : stood + 1;
      if (back) {
        if ((opened[i] as number) >= 0 && (found < 1 || found >= SUSPECT)) ended.over.push(i);
        if (found >= SUSPECT) monitor.evidence.fill(0, i * width, (i + 1) * width);
        if (stood > 0) returned.push(i);
        // It was no change of level after all: its errors belong to how the series usually is.
        neighbours.late = true;
        for (let ago = Math.min(stood, window - 3); ago > 0; ago--) {
          neighbours.bucket = now - ago;
          learnNeighbours(monitor, i, neighbours);
        }
      } else {
        heighten(peaks, STAGES * i, { stage: stageOf(stood, slots), evidence: found });
        if (found * falseDiscoveryRate >= 1) {
          const worth = worthOf(doubts, own, { peaks, from: STAGES * i, evidence: found });
          if (worth * falseDiscoveryRate >= 1) {
            made.candidates.push(i);
            made.logE.push(Math.log(worth));
          }
        }
      }
      const told = opened[i] as number;
      if ((suspect[i] as number) >= window || (told >= 0 && now - told >= settle)) ended.settled.push(i);
    }
    if (holiday > 0) continue;
    step.none = noneOf(law);
    learnZeros(monitor, i, step);
    swingOn(monitor, i, step);
    if (suspect[i] !== 0) continue;
    learn(monitor, i, step);
    neighbours.late = false;
    neighbours.bucket = now;
    learnNeighbours(monitor, i, neighbours);
  }
  forgetReturns(groupDoubt, judgedBy, horizon);
  for (const i of returned) {
    countReturn(groupDoubt, group[i] as number, { peaks, from: STAGES * i });
    peaks.fill(0, STAGES * i, STAGES * (i + 1));
  }
  return { ...made, ...ended, judged, discounts };
};
