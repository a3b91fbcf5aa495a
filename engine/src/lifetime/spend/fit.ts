import { checkAllFinite, checkCount, checkLength, engineError } from '../../errors/index.ts';
import type { Estimate } from '../../fairness/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { collectJoint, correlation } from '../../moments/index.ts';
import { sortRows } from '../../sorting/index.ts';
import { descend, withPrior } from '../fit/descend.ts';
import { type LikelihoodRegion, rangeOver, regionAround } from '../fit/region.ts';
import { PRIOR_SPREAD } from '../fit/starts.ts';
import { steadyWatch } from '../fit/steady.ts';
import type { Figure } from '../fit/tilt.ts';
import type { Pulse } from '../orders/pulse.ts';
import {
  expectedSpend,
  type SpendParameters,
  type SpendRows,
  spendFromLogs,
  spendObjective,
} from './gamma-gamma.ts';

/** A fitted Gamma-Gamma model; plain data. */
export interface SpendModel {
  readonly kind: 'spend';
  readonly parameters: SpendParameters;
  readonly estimate: 'map' | 'ml';
  readonly logLikelihood: number;
  /** People with repeat purchases that were paid for. */
  readonly payers: number;
  /** Expected amount of somebody of whom nothing is known; `mean_not_finite` where q <= 1: the few who pay most decide. */
  readonly populationMean: Estimate | { readonly kind: 'no_answer'; readonly reason: 'mean_not_finite' };
  /** Of repeats and mean amount among payers: the model takes them as independent. */
  readonly correlation: number;
  /** |correlation| > 0.3: values by this model are too low or too high for those who buy often. */
  readonly dependent: boolean;
  readonly region: LikelihoodRegion;
}

/** `no_amounts`: nothing was paid by anybody twice; `no_spread`: everybody pays the same, so that no model is needed. */
export interface NoSpendModel {
  readonly kind: 'no_answer';
  readonly reason: 'no_amounts' | 'too_few_payers' | 'no_spread' | 'not_settled';
  readonly payers: number;
}

export interface SpendFitSettings {
  readonly estimate?: 'map' | 'ml';
  /** 20 unless said. */
  readonly leastPayers?: number;
}

const payersOf = (rows: SpendRows, pulse: Pulse): SpendRows => {
  const order = sortRows([rows.repeats, rows.meanSpend], pulse);
  const [repeats, meanSpend] = [new Float64Array(order.length), new Float64Array(order.length)];
  let payers = 0;
  for (let k = 0; k < order.length; k++) {
    if ((k & 0xffff) === 0xffff) pulse();
    const x = rows.repeats[order[k] as number] as number;
    const mean = rows.meanSpend[order[k] as number] as number;
    if (!(x > 0 && mean > 0)) continue;
    repeats[payers] = x;
    meanSpend[payers] = mean;
    payers++;
  }
  return { repeats: repeats.slice(0, payers), meanSpend: meanSpend.slice(0, payers) };
};

/** How strongly somebody who buys often also pays more. */
const correlationOf = ({ repeats, meanSpend }: SpendRows, pulse: Pulse): number => {
  // Nothing to correlate where everybody came back as often.
  if (repeats[0] === repeats[repeats.length - 1]) return 0;
  const joint = collectJoint(2);
  const row = new Float64Array(2);
  for (let i = 0; i < repeats.length; i++) {
    if ((i & 0xffff) === 0xffff) pulse();
    row[0] = repeats[i] as number;
    row[1] = meanSpend[i] as number;
    joint.add(row);
  }
  return correlation(joint.result(), 0, 1);
};

/** The logarithm of the population's mean; far away where it is infinite. */
const meanFigure: Figure = (logs) =>
  Math.log(expectedSpend(spendFromLogs(logs), { repeats: 0, meanSpend: 0 }) ?? 1e300);

const checkCounts = (repeats: Float64Array): void => {
  const at = repeats.findIndex((x) => !(x >= 0 && Number.isInteger(x)));
  if (at >= 0)
    throw engineError('negative_count', `repeats[${at}] must be a whole number >= 0, got ${repeats[at]}`, {
      index: at,
    });
};

/**
 * Fits Gamma-Gamma to people with paid repeat purchases (others are left out and counted nowhere): BFGS with analytic gradients on the
 * logarithms of p, q, v from three starts, weak log-normal priors (sd 3 around 1, 1 and the mean amount) unless `ml`. O(payers) an
 * evaluation, some 100 of them.
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`, `negative_count`, `out_of_range` (amounts below 0), `cancelled`
 * @example
 * const spend = fitSpend(summarise(orders, { untilMs }));
 * if (spend.kind === 'spend') spend.populationMean;
 */
export const fitSpend = (
  rows: SpendRows,
  settings: SpendFitSettings = {},
  told?: Watch,
): SpendModel | NoSpendModel => {
  const { estimate = 'map', leastPayers = 20 } = settings;
  checkCount('leastPayers', leastPayers);
  checkLength('meanSpend', rows.meanSpend.length, rows.repeats.length);
  checkAllFinite('repeats', rows.repeats);
  checkAllFinite('meanSpend', rows.meanSpend);
  if (rows.repeats.length === 0) throw engineError('empty_input', 'a spend model needs people');
  if (rows.meanSpend.some((m) => m < 0)) throw engineError('out_of_range', 'a mean amount is below 0');
  checkCounts(rows.repeats);
  const { watch, pulse } = steadyWatch(told);
  tell(watch, 'payers', 0);
  const payers = payersOf(rows, pulse);
  const n = payers.repeats.length;
  const without = (reason: NoSpendModel['reason']): NoSpendModel => ({
    kind: 'no_answer',
    reason,
    payers: n,
  });
  if (n === 0) return without('no_amounts');
  if (n < leastPayers) return without('too_few_payers');
  const least = payers.meanSpend.reduce((a, b) => Math.min(a, b));
  const most = payers.meanSpend.reduce((a, b) => Math.max(a, b));
  if (!(most > least * (1 + 1e-9))) return without('no_spread');

  // In units of the mean amount, so that a currency changes nothing.
  const unit = most * (payers.meanSpend.reduce((sum, m) => sum + m / most, 0) / n);
  const scaled = { repeats: payers.repeats, meanSpend: payers.meanSpend.map((m) => m / unit) };
  const plain = spendObjective(scaled, pulse);
  const centre = new Float64Array(3);
  const objective = withPrior(plain, estimate === 'map' ? { centre, spread: PRIOR_SPREAD } : undefined);
  const tried = [
    [0.7, 1, 0],
    [2, 1.4, -0.7],
    [-0.5, 2, 1],
  ].map((start, i) =>
    descend({
      objective,
      start: Float64Array.from(start),
      tolerance: 1e-5,
      watch: watchPart(watch, 0.3 * i, 0.3 * (i + 1)),
      stage: `spend, start ${i + 1} of 3`,
    }),
  );
  const first = tried.reduce((a, b) => (b.value < a.value ? b : a));
  const found = descend({
    objective,
    start: first.logs,
    tolerance: 1e-9,
    stage: 'spend',
    watch: watchPart(watch, 0.9, 0.95),
  });
  if (!found.settled) return without('not_settled');
  tell(watch, 'region', 0.95);
  const region = regionAround({
    objective,
    at: found.logs,
    figures: [meanFigure],
    watch: watchPart(watch, 0.95, 1),
  });
  const points = region.points.slice();
  for (let k = 2; k < points.length; k += 3) points[k] = (points[k] as number) + Math.log(unit);
  const logs = points.slice(0, 3);
  const r = correlationOf(scaled, pulse);
  return {
    kind: 'spend',
    parameters: spendFromLogs(logs),
    estimate,
    // Of amounts, not of amounts over their mean: the density carries 1/unit a row.
    logLikelihood: -plain(found.logs, new Float64Array(3)) - n * Math.log(unit),
    payers: n,
    populationMean: populationMeanOf({ ...region, points }),
    correlation: r,
    dependent: Math.abs(r) > 0.3,
    region: { ...region, points },
  };
};

/** What somebody pays of whom nothing is known. */
export const populationMeanOf = (region: LikelihoodRegion): SpendModel['populationMean'] =>
  spendWithin(region, { repeats: 0, meanSpend: 0 }) ?? { kind: 'no_answer', reason: 'mean_not_finite' };

/** `expectedSpend` with its interval over the likelihood region; undefined where it is infinite. `high` may be Infinity. */
export const spendWithin = (
  { points }: LikelihoodRegion,
  row: { readonly repeats: number; readonly meanSpend: number },
): Estimate | undefined => {
  const logs: number[] = [];
  let isOpen = false;
  for (let k = 0; k < points.length; k += 3) {
    const found = expectedSpend(spendFromLogs(points.subarray(k, k + 3)), row);
    if (found === undefined && k === 0) return undefined;
    if (found === undefined) isOpen = true;
    logs.push(Math.log(found ?? Math.exp(logs[0] as number)));
  }
  const value = Math.exp(logs[0] as number);
  const { low, high } = rangeOver(logs, 3);
  return { value, low: Math.exp(low), high: isOpen ? Infinity : Math.exp(high) };
};
