import {
  type Calibrator,
  calibrate,
  fitIsotonic,
  fitPlatt,
  type NoCalibrator,
} from '../../calibration/index.ts';
import { checkCount, engineError } from '../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { type BoostedTrees, boostedScores, fitBoostedTrees, predictBoosted } from '../../trees/index.ts';
import type { BuyingDays } from '../orders/index.ts';
import { FEATURES, type Snapshot, takeSnapshot } from './snapshot.ts';

/** Boosted trees for the chance of a purchase and the number of purchases within a horizon; plain data. */
export interface BoostedLifetime {
  readonly kind: 'boosted';
  readonly horizonDays: number;
  readonly chance: BoostedTrees;
  readonly purchases: BoostedTrees;
  /** Fitted on the period after that of the trees. */
  readonly calibrator: Calibrator;
  /** Actual over predicted purchases of that period; predictions are multiplied by it. */
  readonly level: number;
  readonly diagnostics: { readonly trainedOn: number; readonly calibratedOn: number };
}

/** `too_little_history`: it takes two horizons and `leastPeople` before them; `one_outcome`: all or nobody bought in one of them. */
export interface NoBoostedLifetime {
  readonly kind: 'no_answer';
  readonly reason: 'too_little_history' | 'one_outcome';
}

export interface BoostedLifetimeSettings {
  /** The last day observed in full, as `dayOf` gives it. */
  readonly untilDay: number;
  readonly horizonDays: number;
  /** 200 unless said. */
  readonly leastPeople?: number;
}

const DAY_MS = 86_400_000;

/** Isotonic wants many rows, Platt's line few (Niculescu-Mizil and Caruana 2005 find the crossing near 1,000). */
const calibratorOf = (
  scores: Float64Array,
  outcomes: Float64Array,
  [fromDay, untilDay]: readonly [number, number],
): Calibrator | NoCalibrator => {
  const ones = outcomes.reduce((a, b) => a + b, 0);
  const fit = Math.min(ones, scores.length - ones) >= 300 ? fitIsotonic : fitPlatt;
  const fromMs = (fromDay + 1) * DAY_MS;
  const basis = {
    kind: 'later_period',
    modelUntilMs: fromMs,
    fromMs,
    untilMs: (untilDay + 1) * DAY_MS,
  } as const;
  return fit({ scores, outcomes, basis });
};

const anyOf = ({ purchases }: Snapshot): Float64Array => purchases.map((count) => (count > 0 ? 1 : 0));

/**
 * Gradient-boosted trees on what was known two horizons ago, calibrated on the last horizon: the trees learn from day D - 2h with the outcomes
 * until D - h, the calibrator (isotonic where there are 300 of each outcome, else Platt's) and the level of the counts from day D - h
 * with the outcomes until D. Nothing of a later day enters a feature. O(people × trees × depth).
 *
 * @throws EngineError `out_of_range`, `negative_count`, `cancelled`
 * @example
 * const made = fitBoostedLifetime(buyingDays(orders, {}), { untilDay: dayOf(untilMs, {}), horizonDays: 91 });
 * if (made.kind === 'boosted') forecastBoosted(made, snapshotAt(days, untilDay, 91)).chanceToBuy;
 */
export const fitBoostedLifetime = (
  days: BuyingDays,
  { untilDay, horizonDays, leastPeople = 200 }: BoostedLifetimeSettings,
  watch?: Watch,
): BoostedLifetime | NoBoostedLifetime => {
  if (checkCount('horizonDays', horizonDays) === 0)
    throw engineError('out_of_range', 'a horizon needs a day', { horizonDays });
  tell(watch, 'snapshots', 0);
  const earlier = takeSnapshot(days, { day: untilDay - 2 * horizonDays, horizonDays }, watch);
  const later = takeSnapshot(days, { day: untilDay - horizonDays, horizonDays }, watch);
  if (earlier.person.length < Math.max(1, leastPeople))
    return { kind: 'no_answer', reason: 'too_little_history' };
  const { features } = earlier;
  const settings = { depth: 4, trees: 100, learningRate: 0.08, leafRows: 30 };
  const chance = fitBoostedTrees(
    { features, outcomes: anyOf(earlier), loss: 'logistic', settings },
    watchPart(watch, 0.1, 0.5),
  );
  if (chance.kind === 'no_answer') return chance;
  const purchases = fitBoostedTrees(
    { features, outcomes: earlier.purchases, loss: 'squared', settings },
    watchPart(watch, 0.5, 0.9),
  );
  if (purchases.kind === 'no_answer') return purchases;
  tell(watch, 'calibrate', 0.9);
  const scores = boostedScores(chance, later.features);
  const calibrator = calibratorOf(scores, anyOf(later), [untilDay - horizonDays, untilDay]);
  if (calibrator.kind === 'no_answer') return calibrator;
  const predicted = predictBoosted(purchases, later.features).reduce((sum, p) => sum + Math.max(0, p), 0);
  const actual = later.purchases.reduce((a, b) => a + b, 0);
  return {
    kind: 'boosted',
    horizonDays,
    chance,
    purchases,
    calibrator,
    level: predicted > 0 ? actual / predicted : 1,
    diagnostics: { trainedOn: earlier.person.length, calibratedOn: later.person.length },
  };
};

/**
 * What the trees expect of the people of a snapshot within its horizon, which is that of the fit; no interval: trees have none that holds.
 *
 * @throws EngineError `length_mismatch` (features), `out_of_range` (another horizon)
 */
export const forecastBoosted = (
  { chance, purchases, calibrator, level, horizonDays }: BoostedLifetime,
  { features, ...snapshot }: Pick<Snapshot, 'features' | 'horizonDays'>,
): { readonly expected: Float64Array; readonly chanceToBuy: Float64Array } => {
  if (features.columns !== FEATURES.length)
    throw engineError('length_mismatch', `a snapshot has ${FEATURES.length} features`);
  if (snapshot.horizonDays !== horizonDays)
    throw engineError(
      'out_of_range',
      `the snapshot looks ${snapshot.horizonDays} days ahead, the fit ${horizonDays}`,
    );
  return {
    expected: predictBoosted(purchases, features).map((each) => level * Math.max(0, each)),
    chanceToBuy: calibrate(calibrator, boostedScores(chance, features)),
  };
};
