import { checkCount, checkPositive, engineError } from '../../errors/index.ts';
import { tell, type Watch, watchPart } from '../../fitting/index.ts';
import { expectedPurchases } from '../forecast/person.ts';
import { objectiveOf } from '../models/objective.ts';
import { fromLogs, type PurchaseModelName } from '../models/parameters.ts';
import type { Objective } from '../models/tables.ts';
import { groupRows, type PurchaseRows } from '../orders/index.ts';
import { type Descent, descend, withPrior } from './descend.ts';
import type { Dropout, NoPurchaseModel, PurchaseModel } from './model.ts';
import { regionAround } from './region.ts';
import { priorOf, scaleOf, startsOf } from './starts.ts';
import { steadyWatch } from './steady.ts';
import type { Figure } from './tilt.ts';

export interface PurchaseRowsIn extends PurchaseRows {
  /** Days in the unit of time of `recency` and `age`. */
  readonly unitDays: number;
}

export interface PurchaseFitSettings {
  /** `pareto_nbd` unless said. */
  readonly model?: PurchaseModelName;
  /** `map` (weak log-normal priors; unless said) or plain maximum likelihood. */
  readonly estimate?: 'map' | 'ml';
  /** Fewest people with a repeat purchase; 20 unless said. */
  readonly leastRepeaters?: number;
}

/**
 * The 95 % quantile of chi-square with two degrees. Where nobody leaves, the ratio is smaller than this more often than 95 times in
 * 100 (one parameter is on its boundary, the other means nothing there): the test errs towards saying nothing.
 */
const CRITICAL = 5.991464547107979;

const ROUGH = 1e-5;
const FINE = 1e-9;

interface Ladder {
  readonly model: PurchaseModelName;
  readonly objective: Objective;
  readonly starts: readonly Float64Array[];
  readonly watch: Watch | undefined;
}

/** Roughly from every start, then the best of them finely. */
const best = ({ model, objective, starts, watch }: Ladder) => {
  const tried = starts.map((start, i) =>
    descend({
      objective,
      start,
      tolerance: ROUGH,
      watch: watchPart(watch, i / (starts.length + 1), (i + 1) / (starts.length + 1)),
      stage: `${model}, start ${i + 1} of ${starts.length}`,
    }),
  );
  const first = tried.reduce((a, b) => (b.value < a.value ? b : a));
  const found = descend({
    objective,
    start: first.logs,
    tolerance: FINE,
    watch: watchPart(watch, starts.length / (starts.length + 1), 1),
    stage: model,
  });
  const evaluations = tried.reduce((sum, each) => sum + each.evaluations, found.evaluations);
  return { found, starts: tried.map(({ value }) => value), evaluations };
};

const dropoutOf = (model: PurchaseModelName, likelihoodRatio: number): Dropout => {
  if (model === 'nbd') return { kind: 'not_asked' };
  return likelihoodRatio > CRITICAL
    ? { kind: 'seen', likelihoodRatio, critical: CRITICAL }
    : { kind: 'not_seen', reason: 'collapsed_to_nbd', likelihoodRatio, critical: CRITICAL };
};

/** Expected purchases, over as long again, of a newcomer, of somebody long silent and of somebody who buys often. */
const typicalFigures = (model: PurchaseModelName, age: number): readonly Figure[] =>
  [
    { repeats: 0, recency: 0, age },
    { repeats: 2, recency: age / 2, age },
    { repeats: 4, recency: 0.9 * age, age },
  ].map((row) => (logs) => Math.log(Math.max(expectedPurchases(fromLogs(model, logs), row, age), 1e-300)));

/**
 * Fits a purchase model to rows (see `summarise`): equal rows are grouped, the parameters' logarithms are optimised by BFGS with analytic
 * gradients from several starts around the NBD's own optimum. Then the boundary: when the likelihood ratio against the
 * NBD does not show that anybody leaves, the NBD is what is returned, and `dropout` says so. Sources: see `PurchaseParameters`.
 * O(distinct rows) an evaluation, some 150 evaluations. The order of the rows changes nothing.
 *
 * @throws EngineError `empty_input`, `length_mismatch`, `nan`, `not_finite`, `negative_count`, `out_of_range`, `cancelled`
 * @example
 * const fit = fitPurchases(summarise(orders, { untilMs }), { model: 'bg_nbd' });
 * if (fit.kind === 'purchases') fit.dropout.kind; // 'seen', or 'not_seen': nothing is to be said about leaving
 */
export const fitPurchases = (
  rows: PurchaseRowsIn,
  settings: PurchaseFitSettings = {},
  told?: Watch,
): PurchaseModel | NoPurchaseModel => {
  const { model = 'pareto_nbd', estimate = 'map', leastRepeaters = 20 } = settings;
  checkPositive('unitDays', rows.unitDays);
  checkCount('leastRepeaters', leastRepeaters);
  if (rows.repeats.length === 0) throw engineError('empty_input', 'a purchase model needs people');
  const { watch, pulse } = steadyWatch(told);
  tell(watch, 'group', 0);
  const groups = groupRows(rows, watch);
  const { people, repeaters, meanAge } = scaleOf(groups);
  const without = (reason: NoPurchaseModel['reason']): NoPurchaseModel => ({
    kind: 'no_answer',
    reason,
    people,
    repeaters,
  });
  if (repeaters < Math.max(1, leastRepeaters)) return without('too_few_repeaters');
  if (!(meanAge > 0)) return without('no_time_passed');

  const priorFor = (name: PurchaseModelName) => (estimate === 'map' ? priorOf(name, meanAge) : undefined);
  const nbdPlain = objectiveOf('nbd', groups, pulse);
  const nbdAt = (objective: Objective, start: Float64Array): Descent =>
    descend({ objective, start, tolerance: FINE, watch: watchPart(watch, 0.05, 0.1), stage: 'nbd' });
  const nbd = nbdAt(nbdPlain, Float64Array.of(0, Math.log(meanAge)));

  const plain = model === 'nbd' ? nbdPlain : objectiveOf(model, groups, pulse);
  const reached = best({
    model,
    objective: withPrior(plain, priorFor(model)),
    starts: startsOf(model, nbd.logs, meanAge),
    watch: watchPart(watch, 0.1, 0.8),
  });
  if (!reached.found.settled && !nbd.settled) return without('not_settled');
  // The ratio of likelihoods, not of posteriors: from the posterior's optimum it is a few steps to the likelihood's.
  const top =
    estimate === 'map' && model !== 'nbd'
      ? descend({
          objective: plain,
          start: reached.found.logs,
          tolerance: FINE,
          maxIterations: 30,
          watch: watchPart(watch, 0.8, 0.9),
          stage: 'ratio',
        })
      : reached.found;
  const dropout = dropoutOf(model, Math.max(0, 2 * (nbd.value - top.value)));
  const isNbd = dropout.kind !== 'seen';
  // A ratio above the limit shows that people leave; where the search had not come to rest, its parameters show nothing.
  if (!isNbd && !reached.found.settled) return without('not_settled');
  const name = isNbd ? 'nbd' : model;
  const inForce = withPrior(isNbd ? nbdPlain : plain, priorFor(name));
  const { logs } = isNbd ? nbdAt(inForce, nbd.logs) : reached.found;
  tell(watch, 'region', 0.9);
  const region = regionAround({
    objective: inForce,
    at: logs,
    figures: typicalFigures(name, meanAge),
    watch: watchPart(watch, 0.9, 1),
  });
  const gradient = new Float64Array(logs.length);
  return {
    kind: 'purchases',
    asked: model,
    parameters: fromLogs(name, logs),
    estimate,
    logLikelihood: -(isNbd ? nbdPlain : plain)(logs, gradient),
    dropout,
    unitDays: rows.unitDays,
    people,
    repeaters,
    region,
    diagnostics: {
      distinctRows: groups.count.length,
      starts: reached.starts,
      evaluations: reached.evaluations + nbd.evaluations,
      nbdLogLikelihood: -nbd.value,
    },
  };
};
